//! Checks a raw JSON value against the schema that its type registers, strictly,
//! and says where each fault is.
//!
//! Objects are closed: a key that no part of the schema declares is a fault. Null
//! is one too, unless the schema says `nullable`. poem's own parsers are laxer
//! (`String` takes `5`, a default takes null) and name types, not places.

use std::collections::{BTreeMap, BTreeSet};

use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::Type;
use regex::Regex;
use serde_json::Value;

use super::error::FieldError;
use super::findings::Findings;

pub(super) struct Expected {
    root: MetaSchemaRef,
    schemas: BTreeMap<String, MetaSchema>,
    patterns: BTreeMap<String, Regex>,
}

impl Expected {
    pub fn of<T: Type>() -> Self {
        let mut registry = Registry::new();
        T::register(&mut registry);
        Self::with(T::schema_ref(), registry.schemas)
    }

    /// By a schema, and those that it refers to.
    pub fn with(root: MetaSchemaRef, schemas: BTreeMap<String, MetaSchema>) -> Self {
        let mut patterns = BTreeMap::new();
        for schema in schemas.values() {
            collect_patterns(schema, &mut patterns);
        }
        if let MetaSchemaRef::Inline(schema) = &root {
            collect_patterns(schema, &mut patterns);
        }
        Self {
            root,
            schemas,
            patterns,
        }
    }

    /// The text of a parameter as the value that it stands for; as text, where it
    /// stands for none.
    pub fn read(&self, text: &str) -> Value {
        let parts = self.parts(&self.root);
        let ty = parts.iter().map(|part| part.ty).find(|ty| !ty.is_empty());
        let value = match ty {
            Some("integer") => match text.parse::<i64>() {
                Ok(number) => Some(number.into()),
                Err(_) => text.parse::<u64>().ok().map(Value::from),
            },
            Some("number") => text.parse::<f64>().ok().map(Value::from),
            Some("boolean") => text.parse::<bool>().ok().map(Value::from),
            _ => None,
        };
        value.unwrap_or_else(|| text.into())
    }

    pub fn faults(&self, value: &Value) -> Vec<FieldError> {
        let mut found = Findings::default();
        self.check(&self.root, value, &mut found);
        found.faults
    }

    /// The schema and whatever it is composed of.
    fn parts<'s>(&'s self, schema: &'s MetaSchemaRef) -> Vec<&'s MetaSchema> {
        let own = match schema {
            MetaSchemaRef::Inline(schema) => schema,
            MetaSchemaRef::Reference(name) => match self.schemas.get(name) {
                Some(schema) => schema,
                None => return Vec::new(),
            },
        };
        let mut parts = vec![own];
        parts.extend(own.all_of.iter().flat_map(|part| self.parts(part)));
        parts
    }

