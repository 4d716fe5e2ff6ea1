//! Parameters without their defaults, headers in the case everyone writes them in.

use serde_json::{Value, json};

use super::Object;

/// Names that capitals alone do not make.
const SPELLINGS: [&str; 9] = [
    "ETag",
    "Last-Event-ID",
    "RateLimit",
    "RateLimit-Policy",
    "WWW-Authenticate",
    "webhook-id",
    "webhook-signature",
    "webhook-timestamp",
    "x-should-retry",
];

/// What the header means wherever it is taken.
const REPEATABLE: &str = "Makes a repetition safe: 1 to 255 printable characters of your choice.";

pub fn settle(operation: &mut Object) {
    let Some(Value::Array(parameters)) = operation.get_mut("parameters") else {
        return;
    };
    for parameter in parameters.iter_mut().filter_map(Value::as_object_mut) {
        if parameter.get("in") == Some(&json!("header"))
            && let Some(Value::String(name)) = parameter.get_mut("name")
        {
            *name = canonical(name);
        }
        if parameter.get("name") == Some(&json!("Idempotency-Key")) {
            parameter
                .entry("description")
                .or_insert_with(|| json!(REPEATABLE));
        }
        // The default of everything but `deprecated` hangs on the place: only a query can
        // really be exploded, and it is unless it says otherwise.
        let explode = json!(true);
        for (key, default) in [
            ("required", json!(false)),
            ("deprecated", json!(false)),
            ("explode", explode),
        ] {
            if parameter.get(key) == Some(&default) {
                parameter.shift_remove(key);
            }
        }
    }
}

/// `RETRY-AFTER` is `Retry-After`.
pub fn canonical(header: &str) -> String {
    if let Some(known) = SPELLINGS.iter().find(|known| known.eq_ignore_ascii_case(header)) {
        return (*known).to_owned();
    }
    let words = header.split('-').map(|word| match word.split_at_checked(1) {
        Some((first, rest)) => first.to_ascii_uppercase() + &rest.to_ascii_lowercase(),
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_written_as_usual() {
        for (raw, usual) in [
            ("RETRY-AFTER", "Retry-After"),
            ("x-request-id", "X-Request-Id"),
            ("ETAG", "ETag"),
            ("RATELIMIT-POLICY", "RateLimit-Policy"),
            ("Last-Event-ID", "Last-Event-ID"),
            ("WEBHOOK-ID", "webhook-id"),
        ] {
            assert_eq!(canonical(raw), usual);
        }
    }

    #[test]
    fn a_header_that_means_the_same_everywhere_is_described() {
        let key = json!([{"name": "IDEMPOTENCY-KEY", "in": "header"}]);
        let mut operation = Object::from_iter([("parameters".to_owned(), key)]);
        settle(&mut operation);
        assert_eq!(operation["parameters"][0]["description"], REPEATABLE);
    }

    #[test]
    fn defaults_are_left_unsaid() {
        let mut operation = Object::from_iter([(
            "parameters".to_owned(),
            json!([
                {"name": "a", "in": "query", "required": false, "deprecated": false, "explode": true},
                {"name": "PREFER", "in": "header", "required": true, "deprecated": true, "explode": true},
                {"name": "b", "in": "query", "required": false, "deprecated": false, "explode": false},
            ]),
        )]);
        settle(&mut operation);
        let after = json!([
            {"name": "a", "in": "query"},
            {"name": "Prefer", "in": "header", "required": true, "deprecated": true},
            {"name": "b", "in": "query", "explode": false},
        ]);
        assert_eq!(operation["parameters"], after);
    }
}
