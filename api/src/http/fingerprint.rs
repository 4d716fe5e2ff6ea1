//! What a repeated request is known by.

use serde_json::Value;

use crate::secrets::sha256_hex;

/// Equal for requests that mean the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fingerprint {
    meant: String,
    /// Of the request word by word: so were those remembered that came before
    /// requests were compared by what they mean.
    sent: String,
}

impl Fingerprint {
    /// Of a request without a body.
    #[must_use]
    pub fn of(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            meant: text.clone(),
            sent: text,
        }
    }

    /// Of a body: what it means, and what was sent. The order of keys and white space
    /// do not matter: clients change them when they try again.
    pub(super) fn of_body(meant: &Value, sent: &Value) -> Self {
        let hash = |value: &Value| sha256_hex(canonical(value).to_string().as_bytes());
        Self {
            meant: hash(meant),
            sent: hash(sent),
        }
    }

    /// The fingerprint of the same request together with something else.
    #[must_use]
    pub fn map(&self, with: impl Fn(&str) -> String) -> Self {
        Self {
            meant: with(&self.meant),
            sent: with(&self.sent),
        }
    }

    /// Whether it is the request that was remembered.
    #[must_use]
    pub fn is(&self, remembered: &str) -> bool {
        [&self.meant, &self.sent].into_iter().any(|own| own == remembered)
    }

    /// As it is remembered.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.meant
    }
}

/// The same value with every object's keys in order.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            let sorted = sorted.into_iter();
            sorted
                .map(|(key, value)| (key.clone(), canonical(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(canonical).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::by_value;

    fn print(text: &str) -> Fingerprint {
        let sent = serde_json::from_str(text).unwrap();
        Fingerprint::of_body(&by_value(Value::clone(&sent)), &sent)
    }

    #[test]
    fn the_order_of_keys_and_the_way_to_write_a_number_do_not_matter() {
        let first = print(r#"{"a":1,"b":{"c":2,"d":3}}"#);
        for same in [
            r#"{"b": {"d":3,"c":2}, "a":1}"#,
            r#"{"a":1.0,"b":{"c":2e0,"d":3}}"#,
        ] {
            assert!(print(same).is(first.as_str()), "{same}");
        }
        assert!(!print(r#"{"a":2,"b":{"c":2,"d":3}}"#).is(first.as_str()));
    }

    #[test]
    fn what_was_remembered_word_by_word_is_known_again() {
        let text = r#"{"a":1.0}"#;
        let before = sha256_hex(text.as_bytes());
        assert!(print(text).is(&before));
        assert!(!print(r#"{"a":2.0}"#).is(&before));
        let placed = |print: &str| format!("here\n{print}");
        assert!(print(text).map(placed).is(&placed(&before)));
    }
}