    fn check(&self, schema: &MetaSchemaRef, value: &Value, found: &mut Findings) {
        let parts = self.parts(schema);
        if value.is_null() && parts.iter().any(|part| part.nullable) {
            return;
        }
        if let Some(union) = parts.iter().find(|part| !alternatives(part).is_empty()) {
            return self.check_union(union, value, found);
        }
        if let Some(wrong) = parts.iter().find(|part| !is_of_type(value, part.ty)) {
            return found.add("invalid_type", format!("Must be {}.", with_article(wrong.ty)));
        }
        let choices = |part: &&&MetaSchema| !part.enum_items.is_empty() && !part.enum_items.contains(value);
        if let Some(part) = parts.iter().find(choices) {
            return found.add("invalid_choice", one_of(&part.enum_items));
        }
        match value {
            Value::String(text) => parts.iter().for_each(|part| self.check_text(part, text, found)),
            Value::Number(number) => parts.iter().for_each(|part| found.check_number(part, number)),
            Value::Array(items) => {
                parts.iter().for_each(|part| found.check_items(part, items));
                let each = parts.iter().find_map(|part| part.items.as_deref());
                for (index, item) in items.iter().enumerate() {
                    found.inside(&index.to_string(), |found| match each {
                        Some(schema) => self.check(schema, item, found),
                        None => found.refuse_nul(item),
                    });
                }
            }
            Value::Object(_) => self.check_object(&parts, value, found),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn check_text(&self, part: &MetaSchema, text: &str, found: &mut Findings) {
        found.check_text(part, text);
        let pattern = part.pattern.as_ref().and_then(|text| self.patterns.get(text));
        if let Some(pattern) = pattern.filter(|pattern| !pattern.is_match(text)) {
            let example = part.example.as_ref().and_then(Value::as_str);
            let example = example.map_or_else(String::new, |text| format!(", as in `{text}`"));
            found.add(
                "invalid_format",
                format!("Must match {}{example}.", pattern.as_str()),
            );
        }
    }

    fn check_object(&self, parts: &[&MetaSchema], value: &Value, found: &mut Findings) {
        let Some(members) = value.as_object() else { return };
        let open = parts.iter().all(|part| part.ty.is_empty());
        let additional = parts
            .iter()
            .find_map(|part| part.additional_properties.as_deref());
        let properties: BTreeMap<&str, &MetaSchemaRef> = parts
            .iter()
            .flat_map(|part| part.properties.iter().map(|(name, schema)| (*name, schema)))
            .collect();
        let required: BTreeSet<&str> = parts
            .iter()
            .flat_map(|part| part.required.iter().copied())
            .collect();
        for name in required.iter().filter(|name| !members.contains_key(**name)) {
            found.inside(name, |found| found.add("missing", "Is required."));
        }
        for (name, member) in members {
            if !found.key_is_sound(name) {
                continue;
            }
            found.inside(name, |found| {
                match properties.get(name.as_str()).copied().or(additional) {
                    Some(schema) => self.check(schema, member, found),
                    None if open => found.refuse_nul(member),
                    None => found.add("unknown_field", "Is not a field of this object."),
                }
            });
        }
    }

    fn check_union(&self, union: &MetaSchema, value: &Value, found: &mut Findings) {
        let Some(tag) = &union.discriminator else {
            let fits = alternatives(union).iter().any(|alternative| {
                let mut trial = Findings::default();
                self.check(alternative, value, &mut trial);
                trial.faults.is_empty()
            });
            if !fits {
                found.add("no_alternative", "Fits none of the allowed forms.");
            }
            return;
        };
        if !value.is_object() {
            return found.add("invalid_type", "Must be an object.");
        }
        let named = value.get(tag.property_name).and_then(Value::as_str);
        let target = tag.mapping.iter().find(|(name, _)| Some(name.as_str()) == named);
        match target {
            Some((_, path)) => {
                let name = path.rsplit('/').next().unwrap_or_default();
                self.check(&MetaSchemaRef::Reference(name.to_owned()), value, found);
            }
            None => found.inside(tag.property_name, |found| {
                found.add("invalid_choice", "Is none of the allowed values.");
            }),
        }
    }
}

fn collect_patterns(schema: &MetaSchema, into: &mut BTreeMap<String, Regex>) {
    if let Some(text) = &schema.pattern {
        let pattern = Regex::new(text).expect("patterns of the contract compile");
        into.insert(text.clone(), pattern);
    }
    let properties = schema.properties.iter().map(|(_, schema)| schema);
    let inner = properties
        .chain(schema.items.as_deref())
        .chain(schema.additional_properties.as_deref())
        .chain(&schema.all_of)
        .chain(alternatives(schema));
    for schema in inner {
        if let MetaSchemaRef::Inline(schema) = schema {
            collect_patterns(schema, into);
        }
    }
}

fn alternatives(schema: &MetaSchema) -> &[MetaSchemaRef] {
    match schema.one_of.is_empty() {
        true => &schema.any_of,
        false => &schema.one_of,
    }
}

fn is_of_type(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        // One beyond 64 bits is out of range, but an integer.
        "integer" => value
            .as_number()
            .is_some_and(|number| number.as_f64().is_some_and(|float| float.fract() == 0.0)),
        _ => true,
    }
}

fn with_article(ty: &str) -> String {
    match ty {
        "integer" | "array" | "object" => format!("an {ty}"),
        other => format!("a {other}"),
    }
}

fn one_of(choices: &[Value]) -> String {
    let names: Vec<_> = choices.iter().filter_map(Value::as_str).collect();
    format!("Must be one of {}.", names.join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use entity::{GenerationId, Timestamp};
    use poem_openapi::{Enum, Object};
    use serde_json::json;

    use super::*;

    #[derive(Enum)]
    #[oai(rename_all = "snake_case")]
    enum Size {
        Small,
        Large,
    }

    #[derive(Object)]
    struct Inner {
        #[oai(validator(minimum(value = "1"), maximum(value = "10")))]
        n: u8,
        at: Option<Timestamp>,
    }

    #[derive(Object)]
    struct Outer {
        #[oai(validator(min_length = 1, max_length = 4))]
        name: String,
        count: Option<i64>,
        inner: Option<Inner>,
        size: Option<Size>,
        ids: Option<Vec<GenerationId>>,
        metadata: Option<HashMap<String, String>>,
        extra: Option<Value>,
    }

    fn faults(value: &Value) -> Vec<(String, String)> {
        let told = Expected::of::<Outer>().faults(value).into_iter();
        told.map(|fault| (fault.pointer.unwrap_or_default(), fault.code))
            .collect()
    }

    #[test]
    fn what_fits_passes() {
        let value = json!({
            "name": "four", "count": -3, "inner": {"n": 10, "at": "2026-11-21T09:30:00Z"},
            "size": "small", "ids": ["gen_01k00000000000000000000000"],
            "metadata": {"a": "b"}, "extra": {"deep": [1, null, "x"]},
        });
        assert_eq!(faults(&value), []);
        assert_eq!(faults(&json!({"name": "ü日本x"})), []);
    }

    #[test]
    fn every_fault_is_told_with_its_place() {
        let value = json!({
            "name": 5, "count": 9_223_372_036_854_775_808_u64, "a/b": 1, "surplus": 1,
            "inner": {"n": 11, "at": "yesterday", "surplus": 1}, "size": "huge", "ids": ["gen_x"],
            "metadata": {"k": 1}, "extra": {"deep": ["\0"]},
        });
        let expected = [
            ("/name", "invalid_type"),
            ("/count", "out_of_range"),
            ("/a~1b", "unknown_field"),
            ("/surplus", "unknown_field"),
            ("/inner/n", "too_large"),
            ("/inner/at", "invalid_format"),
            ("/inner/surplus", "unknown_field"),
            ("/size", "invalid_choice"),
            ("/ids/0", "invalid_format"),
            ("/metadata/k", "invalid_type"),
            ("/extra/deep/0", "nul"),
        ];
        let expected = expected.map(|(pointer, code)| (pointer.to_owned(), code.to_owned()));
        assert_eq!(faults(&value), expected);
    }

    #[test]
    fn what_is_missing_null_or_no_object_is_told() {
        let one = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(faults(&json!({})), one("/name", "missing"));
        assert_eq!(faults(&json!({"name": null})), one("/name", "invalid_type"));
        assert_eq!(
            faults(&json!({"name": "a", "count": null})),
            one("/count", "invalid_type")
        );
        assert_eq!(faults(&json!([])), one("", "invalid_type"));
        assert_eq!(
            faults(&json!({"name": "a", "count": 1.5})),
            one("/count", "invalid_type")
        );
        assert_eq!(
            faults(&json!({"name": "a", "inner": {"n": -1}})),
            one("/inner/n", "too_small")
        );
    }
}
