//! For each operation a command to paste into a terminal.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Object, shape::Shape, walk, words};

pub fn add(document: &mut Value) {
    let known = document.clone();
    let server = known
        .pointer("/servers/0/url")
        .and_then(Value::as_str)
        .unwrap_or_default();
    walk::each_operation(document, &mut |place, operation| {
        if place.webhook || operation.contains_key("x-codeSamples") {
            return;
        }
        let url = format!("{server}{}", url(&known, place.path, operation));
        let secured = Shape::of(place, operation).secured;
        let source = command(place.method, &url, secured, operation);
        operation.insert(
            "x-codeSamples".to_owned(),
            json!([{"lang": "Shell", "label": "curl", "source": source}]),
        );
    });
}

fn command(method: &str, url: &str, secured: bool, operation: &Object) -> String {
    let body = operation.get("requestBody");
    let json = body.and_then(|body| body.pointer("/content/application~1json/example"));
    let form = body.is_some_and(|body| body.pointer("/content/multipart~1form-data").is_some());
    let mut source = "curl".to_owned();
    // A body makes curl post.
    if method != "get" && !(method == "post" && (json.is_some() || form)) {
        let _ = write!(source, " -X {}", method.to_ascii_uppercase());
    }
    let _ = write!(source, " '{url}'");
    if secured {
        source.push_str(" \\\n  -H \"Authorization: Bearer $TINTYPE_API_KEY\"");
    }
    if let Some(json) = json {
        let data = json.to_string().replace('\'', r"'\''");
        let _ = write!(
            source,
            " \\\n  -H 'Content-Type: application/json' \\\n  -d '{data}'"
        );
    }
    if form {
        source.push_str(" \\\n  -F file=@picture.png");
    }
    source
}

/// The path with values for its parameters; of the query what is required.
fn url(document: &Value, path: &str, operation: &Object) -> String {
    let mut url = path.to_owned();
    let mut query = Vec::new();
    let parameters = operation.get("parameters").and_then(Value::as_array);
    for parameter in parameters.into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let value = sample_value(document, &parameter["schema"])
            .unwrap_or_else(|| words::value(name).unwrap_or(name).to_owned());
        match parameter["in"].as_str() {
            Some("path") => url = url.replace(&format!("{{{name}}}"), &value),
            Some("query") if parameter.get("required").is_some() => query.push(format!("{name}={value}")),
            _ => {}
        }
    }
    if !query.is_empty() {
        let _ = write!(url, "?{}", query.join("&"));
    }
    url
}

fn sample_value(document: &Value, schema: &Value) -> Option<String> {
    let target = schema.get("$ref").and_then(Value::as_str);
    let schema = target
        .and_then(|target| walk::resolve(document, target))
        .unwrap_or(schema);
    let value = schema
        .pointer("/examples/0")
        .or_else(|| schema.pointer("/enum/0"))?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_pasted() {
        let id = json!({"name": "id", "in": "path", "required": true, "schema": {"examples": ["gen_1"]}});
        let mut document = json!({
            "servers": [{"url": "https://api.example"}],
            "paths": {"/v1/things/{id}": {
                "get": {"parameters": [id]},
                "patch": {
                    "parameters": [id],
                    "security": [{"bearer": []}],
                    "requestBody": {"content": {"application/json": {"example": {"name": "It's"}}}},
                },
            }},
        });
        add(&mut document);
        let source = |method: &str| {
            document["paths"]["/v1/things/{id}"][method]["x-codeSamples"][0]["source"]
                .as_str()
                .unwrap()
        };
        assert_eq!(source("get"), "curl 'https://api.example/v1/things/gen_1'");
        let patch = r#"curl -X PATCH 'https://api.example/v1/things/gen_1' \
  -H "Authorization: Bearer $TINTYPE_API_KEY" \
  -H 'Content-Type: application/json' \
  -d '{"name":"It'\''s"}'"#;
        assert_eq!(source("patch"), patch);
    }
}
