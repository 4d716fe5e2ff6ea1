//! One schema, from poem-openapi's 3.0 dialect to JSON Schema 2020-12.

use serde_json::{Value, json};

use super::Object;

const BOUNDS: [&str; 5] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// What a format says only to those who know it. Beyond 64 bits nothing is said.
const RANGES: &[(&str, i128, i128)] = &[
    ("int8", i8::MIN as i128, i8::MAX as i128),
    ("int16", i16::MIN as i128, i16::MAX as i128),
    ("int32", i32::MIN as i128, i32::MAX as i128),
    ("int64", i64::MIN as i128, i64::MAX as i128),
    ("uint8", 0, u8::MAX as i128),
    ("uint16", 0, u16::MAX as i128),
    ("uint32", 0, u32::MAX as i128),
    ("uint64", 0, u64::MAX as i128),
];

/// Expects the parts of the schema to be modern already.
pub fn modernise(schema: &mut Object) {
    annotate_reference(schema);
    state_exclusive_bounds(schema);
    round_bounds(schema);
    bound_integers(schema);
    if schema.contains_key("oneOf") || schema.contains_key("anyOf") {
        schema.shift_remove("type");
    }
    state_null(schema);
    list_example(schema);
    for (key, default) in [("deprecated", json!(false)), ("description", json!(""))] {
        if schema.get(key) == Some(&default) {
            schema.shift_remove(key);
        }
    }
}

/// poem-openapi cannot put anything beside `$ref`, so it prints
/// `allOf: [{$ref}, {annotations}]`; 3.1 can.
fn annotate_reference(schema: &mut Object) {
    let Some(Value::Array(parts)) = schema.get("allOf") else {
        return;
    };
    let [Value::Object(target), Value::Object(annotations)] = parts.as_slice() else {
        return;
    };
    let is_plain_reference = target.len() == 1 && target.contains_key("$ref");
    let composes = ["$ref", "properties", "allOf"]
        .iter()
        .any(|key| annotations.contains_key(*key));
    if !is_plain_reference || composes {
        return;
    }
    let (target, annotations) = (target.clone(), annotations.clone());
    schema.shift_remove("allOf");
    schema.extend(annotations);
    schema.extend(target);
}

/// 3.0 has a flag beside the bound, 2020-12 a bound of its own.
fn state_exclusive_bounds(schema: &mut Object) {
    for (flag, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        match schema.get(flag) {
            Some(Value::Bool(true)) => {
                if let Some(limit) = schema.shift_remove(bound) {
                    schema.insert(flag.to_owned(), limit);
                }
            }
            Some(Value::Bool(false)) => {
                schema.shift_remove(flag);
            }
            _ => {}
        }
    }
}

/// poem-openapi keeps all bounds as floats: `100.0` for an integer.
fn round_bounds(schema: &mut Object) {
    for bound in BOUNDS {
        let Some(limit) = schema.get(bound).and_then(Value::as_f64) else {
            continue;
        };
        if limit.fract() == 0.0 && limit.abs() < 9e15 {
            schema.insert(bound.to_owned(), json!(limit as i64));
        }
    }
}

fn bound_integers(schema: &mut Object) {
    let format = schema.get("format").and_then(Value::as_str);
    let range = RANGES.iter().find(|(name, ..)| Some(*name) == format);
    let Some((_, least, most)) = range else {
        return;
    };
    for (bound, exclusive, limit) in [
        ("minimum", "exclusiveMinimum", least),
        ("maximum", "exclusiveMaximum", most),
    ] {
        if !schema.contains_key(bound) && !schema.contains_key(exclusive) {
            schema.insert(bound.to_owned(), whole(*limit));
        }
    }
}

fn whole(number: i128) -> Value {
    match u64::try_from(number) {
        Ok(number) => json!(number),
        Err(_) => json!(i64::try_from(number).unwrap_or(i64::MIN)),
    }
}

/// `nullable: true` is no keyword of 2020-12; null is a type.
fn state_null(schema: &mut Object) {
    if schema.shift_remove("nullable") != Some(json!(true)) {
        return;
    }
    if let Some(target) = schema.shift_remove("$ref") {
        schema.insert(
            "anyOf".to_owned(),
            json!([{ "$ref": target }, { "type": "null" }]),
        );
        return;
    }
    for union in ["anyOf", "oneOf"] {
        if let Some(Value::Array(alternatives)) = schema.get_mut(union) {
            alternatives.push(json!({ "type": "null" }));
        }
    }
    if let Some(Value::Array(values)) = schema.get_mut("enum") {
        values.push(Value::Null);
    }
    if let Some(Value::String(one)) = schema.get("type") {
        let both = json!([one, "null"]);
        schema.insert("type".to_owned(), both);
    }
}

fn list_example(schema: &mut Object) {
    if let Some(example) = schema.shift_remove("example") {
        schema.insert("examples".to_owned(), json!([example]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn becomes(before: Value, after: &Value) {
        let Value::Object(mut schema) = before else {
            panic!("no object")
        };
        modernise(&mut schema);
        assert_eq!(&Value::Object(schema), after);
    }

    #[test]
    fn annotations_stand_beside_the_reference() {
        becomes(
            json!({"description": "Now", "allOf": [{"$ref": "#/S"}, {"description": "Now"}]}),
            &json!({"description": "Now", "$ref": "#/S"}),
        );
        becomes(
            json!({"nullable": true, "allOf": [{"$ref": "#/S"}, {"nullable": true}]}),
            &json!({"anyOf": [{"$ref": "#/S"}, {"type": "null"}]}),
        );
    }

    #[test]
    fn real_composition_stays() {
        let composed = json!({"allOf": [{"$ref": "#/A"}, {"$ref": "#/B"}]});
        becomes(composed.clone(), &composed);
    }

    #[test]
    fn null_becomes_a_type() {
        becomes(
            json!({"type": "string", "nullable": true}),
            &json!({"type": ["string", "null"]}),
        );
        becomes(
            json!({"type": "string", "enum": ["a"], "nullable": true}),
            &json!({"type": ["string", "null"], "enum": ["a", null]}),
        );
        becomes(
            json!({"type": "object", "oneOf": [{"$ref": "#/A"}], "nullable": true}),
            &json!({"oneOf": [{"$ref": "#/A"}, {"type": "null"}]}),
        );
        becomes(json!({"nullable": true}), &json!({}));
    }

    #[test]
    fn bounds_are_whole_where_they_can_be() {
        becomes(
            json!({"type": "integer", "format": "uint8", "minimum": 1.0}),
            &json!({"type": "integer", "format": "uint8", "minimum": 1, "maximum": 255}),
        );
        becomes(
            json!({"type": "number", "minimum": 0.0, "exclusiveMinimum": true, "maximum": 0.5}),
            &json!({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}),
        );
        becomes(
            json!({"type": "integer", "format": "int64"}),
            &json!({"type": "integer", "format": "int64", "minimum": i64::MIN, "maximum": i64::MAX}),
        );
    }
}
