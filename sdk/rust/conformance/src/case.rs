//! A case, as the suite writes it down.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

#[derive(Deserialize)]
pub struct Case {
    /// None: from the environment.
    #[serde(deserialize_with = "unless_environment")]
    pub client: Option<Given>,
    pub call: String,
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub arguments: Map<String, Value>,
    #[serde(default)]
    pub options: Options,
    pub take: Option<usize>,
    pub cancel_after: Option<f64>,
    #[serde(default)]
    pub save_to: String,
    pub file: Option<File>,
    pub webhook: Option<Webhook>,
}

fn unless_environment<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Given>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::String(_) => Ok(None),
        given => serde_json::from_value(given).map(Some).map_err(D::Error::custom),
    }
}

#[derive(Deserialize)]
pub struct Given {
    pub api_key: String,
    pub base_url: String,
    timeout: Option<f64>,
    pub max_retries: Option<u32>,
}

impl Given {
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout.map(Duration::from_secs_f64)
    }
}

#[derive(Default, Deserialize)]
pub struct Options {
    timeout: Option<f64>,
    pub max_retries: Option<u32>,
    pub idempotency_key: Option<String>,
    #[serde(default)]
    pub headers: BTreeMap<String, String>,
    wait: Option<f64>,
    wait_timeout: Option<f64>,
}

impl Options {
    pub fn timeout(&self) -> Option<Duration> {
        self.timeout.map(Duration::from_secs_f64)
    }

    pub fn wait(&self) -> Option<Duration> {
        self.wait.map(Duration::from_secs_f64)
    }

    pub fn wait_timeout(&self) -> Option<Duration> {
        self.wait_timeout.map(Duration::from_secs_f64)
    }
}

#[derive(Deserialize)]
pub struct File {
    pub path: String,
    pub name: String,
    pub content_type: String,
}

#[derive(Deserialize)]
pub struct Webhook {
    pub secret: String,
    pub headers: BTreeMap<String, String>,
    pub body: String,
}
