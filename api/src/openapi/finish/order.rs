//! One fixed order, so that the file changes only where the contract does.

use serde_json::{Value, json};

use super::{Object, walk};

const DOCUMENT: &[&str] = &[
    "openapi",
    "info",
    "externalDocs",
    "servers",
    "security",
    "tags",
    "paths",
    "webhooks",
    "components",
];
const COMPONENTS: &[&str] = &["securitySchemes", "parameters", "headers", "responses", "schemas"];
const OPERATION: &[&str] = &[
    "operationId",
    "tags",
    "summary",
    "description",
    "externalDocs",
    "deprecated",
    "security",
    "parameters",
    "requestBody",
    "responses",
];
const PARAMETER: &[&str] = &[
    "name",
    "in",
    "description",
    "required",
    "deprecated",
    "style",
    "explode",
    "schema",
    "example",
];
const RESPONSE: &[&str] = &["description", "headers", "content"];
const BODY: &[&str] = &["description", "required", "content"];
const SCHEMA: &[&str] = &[
    "$ref",
    "title",
    "description",
    "deprecated",
    "type",
    "format",
    "pattern",
    "enum",
    "default",
    "required",
    "properties",
    "additionalProperties",
    "items",
];

pub fn sort(mut document: Value) -> Value {
    sort_tags(&mut document);
    walk::each_operation(&mut document, &mut |_, operation| {
        if let Some(Value::Array(parameters)) = operation.get_mut("parameters") {
            parameters
                .iter_mut()
                .filter_map(Value::as_object_mut)
                .for_each(|one| arrange(one, PARAMETER));
        }
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        arrange_each(responses, RESPONSE);
        if let Some(Value::Object(body)) = operation.get_mut("requestBody") {
            arrange(body, BODY);
        }
        arrange(operation, OPERATION);
    });
    walk::each_schema(&mut document, &mut |schema| arrange(schema, SCHEMA));
    if let Some(Value::Object(components)) = document.get_mut("components") {
        components.retain(|_, section| section != &json!({}));
        components
            .values_mut()
            .filter_map(Value::as_object_mut)
            .for_each(Object::sort_keys);
        arrange_each(
            components.get_mut("responses").and_then(Value::as_object_mut),
            RESPONSE,
        );
        arrange(components, COMPONENTS);
    }
    if let Value::Object(members) = &mut document {
        arrange(members, DOCUMENT);
    }
    document
}

/// Chapters in the order in which the operations tell the story, not by the alphabet.
fn sort_tags(document: &mut Value) {
    let mut told: Vec<String> = Vec::new();
    walk::each_operation(document, &mut |_, operation| {
        let tags = operation
            .get("tags")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        told.extend(tags.filter_map(|tag| Some(tag.as_str()?.to_owned())));
    });
    if let Some(Value::Array(tags)) = document.get_mut("tags") {
        tags.sort_by_key(|tag| {
            told.iter()
                .position(|name| tag.get("name").is_some_and(|own| own == name))
        });
    }
}

fn arrange_each(all: Option<&mut Object>, order: &[&str]) {
    let objects = all
        .into_iter()
        .flatten()
        .filter_map(|(_, one)| one.as_object_mut());
    objects.for_each(|one| arrange(one, order));
}

/// The listed keys first; the others follow as they stood.
fn arrange(members: &mut Object, order: &[&str]) {
    let listed = order
        .iter()
        .filter_map(|key| members.shift_remove_entry(*key))
        .collect::<Vec<_>>();
    let others = std::mem::take(members);
    members.extend(listed.into_iter().chain(others));
}
