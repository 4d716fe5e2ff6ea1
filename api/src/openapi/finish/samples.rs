//! For each operation a command to paste into a terminal, and the call in every language that has a
//! client.
//!
//! The calls are written by `sdk/codegen` from this document without them. An operation that is
//! newer than `sdk/samples.json` has the command alone until the generator has run.

use std::fmt::Write;

use serde_json::{Value, json};

use super::{Object, shape::Shape, walk, words};

const CALLS: &str = include_str!("../../../../sdk/samples.json");

/// Names of languages, by what the calls have them under.
const LANGUAGES: [(&str, &str); 4] = [
    ("typescript", "TypeScript"),
    ("python", "Python"),
    ("rust", "Rust"),
    ("go", "Go"),
];

/// `{operationId: {language: source}}`
pub fn calls() -> Value {
    serde_json::from_str(CALLS).unwrap_or_default()
}

pub fn add(document: &mut Value, calls: &Value) {
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
        let mut samples = vec![json!({"lang": "Shell", "label": "curl", "source": source})];
        let id = operation.get("operationId").and_then(Value::as_str);
        for (key, name) in LANGUAGES {
            let source = id.and_then(|id| calls.get(id)?.get(key));
            samples.extend(source.map(|source| json!({"lang": name, "label": name, "source": source})));
        }
        operation.insert("x-codeSamples".to_owned(), samples.into());
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
        let value = sample_value(document, parameter)
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

fn sample_value(document: &Value, parameter: &Value) -> Option<String> {
    let schema = &parameter["schema"];
    let target = schema.get("$ref").and_then(Value::as_str);
    let schema = target
        .and_then(|target| walk::resolve(document, target))
        .unwrap_or(schema);
    let value = parameter
        .get("example")
        .or_else(|| schema.pointer("/examples/0"))
        .or_else(|| schema.pointer("/enum/0"))?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_pasted() {
        let id = json!({"name": "id", "in": "path", "required": true, "example": "gen_1", "schema": {}});
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
        add(&mut document, &json!(null));
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

    #[test]
    fn languages_follow_the_command() {
        let operation = json!({"operationId": "things.list"});
        let mut document = json!({"paths": {"/v1/things": {"get": operation}}});
        add(
            &mut document,
            &json!({"things.list": {"go": "client.Things", "cobol": "CALL"}}),
        );
        let samples = &document["paths"]["/v1/things"]["get"]["x-codeSamples"];
        assert_eq!(samples[0]["label"], "curl");
        assert_eq!(
            samples[1],
            json!({"lang": "Go", "label": "Go", "source": "client.Things"})
        );
        assert_eq!(samples.as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn the_calls_are_readable() {
        let calls = calls();
        assert!(calls["generations.create"]["typescript"].is_string());
    }
}
