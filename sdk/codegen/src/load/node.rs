//! A value and where it stands, so that every complaint can name its place.

use serde_json::{Map, Value};

use super::LoadError;

#[derive(Clone)]
pub struct Node<'a> {
    pointer: String,
    value: &'a Value,
}

impl<'a> Node<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self {
            pointer: String::new(),
            value,
        }
    }

    pub fn value(&self) -> &'a Value {
        self.value
    }

    pub fn error(&self, problem: impl Into<String>) -> LoadError {
        LoadError::Unsupported {
            pointer: self.pointer.clone(),
            problem: problem.into(),
        }
    }

    fn child(&self, key: &str, value: &'a Value) -> Self {
        let key = key.replace('~', "~0").replace('/', "~1");
        Self {
            pointer: format!("{}/{key}", self.pointer),
            value,
        }
    }

    fn map(&self) -> Result<&'a Map<String, Value>, LoadError> {
        self.value
            .as_object()
            .ok_or_else(|| self.error("must be an object"))
    }

    /// Refuses members beyond `known`; extensions pass.
    pub fn only(&self, known: &[&str]) -> Result<(), LoadError> {
        for (key, child) in self.members()? {
            if !known.contains(&key) && !key.starts_with("x-") {
                return Err(child.error("is not in the subset that this generator reads"));
            }
        }
        Ok(())
    }

    pub fn members(&self) -> Result<Vec<(&'a str, Self)>, LoadError> {
        let members = self.map()?.iter();
        Ok(members
            .map(|(key, value)| (key.as_str(), self.child(key, value)))
            .collect())
    }

    pub fn items(&self) -> Result<Vec<Self>, LoadError> {
        let items = self
            .value
            .as_array()
            .ok_or_else(|| self.error("must be a list"))?;
        Ok(items
            .iter()
            .enumerate()
            .map(|(index, value)| self.child(&index.to_string(), value))
            .collect())
    }

    pub fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| self.child(key, value))
    }

    pub fn need(&self, key: &str) -> Result<Self, LoadError> {
        self.get(key).ok_or_else(|| self.error(format!("needs `{key}`")))
    }

    pub fn text(&self) -> Result<&'a str, LoadError> {
        self.value.as_str().ok_or_else(|| self.error("must be a string"))
    }

    pub fn truth(&self) -> Result<bool, LoadError> {
        self.value
            .as_bool()
            .ok_or_else(|| self.error("must be true or false"))
    }

    pub fn texts(&self) -> Result<Vec<String>, LoadError> {
        self.items()?
            .iter()
            .map(|item| item.text().map(str::to_owned))
            .collect()
    }

    /// The text of a member, or nothing.
    pub fn text_of(&self, key: &str) -> Result<String, LoadError> {
        match self.get(key) {
            Some(member) => member.text().map(str::to_owned),
            None => Ok(String::new()),
        }
    }

    pub fn truth_of(&self, key: &str) -> Result<bool, LoadError> {
        self.get(key).map_or(Ok(false), |member| member.truth())
    }

    /// The last part of a `$ref` into `section`.
    pub fn reference(&self, section: &str) -> Result<String, LoadError> {
        let target = self.text()?;
        target
            .strip_prefix("#/components/")
            .and_then(|rest| rest.strip_prefix(section))
            .and_then(|rest| rest.strip_prefix('/'))
            .map(str::to_owned)
            .ok_or_else(|| self.error(format!("must refer to `#/components/{section}/…`")))
    }
}
