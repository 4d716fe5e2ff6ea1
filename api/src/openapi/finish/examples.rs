//! Each body comes with an example that fits its schema.
//!
//! A type's own example is taken where it has one; otherwise one is made up from the schema. A
//! request shows what it must hold, a response all that it can. Parameters that must be given have one
//! too; others are left out where somebody tries it.

use serde_json::{Value, json};

use super::{Object, walk, words};

/// Deeper than any body of ours; ends recursive types.
const DEPTH: usize = 12;

/// Of a stream the example is one event's data.
const EXEMPLIFIED: [&str; 3] = ["application/json", "application/x-ndjson", "text/event-stream"];

/// What every id ends in.
const ULID: &str = "01k9yx3b1mfz0q4r7s8t2v5w6x";

pub fn add(document: &mut Value) {
    drop_surplus_nulls(document);
    let known = document.clone();
    let inventor = Inventor { document: &known };
    walk::each_operation(document, &mut |place, operation| {
        let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
        for parameter in parameters.into_iter().flatten() {
            inventor.exemplify_parameter(parameter);
        }
        // What we send is complete; what we are sent need not be.
        if let Some(body) = operation.get_mut("requestBody") {
            inventor.exemplify(body, place.webhook);
        }
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for (status, response) in responses.into_iter().flatten() {
            inventor.exemplify(response, true);
            let example = response.pointer_mut("/content/application~1json/example");
            if let Some(example) = example.filter(|_| status == "202") {
                words::tell_of_beginning(example);
            }
        }
    });
}

struct Inventor<'a> {
    document: &'a Value,
}

impl Inventor<'_> {
    fn exemplify(&self, part: &mut Value, complete: bool) {
        let content = part.get_mut("content").and_then(Value::as_object_mut);
        for (media, body) in content.into_iter().flatten() {
            if !EXEMPLIFIED.contains(&media.as_str()) || body.get("example").is_some() {
                continue;
            }
            let example = body
                .get("schema")
                .and_then(|schema| self.invent("", schema, complete, DEPTH));
            if let Some(example) = example {
                body["example"] = example;
            }
        }
    }

    fn exemplify_parameter(&self, parameter: &mut Value) {
        if parameter.get("required").is_none() || parameter.get("example").is_some() {
            return;
        }
        let name = parameter["name"].as_str().unwrap_or_default();
        if let Some(example) = self.invent(name, &parameter["schema"], true, DEPTH) {
            parameter["example"] = example;
        }
    }

    fn invent(&self, name: &str, schema: &Value, complete: bool, depth: usize) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let schema = schema.as_object()?;
        let given = schema.get("examples").and_then(|examples| examples.get(0));
        if let Some(given) = given.or_else(|| schema.get("default")) {
            return Some(given.clone());
        }
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            return self.invent(name, walk::resolve(self.document, target)?, complete, depth);
        }
        if let Some(value) = schema.get("enum").and_then(|values| values.get(0)) {
            return Some(value.clone());
        }
        for union in ["oneOf", "anyOf"] {
            if let Some(Value::Array(alternatives)) = schema.get(union) {
                if alternatives.contains(&json!({"type": "null"})) {
                    return Some(Value::Null);
                }
                return alternatives
                    .iter()
                    .find_map(|one| self.invent(name, one, complete, depth));
            }
        }
        match kind(schema)? {
            "object" => self.invent_object(schema, complete, depth),
            "array" => {
                let item = self.invent(name, schema.get("items")?, complete, depth);
                let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or_default();
                match item {
                    Some(item) => Some(Value::Array(vec![item; usize::try_from(least.max(1)).ok()?])),
                    None => (least == 0).then(|| json!([])),
                }
            }
            "string" => text(name, schema).map(Value::String),
            "boolean" => Some(json!(false)),
            "integer" | "number" => Some(number(schema)),
            _ => Some(Value::Null),
        }
    }

    fn invent_object(&self, schema: &Object, complete: bool, depth: usize) -> Option<Value> {
        let properties = schema.get("properties").and_then(Value::as_object);
        let required = schema.get("required").and_then(Value::as_array);
        let mut members = Object::new();
        for (name, property) in properties.into_iter().flatten() {
            let required = required.is_some_and(|names| names.contains(&json!(name)));
            let wanted = required || (complete && property.get("deprecated").is_none());
            match self.invent(name, property, complete, depth) {
                Some(value) if wanted => {
                    members.insert(name.clone(), value);
                }
                None if required => return None,
                _ => {}
            }
        }
        Some(Value::Object(members))
    }
}

/// The type; of several, the first. A value that may be null is most often null.
fn kind(schema: &Object) -> Option<&str> {
    match schema.get("type") {
        Some(Value::String(one)) => Some(one),
        Some(Value::Array(several)) if several.contains(&json!("null")) => Some("null"),
        Some(Value::Array(several)) => several.first()?.as_str(),
        // No type, no rule: an empty object is as good as anything.
        _ => Some("object"),
    }
}

