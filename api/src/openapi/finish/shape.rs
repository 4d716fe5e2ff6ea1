//! What can be told of an operation without knowing it.

use serde_json::{Value, json};

use super::{Object, walk::Place};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub id: String,
    /// Changes something: POST, PUT, PATCH, DELETE.
    pub writes: bool,
    /// Names a resource in its path.
    pub names_one: bool,
    pub has_body: bool,
    /// Knows its caller, at least when there is one.
    pub secured: bool,
    /// Takes an `Idempotency-Key`.
    pub repeatable: bool,
    /// Answers with a page of a list.
    pub lists: bool,
    /// Answers with a part, if asked by `Range`.
    pub in_parts: bool,
    pub deprecated: bool,
}

impl Shape {
    pub fn of(place: &Place, operation: &Object) -> Self {
        let parameters = || {
            operation
                .get("parameters")
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
        };
        let takes = |name| parameters().any(|parameter| parameter["name"] == json!(name));
        let demands = operation
            .get("security")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        Self {
            id: operation
                .get("operationId")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned(),
            writes: matches!(place.method, "post" | "put" | "patch" | "delete"),
            names_one: place.path.contains('{'),
            has_body: operation.contains_key("requestBody"),
            secured: demands
                .filter_map(Value::as_object)
                .any(|demand| !demand.is_empty()),
            repeatable: takes("Idempotency-Key"),
            lists: place.method == "get" && takes("cursor"),
            in_parts: takes("Range"),
            deprecated: operation.get("deprecated") == Some(&json!(true)),
        }
    }
}
