//! JSON Schema: from the document's components to a schema that stands by itself.

use serde_json::{Map, Value};

const COMPONENTS: &str = "#/components/schemas/";

/// The schema that a reference means.
pub fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"]
        .as_str()
        .and_then(|name| name.strip_prefix(COMPONENTS));
    match name {
        Some(name) => &document["components"]["schemas"][name],
        None => schema,
    }
}

/// A parameter's schema, with the parameter's own description.
pub fn of_parameter(parameter: &Value) -> Value {
    let mut schema = parameter["schema"].clone();
    if let (Value::Object(schema), Some(text)) = (&mut schema, parameter.get("description")) {
        schema.insert("description".to_owned(), text.clone());
    }
    schema
}

/// Puts all that the schema refers to below its `$defs`.
pub fn bring_along(document: &Value, schema: &mut Value) {
    let mut open = Vec::new();
    redirect(schema, &mut open);
    let mut definitions = Map::new();
    while let Some(name) = open.pop() {
        if !definitions.contains_key(&name) {
            let mut definition = document["components"]["schemas"][&name].clone();
            redirect(&mut definition, &mut open);
            definitions.insert(name, definition);
        }
    }
    if !definitions.is_empty() {
        schema["$defs"] = Value::Object(definitions);
    }
}

/// Lets references point to `$defs`, and notes them down.
fn redirect(value: &mut Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match member.as_str().and_then(|target| target.strip_prefix(COMPONENTS)) {
                    Some(target) if name == "$ref" => {
                        let target = target.to_owned();
                        *member = format!("#/$defs/{target}").into();
                        found.push(target);
                    }
                    _ => redirect(member, found),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| redirect(item, found)),
        _ => {}
    }
}
