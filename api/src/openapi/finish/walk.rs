//! Ways through a document: every schema, every operation, every reference.

use serde_json::Value;

use super::Object;

/// What a path item may hold besides operations is no operation.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Where an operation stands.
pub struct Place<'a> {
    /// The path, or the name of the webhook.
    pub path: &'a str,
    pub method: &'a str,
    pub webhook: bool,
}

pub fn each_operation(document: &mut Value, visit: &mut dyn FnMut(&Place, &mut Object)) {
    for (section, webhook) in [("paths", false), ("webhooks", true)] {
        let Some(items) = document.get_mut(section).and_then(Value::as_object_mut) else {
            continue;
        };
        for (path, item) in items {
            for method in METHODS {
                if let Some(operation) = item.get_mut(method).and_then(Value::as_object_mut) {
                    visit(
                        &Place {
                            path,
                            method,
                            webhook,
                        },
                        operation,
                    );
                }
            }
        }
    }
}

/// Visits every schema, the inner ones first. Examples and defaults are data, not schemas.
pub fn each_schema(document: &mut Value, change: &mut dyn FnMut(&mut Object)) {
    for pointer in ["/paths", "/webhooks"] {
        if let Some(section) = document.pointer_mut(pointer) {
            schemas_under(section, change);
        }
    }
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        for schema in schemas.values_mut() {
            schema_and_parts(schema, change);
        }
    }
}

fn schemas_under(value: &mut Value, change: &mut dyn FnMut(&mut Object)) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match key.as_str() {
                    "schema" => schema_and_parts(member, change),
                    "example" | "examples" => {}
                    _ => schemas_under(member, change),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| schemas_under(item, change)),
        _ => {}
    }
}

fn schema_and_parts(schema: &mut Value, change: &mut dyn FnMut(&mut Object)) {
    let Value::Object(members) = schema else {
        return;
    };
    for (key, member) in members.iter_mut() {
        match (key.as_str(), member) {
            ("properties", Value::Object(properties)) => {
                properties
                    .values_mut()
                    .for_each(|part| schema_and_parts(part, change));
            }
            ("items" | "additionalProperties", part) => schema_and_parts(part, change),
            ("allOf" | "anyOf" | "oneOf", Value::Array(parts)) => {
                parts.iter_mut().for_each(|part| schema_and_parts(part, change));
            }
            _ => {}
        }
    }
    change(members);
}

/// Visits every reference below `value`, those of a discriminator's mapping too.
pub fn each_reference(value: &mut Value, visit: &mut dyn FnMut(&mut String)) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("$ref", Value::String(target)) => visit(target),
                    ("mapping", Value::Object(mapping)) => {
                        for target in mapping.values_mut() {
                            if let Value::String(target) = target {
                                visit(target);
                            }
                        }
                    }
                    // Here the keys are names: a property or a response may be called `default`.
                    ("properties" | "responses", Value::Object(named)) => {
                        named.values_mut().for_each(|part| each_reference(part, visit));
                    }
                    ("example" | "examples" | "default" | "enum", _) => {}
                    (_, member) => each_reference(member, visit),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_reference(item, visit)),
        _ => {}
    }
}

/// The references below `value`.
pub fn references(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    each_reference(&mut value.clone(), &mut |target| found.push(target.clone()));
    found
}

/// The component that a reference such as `#/components/schemas/Generation` names.
pub fn resolve<'a>(document: &'a Value, reference: &str) -> Option<&'a Value> {
    document.pointer(reference.strip_prefix('#')?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn data_is_not_searched_for_references() {
        let schema = json!({
            "examples": [{"$ref": "data"}],
            "properties": {"default": {"$ref": "#/a"}, "mapping": {"type": "string"}},
            "discriminator": {"mapping": {"b": "#/b"}},
            "responses": {"default": {"$ref": "#/c"}},
        });
        assert_eq!(references(&schema), ["#/a", "#/b", "#/c"]);
    }
}
