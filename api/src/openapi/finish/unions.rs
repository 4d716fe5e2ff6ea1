//! A variant carries its own tag.
//!
//! For each variant of a tagged union poem-openapi prints a wrapper,
//! `Input_Image = allOf: [{type: "image"}, Image]`. Generators make two types
//! of it. Where only the wrapper uses the variant, the tag moves into the variant;
//! elsewhere the wrapper becomes a flat schema of its own, `InputImage`.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Object, walk};

const SCHEMAS: &str = "#/components/schemas/";

struct Wrapper {
    name: String,
    variant: String,
    /// The flat schema.
    merged: Value,
}

pub fn merge(document: &mut Value) {
    let mut uses = BTreeMap::<String, usize>::new();
    for reference in walk::references(document) {
        *uses.entry(reference).or_default() += 1;
    }
    let mut renamed = BTreeMap::new();
    for wrapper in wrappers(document) {
        let target = format!("{SCHEMAS}{}", wrapper.variant);
        let only_here = uses.get(&target) == Some(&1);
        let name = if only_here {
            wrapper.variant
        } else {
            wrapper.name.replace('_', "")
        };
        if let Some(schemas) = schemas(document) {
            schemas.shift_remove(&wrapper.name);
            schemas.insert(name.clone(), wrapper.merged);
        }
        renamed.insert(format!("{SCHEMAS}{}", wrapper.name), format!("{SCHEMAS}{name}"));
    }
    walk::each_reference(document, &mut |target| {
        if let Some(new) = renamed.get(target) {
            target.clone_from(new);
        }
    });
}

fn schemas(document: &mut Value) -> Option<&mut Object> {
    document.pointer_mut("/components/schemas")?.as_object_mut()
}

fn wrappers(document: &Value) -> Vec<Wrapper> {
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object);
    let all = schemas.into_iter().flatten();
    all.filter_map(|(name, schema)| {
        let [tag, variant] = schema.get("allOf")?.as_array()?.as_slice() else {
            return None;
        };
        let target = variant.get("$ref")?.as_str()?;
        let (tag, tag_schema) = match tag.get("properties")?.as_object()?.iter().next()? {
            (tag, Value::Object(schema)) => (tag, schema),
            _ => return None,
        };
        let merged = with_tag(walk::resolve(document, target)?.as_object()?, tag, tag_schema);
        let variant = target.strip_prefix(SCHEMAS)?.to_owned();
        Some(Wrapper {
            name: name.clone(),
            variant,
            merged,
        })
    })
    .collect()
}

fn with_tag(variant: &Object, tag: &str, tag_schema: &Object) -> Value {
    let mut tag_schema = tag_schema.clone();
    // The one allowed value is example enough.
    tag_schema.shift_remove("examples");
    if let Some(description) = variant
        .get("properties")
        .and_then(|all| all.get(tag)?.get("description"))
    {
        tag_schema.insert("description".to_owned(), description.clone());
    }
    let mut properties = Object::from_iter([(tag.to_owned(), Value::Object(tag_schema))]);
    let mut required = vec![json!(tag)];
    if let Some(Value::Object(own)) = variant.get("properties") {
        let others = own.iter().filter(|(name, _)| *name != tag);
        properties.extend(others.map(|(name, schema)| (name.clone(), schema.clone())));
    }
    if let Some(Value::Array(own)) = variant.get("required") {
        required.extend(own.iter().filter(|name| name.as_str() != Some(tag)).cloned());
    }
    let mut merged = variant.clone();
    merged.insert("required".to_owned(), Value::Array(required));
    merged.insert("properties".to_owned(), Value::Object(properties));
    Value::Object(merged)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(other_use: Value) -> Value {
        let tag = json!({"type": "object", "required": ["type"], "properties": {
            "type": {"type": "string", "enum": ["cat"], "examples": ["cat"]}}});
        json!({"components": {"schemas": {
            "Cat": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}},
            "Other": other_use,
            "Pet": {
                "oneOf": [{"$ref": "#/components/schemas/Pet_Cat"}],
                "discriminator": {"propertyName": "type", "mapping": {"cat": "#/components/schemas/Pet_Cat"}},
            },
            "Pet_Cat": {"description": "A pet", "allOf": [tag, {"$ref": "#/components/schemas/Cat"}]},
        }}})
    }

    #[test]
    fn the_tag_moves_into_a_variant_that_nothing_else_uses() {
        let mut document = document(json!({}));
        merge(&mut document);
        let schemas = &document["components"]["schemas"];
        assert!(schemas.get("Pet_Cat").is_none());
        assert_eq!(schemas["Cat"]["required"], json!(["type", "name"]));
        assert_eq!(
            schemas["Cat"]["properties"]["type"],
            json!({"type": "string", "enum": ["cat"]})
        );
        assert_eq!(schemas["Pet"]["oneOf"][0]["$ref"], "#/components/schemas/Cat");
        assert_eq!(
            schemas["Pet"]["discriminator"]["mapping"]["cat"],
            "#/components/schemas/Cat"
        );
    }

    #[test]
    fn a_variant_with_a_life_of_its_own_keeps_it() {
        let mut document = document(json!({"$ref": "#/components/schemas/Cat"}));
        merge(&mut document);
        let schemas = &document["components"]["schemas"];
        assert_eq!(schemas["Cat"]["required"], json!(["name"]));
        assert_eq!(schemas["PetCat"]["required"], json!(["type", "name"]));
        assert_eq!(schemas["Pet"]["oneOf"][0]["$ref"], "#/components/schemas/PetCat");
    }
}
