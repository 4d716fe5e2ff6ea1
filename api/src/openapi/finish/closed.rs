//! Bodies are closed: a field that we do not know is refused, so the document says
//! `additionalProperties: false`. What also comes out of the server stays open,
//! because there new fields are no breach.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::walk;

pub fn close(document: &mut Value) {
    let mut bodies = Vec::new();
    let mut rest = Vec::new();
    walk::each_operation(document, &mut |place, operation| {
        let body = operation
            .get("requestBody")
            .and_then(|body| body.pointer("/content/application~1json"));
        match body {
            Some(body) if !place.webhook => bodies.extend(walk::references(body)),
            Some(body) => rest.extend(walk::references(body)),
            None => {}
        }
        let mut others = operation.clone();
        others.shift_remove("requestBody");
        rest.extend(walk::references(&Value::Object(others)));
    });
    let (bodies, rest) = (reachable(document, bodies), reachable(document, rest));
    for reference in bodies.difference(&rest) {
        let schema = document
            .pointer_mut(reference.trim_start_matches('#'))
            .and_then(Value::as_object_mut);
        if let Some(schema) = schema
            && schema.get("type") == Some(&json!("object"))
            && !schema.contains_key("additionalProperties")
        {
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
    }
}

/// The references from which these lead on, and they themselves.
pub fn reachable(document: &Value, mut ahead: Vec<String>) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    while let Some(reference) = ahead.pop() {
        if let Some(component) = walk::resolve(document, &reference)
            && seen.insert(reference)
        {
            ahead.extend(walk::references(component));
        }
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_never_leaves_the_server_is_closed() {
        let refer = |name: &str| json!({"schema": {"$ref": format!("#/components/schemas/{name}")}});
        let mut document = json!({
            "paths": {"/": {"post": {
                "requestBody": {"content": {"application/json": refer("Create")}},
                "responses": {"200": {"content": {"application/json": refer("Thing")}}},
            }}},
            "components": {"schemas": {
                "Create": {"type": "object", "properties": {
                    "size": {"$ref": "#/components/schemas/Size"},
                    "money": {"$ref": "#/components/schemas/Money"},
                }},
                "Size": {"type": "object"},
                "Money": {"type": "object"},
                "Thing": {"type": "object", "properties": {"money": {"$ref": "#/components/schemas/Money"}}},
            }},
        });
        close(&mut document);
        let closed = |name: &str| {
            document["components"]["schemas"][name]
                .get("additionalProperties")
                .is_some()
        };
        assert_eq!(
            ["Create", "Size", "Money", "Thing"].map(closed),
            [true, true, false, false]
        );
    }
}
