//! One call of a tool.

use std::path::Path;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use tintype_client::{Answer, CustomCall, Download, Error, Method, Tintype, path};

use super::tools::{Body, Tool};
use crate::output;

/// Pictures above this size would be more than an agent can take.
const LARGEST_PICTURE: u64 = 4 * 1024 * 1024;

/// Pictures that models can look at: not drawings that are texts, nor rarer formats.
const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/// The result of `tools/call`; a refusal by the API is one too, for the agent to read.
pub async fn make(client: &Tintype, tool: &Tool, arguments: &Value, save_to: Option<&Path>) -> Value {
    let none = Map::new();
    let arguments = arguments.as_object().unwrap_or(&none);
    let outcome = if tool.downloads {
        download(client, tool, arguments, save_to).await
    } else {
        answer(client, tool, arguments).await
    };
    outcome.unwrap_or_else(|error| json!({"content": [text(&error.to_string())], "isError": true}))
}

async fn answer(client: &Tintype, tool: &Tool, arguments: &Map<String, Value>) -> Result<Value, Error> {
    let value: Value = call(client, tool, arguments)?.await?;
    let said = match &value {
        Value::Null => "Done.".to_owned(),
        value => serde_json::to_string_pretty(value).unwrap_or_default(),
    };
    let mut result = json!({"content": [text(&said)]});
    if value.is_object() {
        result["structuredContent"] = value;
    }
    Ok(result)
}

async fn download(
    client: &Tintype,
    tool: &Tool,
    arguments: &Map<String, Value>,
    save_to: Option<&Path>,
) -> Result<Value, Error> {
    let download: Download = call(client, tool, arguments)?.await?;
    let kind = download
        .content_type()
        .unwrap_or("application/octet-stream")
        .to_owned();
    if let Some(folder) = save_to {
        let id = arguments.values().find_map(Value::as_str).unwrap_or(&tool.name);
        // An id is no path.
        let id: String = id
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
            .collect();
        let path = output::path(Some(folder), &id, &[&kind], 0);
        download.save(&path).await?;
        return Ok(json!({"content": [text(&format!("Saved as {}", path.display()))]}));
    }
    let size = download.content_length().unwrap_or(u64::MAX);
    if !PICTURES.contains(&kind.as_str()) || size > LARGEST_PICTURE {
        let why = "start this program with --save-to FOLDER to download files that are no small pictures";
        return Err(Error::Configuration(format!(
            "this is {kind}, {size} bytes: {why}"
        )));
    }
    let data = STANDARD.encode(download.bytes().await?);
    Ok(json!({"content": [{"type": "image", "data": data, "mimeType": kind}]}))
}

fn call<T: Answer>(
    client: &Tintype,
    tool: &Tool,
    arguments: &Map<String, Value>,
) -> Result<CustomCall<T>, Error> {
    let unknown = |name: &&String| !tool.takes(name);
    if let Some(name) = arguments.keys().find(unknown) {
        return Err(Error::Configuration(format!(
            "`{name}` is no argument of {}",
            tool.name
        )));
    }
    let given = |name: &String| arguments.get(name).filter(|value| !value.is_null());
    let params: Vec<String> = tool
        .path_params
        .iter()
        .map(|name| given(name).map(plain).unwrap_or_default())
        .collect();
    let params: Vec<&str> = params.iter().map(String::as_str).collect();
    let mut call = client.call(tool.method.clone(), &path(&tool.path, &params)?);
    for name in &tool.query {
        for value in given(name).into_iter().flat_map(each) {
            call = call.query(name, plain(value));
        }
    }
    call = match &tool.body {
        Body::None => call,
        Body::Whole => call.json(&arguments.get("body")),
        Body::Flat(names) => {
            let members = names
                .iter()
                .filter_map(|name| Some((name.clone(), arguments.get(name)?.clone())));
            call.json(&members.collect::<Map<_, _>>())
        }
    };
    if let Some(seconds) = arguments.get("wait_seconds").and_then(Value::as_u64) {
        call = call.wait(Duration::from_secs(seconds));
    }
    if let Some(key) = arguments.get("idempotency_key").and_then(Value::as_str) {
        call = call.idempotency_key(key);
    }
    if tool.method == Method::POST && !tool.idempotent {
        call = call.not_idempotent();
    }
    Ok(call)
}

impl Tool {
    fn takes(&self, name: &String) -> bool {
        let in_body = match &self.body {
            Body::None => false,
            Body::Whole => name == "body",
            Body::Flat(names) => names.contains(name),
        };
        in_body
            || self.path_params.contains(name)
            || self.query.contains(name)
            || (self.waits && name == "wait_seconds")
            || (self.idempotent && name == "idempotency_key")
    }
}

fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        value => vec![value],
    }
}

/// A text without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}
