//! Whether what came out is what had to.

use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value, json};

use crate::bytes;
use crate::case::{Case, Outcome};
use crate::compare::compare;
use crate::form;
use crate::wire::Request;

/// What there is to judge.
pub struct Evidence<'a> {
    pub outcome: &'a Outcome,
    /// `None` where nobody could see the requests.
    pub seen: Option<&'a [Request]>,
    pub took: Duration,
    pub save_to: Option<&'a Path>,
}

/// What is wrong; nothing when all is well.
pub fn misses(case: &Case, evidence: &Evidence<'_>) -> Vec<String> {
    let mut misses = outcome(case, evidence.outcome);
    if let Some(seen) = evidence.seen {
        misses.extend(requests(case, seen));
        misses.extend(keys(case, seen));
        misses.extend(pauses(case, seen));
    }
    if let Some(within) = case.expect.within
        && evidence.took.as_secs_f64() > within
    {
        misses.push(format!(
            "it took {:.1} s, more than {within} s",
            evidence.took.as_secs_f64()
        ));
    }
    if let (Some(expected), Some(path)) = (&case.expect.saved, evidence.save_to) {
        misses.extend(saved(expected, path));
    }
    misses
}

fn outcome(case: &Case, outcome: &Outcome) -> Vec<String> {
    if let Some(reason) = &outcome.unsupported {
        return vec![format!("not supported: {reason}")];
    }
    let expect = &case.expect;
    let mut misses = Vec::new();
    match (&expect.error, &outcome.error) {
        (None, Some(error)) => misses.push(format!("there was an error: {error}")),
        (Some(_), None) => misses.push("there was no error".to_owned()),
        (Some(expected), actual) => misses.extend(compare("error", expected, actual.as_ref())),
        (None, None) => {
            if let Some(expected) = &expect.value {
                misses.extend(compare("value", expected, outcome.value.as_ref()));
            }
        }
    }
    if let Some(expected) = &expect.items {
        misses.extend(compare("items", expected, outcome.items.as_ref()));
    }
    if let Some(expected) = &expect.request_id {
        misses.extend(compare("request_id", expected, outcome.request_id.as_ref()));
    }
    if let Some(expected) = &expect.progress {
        let once = outcome.progress.clone().map(without_repetitions);
        misses.extend(compare("progress", expected, once.as_ref()));
    }
    if let Some(log) = &expect.log {
        let lines = outcome.log.join("\n");
        if lines.is_empty() {
            misses.push("log must not be empty".to_owned());
        }
        let has = log.has.iter().filter(|text| !lines.contains(*text));
        misses.extend(has.map(|text| format!("log must have {text:?}: {lines:?}")));
        let lacks = log.lacks.iter().filter(|text| lines.contains(*text));
        misses.extend(lacks.map(|text| format!("log must lack {text:?}: {lines:?}")));
    }
    misses
}

fn without_repetitions(value: Value) -> Value {
    match value {
        Value::Array(mut items) => {
            items.dedup();
            items.into()
        }
        other => other,
    }
}

fn requests(case: &Case, seen: &[Request]) -> Vec<String> {
    let count = json!(seen.len());
    let mut misses = match &case.expect.requests {
        Some(Value::Array(expected)) if expected.len() == seen.len() => expected
            .iter()
            .zip(seen)
            .enumerate()
            .flat_map(|(index, (expected, seen))| request(&format!("requests[{index}]"), expected, seen))
            .collect(),
        Some(Value::Array(expected)) => compare("requests", &json!(expected.len()), Some(&count)),
        Some(expected) => compare("requests", expected, Some(&count)),
        None => Vec::new(),
    };
    if let Some(steps) = &case.server
        && seen.len() > steps.len()
        && !steps.last().is_some_and(|step| step.repeat)
    {
        misses.push(format!("{} requests came for {} steps", seen.len(), steps.len()));
    }
    misses
}

