//! Tools: the operations of the OpenAPI document, as far as an agent should have them.

use serde_json::{Map, Value, json};
use tintype_client::Method;

use super::schema;

/// Which operations become tools.
pub struct Choice {
    pub read_only: bool,
    /// All, if it is empty.
    pub only: Vec<String>,
}

pub struct Tool {
    /// `generations_create`
    pub name: String,
    pub method: Method,
    /// `/v1/generations/{}`, and the names of what is put there.
    pub path: String,
    pub path_params: Vec<String>,
    pub query: Vec<String>,
    pub body: Body,
    /// Whether the server can hold its answer back until there is an end.
    pub waits: bool,
    pub idempotent: bool,
    /// Whether it answers a file.
    pub downloads: bool,
    title: String,
    description: String,
    schema: Value,
}

#[derive(PartialEq)]
pub enum Body {
    None,
    /// Its members are arguments beside the others.
    Flat(Vec<String>),
    /// It is the argument `body`.
    Whole,
}

/// What signs people in, or plays with the sandbox, is not for agents.
const KEPT_BACK: [&str; 2] = ["auth", "sandbox"];

pub fn of(document: &Value, choice: &Choice) -> Vec<Tool> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (path, method, operation))
    });
    operations
        .filter_map(|(path, method, operation)| {
            let id = operation["operationId"].as_str()?;
            let resource = id.split('.').next().unwrap_or_default();
            let wanted = choice.only.is_empty() || choice.only.iter().any(|only| only == resource);
            let harmless = method == "get" || !choice.read_only;
            let offered = wanted && harmless && !KEPT_BACK.contains(&resource);
            offered
                .then(|| Tool::of(document, path, method, operation))
                .flatten()
        })
        .collect()
}

impl Tool {
    /// `None` for what no tool can do: streams and forms.
    fn of(document: &Value, path: &str, method: &str, operation: &Value) -> Option<Self> {
        let answers = content(operation["responses"].as_object()?);
        if answers.contains(&"text/event-stream") {
            return None;
        }
        let mut properties = Map::new();
        let mut required = Vec::new();
        let (mut path_params, mut query) = (Vec::new(), Vec::new());
        let (mut waits, mut idempotent) = (false, false);
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str()?.to_owned();
            match parameter["in"].as_str()? {
                "path" => path_params.push(name.clone()),
                "query" => query.push(name.clone()),
                _ => {
                    waits |= name.eq_ignore_ascii_case("Prefer");
                    idempotent |= name.eq_ignore_ascii_case("Idempotency-Key");
                    continue;
                }
            }
            if parameter["required"] == true {
                required.push(name.clone());
            }
            properties.insert(name, schema::of_parameter(parameter));
        }
        let body = match operation.get("requestBody") {
            None => Body::None,
            Some(body) => {
                let body = body["content"].get("application/json")?;
                let body = schema::resolve(document, &body["schema"]);
                flatten(body, &mut properties, &mut required)
            }
        };
        if waits {
            properties.insert(
                "wait_seconds".to_owned(),
                json!({
                    "type": "integer", "minimum": 0, "maximum": 60,
                    "description": "Wait up to so many seconds for the end before answering.",
                }),
            );
        }
        if idempotent {
            properties.insert("idempotency_key".to_owned(), json!({
                "type": "string", "minLength": 1, "maxLength": 255,
                "description": "The same key with the same request gets the first answer again instead of doing it twice.",
            }));
        }
        let mut input = json!({"type": "object", "properties": properties, "additionalProperties": false});
        if !required.is_empty() {
            input["required"] = json!(required);
        }
        schema::bring_along(document, &mut input);
        // In the order in which they stand in the path.
        path_params.sort_by_key(|name| path.find(&format!("{{{name}}}")));
        let text = |name: &str| operation[name].as_str().unwrap_or_default().to_owned();
        Some(Self {
            name: text("operationId").replace('.', "_"),
            method: method.to_uppercase().parse().ok()?,
            path: path_params.iter().fold(path.to_owned(), |path, name| {
                path.replace(&format!("{{{name}}}"), "{}")
            }),
            path_params,
            query,
            body,
            waits,
            idempotent,
            downloads: !answers.is_empty() && !answers.contains(&"application/json"),
            title: text("summary"),
            description: text("description"),
            schema: input,
        })
    }

    /// As `tools/list` has it.
    pub fn described(&self) -> Value {
        json!({
            "name": self.name,
            "title": self.title,
            "description": format!("{}.\n\n{}", self.title, self.description),
            "inputSchema": self.schema,
            "annotations": {
                "readOnlyHint": self.method == Method::GET,
                "destructiveHint": self.method == Method::DELETE,
                "idempotentHint": self.method != Method::POST,
                "openWorldHint": true,
            },
        })
    }
}

/// The media types of success.
fn content(responses: &Map<String, Value>) -> Vec<&str> {
    let success = responses.iter().filter(|(status, _)| status.starts_with('2'));
    let content = success.filter_map(|(_, response)| response["content"].as_object());
    content
        .flat_map(|content| content.keys().map(String::as_str))
        .collect()
}

/// Members of the body become arguments, unless two would have one name.
fn flatten(body: &Value, properties: &mut Map<String, Value>, required: &mut Vec<String>) -> Body {
    let members = body["properties"].as_object();
    match members.filter(|members| members.keys().all(|name| !properties.contains_key(name))) {
        None => {
            properties.insert("body".to_owned(), body.clone());
            required.push("body".to_owned());
            Body::Whole
        }
        Some(members) => {
            properties.extend(members.clone());
            let names = body["required"].as_array().into_iter().flatten();
            required.extend(names.filter_map(Value::as_str).map(str::to_owned));
            Body::Flat(members.keys().cloned().collect())
        }
    }
}
