//! Whether an answer is one that the contract describes: its status, its content
//! type and its body. Asked of every answer that any test gets.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{Answer, Contract, admin_contract};

static CONTRACT: LazyLock<Contract> = LazyLock::new(|| {
    let document = serde_json::from_str(tintype::server::openapi_json());
    Contract::of(document.expect("the contract is JSON"))
});

static VALIDATORS: LazyLock<Validators> = LazyLock::new(|| Validators::of(&CONTRACT.document));

/// The operators' own.
static ADMIN: LazyLock<Contract> = LazyLock::new(admin_contract);
static ADMIN_VALIDATORS: LazyLock<Validators> = LazyLock::new(|| Validators::of(&ADMIN.document));

/// The validators of a document's schemas, made when they are first needed.
pub struct Validators {
    components: Value,
    made: Mutex<HashMap<String, Arc<Validator>>>,
}

impl Validators {
    pub fn of(document: &Value) -> Self {
        Self {
            components: json!({"schemas": document["components"]["schemas"]}),
            made: Mutex::default(),
        }
    }

    /// The faults that a value has by this schema.
    pub fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        let validator = self.find(schema);
        let faults = validator.iter_errors(value);
        faults
            .map(|fault| format!("{} at `{}`", fault, fault.instance_path()))
            .collect()
    }

    fn find(&self, schema: &Value) -> Arc<Validator> {
        let name = schema.to_string();
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let validator = made.entry(name).or_insert_with(|| {
            let mut root = schema.clone();
            root["components"] = self.components.clone();
            let options = jsonschema::options().with_draft(jsonschema::Draft::Draft202012);
            let validator = options.should_validate_formats(true).build(&root);
            Arc::new(validator.expect("a valid schema"))
        });
        Arc::clone(validator)
    }
}

/// The faults that an event of this path's stream has.
pub fn stream_faults(path: &str, event: &Value) -> Vec<String> {
    let operation = CONTRACT.answering(&Method::GET, path);
    let operation = operation.expect("an operation of the contract");
    let success = CONTRACT.resolve(&operation.description["responses"]["200"]);
    VALIDATORS.faults(&success["content"]["text/event-stream"]["schema"], event)
}

/// What of an answer the contract does not describe, if it is about an operation
/// at all. Failures of ours and of the connection are described for all alike.
pub fn breach(method: &Method, path: &str, answer: &Answer) -> Option<String> {
    let (contract, validators) = match path.starts_with("/admin/") {
        true => (&*ADMIN, &*ADMIN_VALIDATORS),
        false => (&*CONTRACT, &*VALIDATORS),
    };
    let operation = contract.answering(method, path)?;
    let status = answer.status.to_string();
    let declared = &operation.description["responses"];
    let response = match declared.get(&status) {
        Some(response) => response,
        None if [408, 431].contains(&answer.status) || answer.status >= 500 => &declared["default"],
        None => return Some(format!("{} does not declare {status}", operation.id)),
    };
    let content = contract.resolve(response)["content"].as_object();
    let told = |what: String| Some(format!("{} with {status}: {what}", operation.id));
    let Some(content) = content else {
        let silent = answer.bytes.is_empty();
        return if silent {
            None
        } else {
            told("declares no body".to_owned())
        };
    };
    // Files come with content types of their own.
    if content.contains_key("application/octet-stream") {
        return None;
    }
    let sent = answer
        .header("content-type")
        .split(';')
        .next()
        .unwrap_or_default();
    let Some(body) = content.get(sent) else {
        return told(format!("does not declare {sent:?}"));
    };
    if sent == "application/x-ndjson" {
        let lines = answer.bytes.split(|byte| *byte == b'\n');
        let faults =
            lines
                .filter(|line| !line.is_empty())
                .flat_map(|line| match serde_json::from_slice(line) {
                    Ok(value) => validators.faults(&body["schema"], &value),
                    Err(error) => vec![error.to_string()],
                });
        let faults: Vec<String> = faults.collect();
        return if faults.is_empty() {
            None
        } else {
            told(faults.join(", "))
        };
    }
    if !sent.ends_with("json") {
        return None;
    }
    let faults = validators.faults(&body["schema"], &answer.json);
    if faults.is_empty() {
        None
    } else {
        told(faults.join(", "))
    }
}