fn request(place: &str, expected: &Value, seen: &Request) -> Vec<String> {
    let expected = expected.as_object().expect("a request is an object");
    let mut misses = Vec::new();
    for (name, expected) in expected {
        let place = format!("{place}.{name}");
        match name.as_str() {
            "method" => misses.extend(compare(&place, expected, Some(&json!(seen.method)))),
            "path" => misses.extend(compare(&place, expected, Some(&json!(seen.path)))),
            "closed" => misses.extend(compare(&place, expected, Some(&json!(seen.closed)))),
            "query" => {
                let query: Map<String, Value> = seen
                    .query
                    .iter()
                    .map(|(name, value)| (name.clone(), json!(value)))
                    .collect();
                misses.extend(whole(&place, expected, &query.into()));
            }
            "headers" => {
                for (header, expected) in expected.as_object().expect("headers are an object") {
                    let actual = seen.header(header).map(Value::from);
                    misses.extend(compare(&format!("{place}.{header}"), expected, actual.as_ref()));
                }
            }
            "json" => match serde_json::from_slice(&seen.body) {
                Ok(actual) => misses.extend(whole(&place, expected, &actual)),
                Err(error) => misses.push(format!("{place} is no JSON: {error}")),
            },
            "parts" => misses.extend(parts(&place, expected, seen)),
            other => panic!("{place}: a request has no {other}"),
        }
    }
    misses
}

/// Nothing may be beside what is expected.
fn whole(place: &str, expected: &Value, actual: &Value) -> Vec<String> {
    let mut misses = compare(place, expected, Some(actual));
    misses.extend(beside(place, expected, actual));
    misses
}

fn beside(place: &str, expected: &Value, actual: &Value) -> Vec<String> {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => actual
            .iter()
            .flat_map(|(name, actual)| match expected.get(name) {
                Some(expected) => beside(&format!("{place}.{name}"), expected, actual),
                None => vec![format!("{place}.{name} must not be there and is {actual}")],
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn parts(place: &str, expected: &Value, seen: &Request) -> Vec<String> {
    let content_type = seen.header("content-type").unwrap_or_default();
    let Some(parts) = form::parts(content_type, &seen.body) else {
        return vec![format!("{place}: the body is no form ({content_type})")];
    };
    let parts: Vec<Value> = parts
        .into_iter()
        .map(|part| {
            json!({
                "name": part.name,
                "filename": part.filename,
                "content_type": part.content_type,
                "size": part.body.len(),
                "text": String::from_utf8(part.body.clone()).ok(),
                "known_bytes": is_known(&part.body),
            })
        })
        .collect();
    compare(place, expected, Some(&parts.into()))
}

fn keys(case: &Case, seen: &[Request]) -> Vec<String> {
    let Some(same_key) = case.expect.same_key else {
        return Vec::new();
    };
    let keys: Vec<&str> = seen
        .iter()
        .map(|request| {
            request
                .header("idempotency-key")
                .unwrap_or_default()
                .trim_matches('"')
        })
        .collect();
    if !same_key {
        return match keys.iter().find(|key| !key.is_empty()) {
            Some(key) => vec![format!("there must be no Idempotency-Key and there is {key}")],
            None => Vec::new(),
        };
    }
    let own = case
        .options
        .as_ref()
        .and_then(|options| options.get("idempotency_key"));
    let first = keys.first().copied().unwrap_or_default();
    let good = own.map_or_else(|| is_uuid(first), |own| own == first);
    if good && keys.iter().all(|key| *key == first) {
        return Vec::new();
    }
    vec![format!(
        "all requests must carry one Idempotency-Key, and carry {keys:?}"
    )]
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12]
        && text
            .chars()
            .all(|letter| letter == '-' || letter.is_ascii_hexdigit())
}

fn pauses(case: &Case, seen: &[Request]) -> Vec<String> {
    let expected = case.expect.pauses.as_deref().unwrap_or_default();
    let mut misses = Vec::new();
    for (index, (least, most)) in expected.iter().enumerate() {
        let (Some(before), Some(after)) = (seen.get(index), seen.get(index + 1)) else {
            misses.push(format!("pauses[{index}]: there was no further request"));
            continue;
        };
        let answered = before.answered.unwrap_or(before.came);
        let pause = after.came.saturating_duration_since(answered).as_secs_f64();
        if !(*least..=*most).contains(&pause) {
            misses.push(format!(
                "pauses[{index}] must be {least} to {most} s and is {pause:.2} s"
            ));
        }
    }
    misses
}

fn saved(expected: &Value, path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).ok();
    let actual = bytes
        .as_ref()
        .map(|bytes| json!({"size": bytes.len(), "sha256": bytes::sha256(bytes)}));
    let mut misses = compare("saved", expected, actual.as_ref());
    if let (Some(_), Some(bytes)) = (expected.get("size"), &bytes)
        && !is_known(bytes)
    {
        misses.push("saved: other bytes than were sent".to_owned());
    }
    misses
}

fn is_known(bytes: &[u8]) -> bool {
    bytes == bytes::known(bytes.len())
}