fn text(name: &str, schema: &Object) -> Option<String> {
    let limit = |key| {
        schema
            .get(key)
            .and_then(Value::as_u64)
            .and_then(|length| usize::try_from(length).ok())
    };
    let least = limit("minLength").unwrap_or_default();
    let most = limit("maxLength").unwrap_or(usize::MAX);
    if let Some(pattern) = schema.get("pattern").and_then(Value::as_str) {
        // Of all patterns only an id's can be followed without a search.
        let prefix = pattern.strip_prefix('^')?.strip_suffix("_[0-9a-z]{26}$")?;
        return Some(format!("{prefix}_{ULID}"));
    }
    let formatted = match schema.get("format").and_then(Value::as_str) {
        Some("date-time") => Some("2026-11-21T09:30:00.000000Z"),
        Some("date") => Some("2026-11-21"),
        Some("email") => Some("ada@example.com"),
        Some("uri" | "url") => Some("https://shop.example/"),
        Some("binary" | "byte") => return None,
        _ if name.ends_with("_at") => Some("2026-11-21T09:30:00.000000Z"),
        _ => words::value(name),
    };
    let fits = |text: &&str| (least..=most).contains(&text.chars().count());
    let text = formatted.into_iter().chain(["text"]).find(fits);
    Some(text.map_or_else(|| "x".repeat(least), str::to_owned))
}

fn number(schema: &Object) -> Value {
    let bound = |key| schema.get(key).and_then(Value::as_f64);
    let above = bound("minimum").or_else(|| bound("exclusiveMinimum").map(|least| least + 0.5));
    let below = bound("maximum").or_else(|| bound("exclusiveMaximum").map(|most| most - 0.5));
    let wanted = 1.0_f64.max(above.unwrap_or(1.0)).min(below.unwrap_or(f64::MAX));
    match wanted.fract() == 0.0 {
        true => json!(wanted as i64),
        false => json!(wanted),
    }
}

/// poem-openapi prints absent fields of an example as null. Where null is not allowed, it goes.
fn drop_surplus_nulls(document: &mut Value) {
    let known = document.clone();
    walk::each_schema(document, &mut |schema| {
        let whole = Value::Object(schema.clone());
        if let Some(Value::Array(examples)) = schema.get_mut("examples") {
            examples
                .iter_mut()
                .for_each(|example| drop_nulls(&known, &whole, example));
            examples.retain(|example| !example.is_null());
            if examples.is_empty() {
                schema.shift_remove("examples");
            }
        }
    });
}

fn drop_nulls(document: &Value, schema: &Value, example: &mut Value) {
    let schema = match schema.get("$ref").and_then(Value::as_str) {
        Some(target) => walk::resolve(document, target).unwrap_or(schema),
        None => schema,
    };
    match example {
        Value::Object(members) => {
            let variants = schema.get("oneOf").and_then(Value::as_array);
            for variant in variants.into_iter().flatten() {
                let target = variant.get("$ref").and_then(Value::as_str);
                let variant = target
                    .and_then(|target| walk::resolve(document, target))
                    .unwrap_or(variant);
                if is_variant(variant, members) {
                    return drop_nulls(document, &variant.clone(), example);
                }
            }
            let property = |name: &str| schema.get("properties").and_then(|all| all.get(name));
            members.retain(|name, value| !value.is_null() || property(name).is_some_and(allows_null));
            for (name, value) in members {
                if let Some(property) = property(name) {
                    drop_nulls(document, property, value);
                }
            }
        }
        Value::Array(items) => {
            if let Some(each) = schema.get("items") {
                items.iter_mut().for_each(|item| drop_nulls(document, each, item));
            }
        }
        _ => {}
    }
}

/// Whether the tag of `members` is the one value that the variant allows.
fn is_variant(variant: &Value, members: &Object) -> bool {
    let properties = variant.get("properties").and_then(Value::as_object);
    properties.into_iter().flatten().any(|(name, schema)| {
        let only = schema
            .get("enum")
            .and_then(Value::as_array)
            .filter(|values| values.len() == 1);
        only.is_some_and(|only| members.get(name) == only.first())
    })
}

fn allows_null(schema: &Value) -> bool {
    let several = schema.get("type").and_then(Value::as_array);
    let alternatives = schema
        .get("anyOf")
        .or_else(|| schema.get("oneOf"))
        .and_then(Value::as_array);
    several.is_some_and(|types| types.contains(&json!("null")))
        || alternatives.is_some_and(|all| all.contains(&json!({"type": "null"})))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(schema: Value, complete: bool) -> Value {
        let id = json!({"type": "string", "pattern": "^gen_[0-9a-z]{26}$"});
        let document = json!({"components": {"schemas": {"GenerationId": id}}});
        let inventor = Inventor { document: &document };
        inventor.invent("", &schema, complete, DEPTH).unwrap_or_default()
    }

    #[test]
    fn an_example_fits_its_schema() {
        let schema = json!({"type": "object", "required": ["id", "n", "next"], "properties": {
            "id": {"$ref": "#/components/schemas/GenerationId"},
            "n": {"type": "integer", "minimum": 5},
            "share": {"type": "number", "minimum": 0, "maximum": 0.5},
            "next": {"type": ["string", "null"]},
            "code": {"type": "string", "minLength": 6},
            "created_at": {"type": "string"},
            "odd": {"type": "string", "pattern": "^[a-f]{3}$"},
        }});
        let id = format!("gen_{ULID}");
        assert_eq!(
            example(schema.clone(), false),
            json!({"id": id, "n": 5, "next": null})
        );
        let complete = json!({
            "id": id, "n": 5, "share": 0.5, "next": null, "code": "xxxxxx",
            "created_at": "2026-11-21T09:30:00.000000Z",
        });
        assert_eq!(example(schema, true), complete);
    }

    #[test]
    fn nulls_stay_where_they_may() {
        let mut document = json!({"components": {"schemas": {"Thing": {
            "properties": {"a": {"type": "string"}, "b": {"type": ["string", "null"]}},
            "examples": [{"a": null, "b": null}],
        }}}});
        drop_surplus_nulls(&mut document);
        assert_eq!(
            document["components"]["schemas"]["Thing"]["examples"],
            json!([{"b": null}])
        );
    }
}
