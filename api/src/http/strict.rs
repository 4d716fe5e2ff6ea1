//! Queries and headers are as strict as bodies: what is unknown and what is said twice
//! is refused, with the name that was probably meant. A filter that is ignored shows
//! more than was asked for; a key that is ignored does things twice.

use std::collections::{BTreeMap, BTreeSet};

use poem::http::header::{Entry, IF_NONE_MATCH};
use poem::http::{HeaderMap, HeaderName, HeaderValue, Uri};
use url::form_urlencoded;

use super::error::FieldError;

/// Headers that are lists: several lines of one are one list.
const LISTS: [HeaderName; 2] = [HeaderName::from_static("prefer"), IF_NONE_MATCH];

/// What is wrong with the names in a query, of which an operation takes these; `open`
/// to others, or not.
pub(super) fn in_query(names: &[&str], open: bool, uri: &Uri) -> Vec<FieldError> {
    let mut seen = BTreeSet::new();
    let mut told = BTreeSet::new();
    let mut faults = Vec::new();
    for (name, _) in form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()) {
        let known = names.contains(&name.as_ref());
        let again = !seen.insert(name.clone());
        if known && again && told.insert(name.clone()) {
            faults.push(repeated(&name));
        } else if !known && !again && !open {
            faults.push(unknown(&name, names));
        }
    }
    faults
}

/// What is wrong with the headers that any operation takes, or with what looks like one.
/// They are known in lower case, and as they are written.
pub(super) fn in_headers(ours: &BTreeMap<String, String>, headers: &HeaderMap) -> Vec<FieldError> {
    let mut faults = Vec::new();
    for name in headers.keys() {
        let Some(written) = ours.get(name.as_str()) else {
            let names = ours.values().map(String::as_str);
            if let Some(meant) = misspelt(&folded(name.as_str()), names) {
                let detail = format!("Is no header of this API. Did you mean `{meant}`?");
                faults.push(FieldError::parameter(name.as_str(), "unknown_parameter", detail));
            }
            continue;
        };
        let values: Vec<&HeaderValue> = headers.get_all(name).iter().collect();
        // poem drops a value that is no visible ASCII, and all but the first of several.
        if !values.iter().all(|value| value.to_str().is_ok()) {
            let detail = "Must be printable ASCII characters.";
            faults.push(FieldError::parameter(written, "invalid_format", detail));
        } else if values.len() > 1 {
            faults.push(repeated(written));
        }
    }
    faults
}

/// Makes one line of the lists that came in several.
pub(super) fn join_lists(headers: &mut HeaderMap) {
    for name in LISTS {
        let Entry::Occupied(mut entry) = headers.entry(name) else {
            continue;
        };
        let lines: Vec<&[u8]> = entry.iter().map(HeaderValue::as_bytes).collect();
        if lines.len() > 1
            && let Ok(joined) = HeaderValue::from_bytes(&lines.join(&b", "[..]))
        {
            entry.insert(joined);
        }
    }
}

fn repeated(name: &str) -> FieldError {
    FieldError::parameter(name, "repeated", "Must not be given more than once.")
}

fn unknown(name: &str, names: &[&str]) -> FieldError {
    let meant = misspelt(&folded(name), names.iter().copied()).or_else(|| shortened(name, names));
    let detail = match (meant, names) {
        (Some(meant), _) => format!("Is no parameter of this operation. Did you mean `{meant}`?"),
        (None, []) => "This operation takes no parameters in its query.".to_owned(),
        (None, names) => format!(
            "Is no parameter of this operation. It takes `{}`.",
            names.join("`, `")
        ),
    };
    FieldError::parameter(name, "unknown_parameter", detail)
}

/// The known name that differs from this one by a slip or two.
fn misspelt<'k>(folded_name: &str, names: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let long = folded_name.chars().count();
    let near = names.filter_map(|known| {
        let known_long = letters(known).count();
        let most = known_long / 4;
        // Every header of every request comes by here, and nearly none is like ours.
        let far = long.abs_diff(known_long) > most || least_distance(folded_name, known) > most;
        let slips = (!far).then(|| distance(folded_name, &folded(known)))?;
        (slips <= most).then_some((slips, known))
    });
    near.min().map(|(_, known)| known)
}

/// The one known name of which this is a part, or the other way round: `key` for `key_id`.
fn shortened<'k>(name: &str, names: &[&'k str]) -> Option<&'k str> {
    let is_part = |part: &str, whole: &str| {
        let rest = whole.strip_prefix(part).map(|rest| rest.starts_with('_'));
        let rest = rest.or_else(|| whole.strip_suffix(part).map(|rest| rest.ends_with('_')));
        rest == Some(true)
    };
    let mut fitting = names
        .iter()
        .filter(|known| is_part(name, known) || is_part(known, name));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(*first)
}

/// Without what is written in many ways: case, lines between words, `x-`.
fn folded(name: &str) -> String {
    letters(name).collect()
}

fn letters(name: &str) -> impl Iterator<Item = char> {
    let name = name.strip_prefix("x-").unwrap_or(name);
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase)
}

