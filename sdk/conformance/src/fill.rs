//! Texts in braces, and what stands for them.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::bytes;

#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, Value>);

impl Words {
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(format!("{{{name}}}"), value.into());
    }

    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Fills in every text inside; one that is nothing but a word becomes its value.
    pub fn fill(&self, value: &mut Value) {
        match value {
            Value::String(text) => *value = self.filled(text),
            Value::Array(items) => items.iter_mut().for_each(|item| self.fill(item)),
            Value::Object(members) => members.values_mut().for_each(|member| self.fill(member)),
            _ => {}
        }
    }

    fn filled(&self, text: &str) -> Value {
        if let Some(value) = self.0.get(text) {
            return value.clone();
        }
        if let Some(size) = text
            .strip_prefix("{sha256:")
            .and_then(|rest| rest.strip_suffix('}'))
        {
            let size = size.parse().expect("a size");
            return bytes::sha256(bytes::known(size)).into();
        }
        let mut text = text.to_owned();
        for (word, value) in &self.0 {
            if let Some(value) = value.as_str() {
                text = text.replace(word, value);
            }
        }
        text.into()
    }
}