/// What `distance` is at least: letters that only one of them has don't come by a swap.
fn least_distance(one: &str, other: &str) -> usize {
    let mut counts = [0_isize; 64];
    // Letters that share a place make the result smaller, which does no harm.
    letters(one).for_each(|letter| counts[letter as usize % 64] += 1);
    letters(other).for_each(|letter| counts[letter as usize % 64] -= 1);
    let more: isize = counts.iter().filter(|count| **count > 0).sum();
    let fewer: isize = counts.iter().filter(|count| **count < 0).sum();
    more.unsigned_abs().max(fewer.unsigned_abs())
}

/// How many letters must be put, left out, changed or swapped with the next.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut before = Vec::new();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, wanted) in other.iter().enumerate() {
            let changed = row[j] + usize::from(letter != wanted);
            let mut least = changed.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *letter == other[j - 1] && one[i - 1] == *wanted {
                let swapped: &Vec<usize> = &before;
                least = least.min(swapped[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &[
        "limit",
        "cursor",
        "status",
        "key_id",
        "batch_id",
        "end_user",
        "created_after",
        "created_before",
    ];

    fn query(text: &str) -> Vec<(String, String, String)> {
        let uri = format!("/v1/keys?{text}").parse().unwrap();
        let faults = in_query(NAMES, false, &uri).into_iter();
        faults
            .map(|fault| (fault.parameter.unwrap(), fault.code, fault.detail))
            .collect()
    }

    #[test]
    fn the_name_that_was_meant_is_told() {
        for (name, meant) in [
            ("key", "key_id"),
            ("creatd_after", "created_after"),
            ("createdAfter", "created_after"),
            ("created-before", "created_before"),
            ("before", "created_before"),
            ("stauts", "status"),
            ("Limit", "limit"),
            ("limits", "limit"),
            ("batch", "batch_id"),
            ("enduser", "end_user"),
            ("status_code", "status"),
        ] {
            let told = query(&format!("{name}=1"));
            let detail = format!("Is no parameter of this operation. Did you mean `{meant}`?");
            let expected = (name.to_owned(), "unknown_parameter".to_owned(), detail);
            assert_eq!(told, [expected]);
        }
        for name in ["id", "page", "created", "start", "", "%C3%A4"] {
            let told = query(&format!("{name}=1"));
            assert!(told[0].2.contains("It takes `limit`, `cursor`"), "{told:?}");
        }
    }

    #[test]
    fn each_is_given_once() {
        let told = query("status=a&status=b&limit=1&status=c&other=1&other=2");
        let told: Vec<_> = told
            .iter()
            .map(|(name, code, _)| (name.as_str(), code.as_str()))
            .collect();
        assert_eq!(told, [("status", "repeated"), ("other", "unknown_parameter")]);
        for sound in [
            "",
            "&",
            "limit=1&",
            "limit=&cursor=%ff",
            "created_after=2026-11-21",
        ] {
            assert!(query(sound).is_empty(), "{sound}");
        }
    }

    #[test]
    fn strangers_may_add_to_what_is_open() {
        let faults = |text: &'static str| in_query(&["token"], true, &Uri::from_static(text)).len();
        assert_eq!(faults("/f?token=a&utm_source=mail&utm_source=news"), 0);
        assert_eq!(faults("/f?token=a&token=b"), 1);
    }

    fn headers(lines: &[(&'static str, &[u8])]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(*name, HeaderValue::from_bytes(value).unwrap());
        }
        headers
    }

    #[test]
    fn a_header_like_ours_is_none_of_ours() {
        let ours = [
            "Idempotency-Key",
            "Prefer",
            "Last-Event-ID",
            "If-None-Match",
            "Range",
        ];
        let ours = ours.map(|name| (name.to_lowercase(), name.to_owned())).into();
        let told = |lines: &[(&'static str, &[u8])]| -> Option<(String, String)> {
            let fault = in_headers(&ours, &headers(lines)).pop()?;
            Some((fault.code, fault.detail))
        };
        for name in [
            "x-idempotency-key",
            "idempotency_key",
            "idempotent-key",
            "idempotency-id",
            "idempotencykey",
        ] {
            let (code, detail) = told(&[(name, b"a")]).expect(name);
            assert_eq!(code, "unknown_parameter");
            assert!(detail.contains("`Idempotency-Key`"), "{detail}");
        }
        for name in [
            "idempotency-key",
            "referer",
            "if-match",
            "if-range",
            "accept-ranges",
            "origin",
            "x-request-id",
            "te",
            "x-forwarded-for",
            "priority",
            "pragma",
            "if-modified-since",
            "x-event-id",
            "sec-fetch-dest",
        ] {
            assert_eq!(told(&[(name, b"a")]), None, "{name}");
        }
        assert_eq!(
            told(&[("idempotency-key", b"a"), ("idempotency-key", b"a")])
                .unwrap()
                .0,
            "repeated"
        );
        assert_eq!(
            told(&[("idempotency-key", b"caf\xe9")]).unwrap().0,
            "invalid_format"
        );
    }

    #[test]
    fn several_lines_of_a_list_are_one() {
        let mut all = headers(&[
            ("prefer", b"respond-async"),
            ("prefer", b"wait=5"),
            ("cookie", b"a"),
            ("cookie", b"b"),
        ]);
        join_lists(&mut all);
        assert_eq!(
            all.get_all("prefer").iter().collect::<Vec<_>>(),
            ["respond-async, wait=5"]
        );
        assert_eq!(all.get_all("cookie").iter().count(), 2);
    }
}
