//! A case as it is written down in `cases/*.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub name: String,
    /// One sentence for the reader.
    pub about: String,
    #[serde(default)]
    pub client: Value,
    pub call: String,
    pub id: Option<String>,
    pub arguments: Option<Value>,
    pub options: Option<Map<String, Value>>,
    pub take: Option<u64>,
    pub cancel_after: Option<f64>,
    #[serde(default)]
    pub save_to: bool,
    pub file: Option<File>,
    pub webhook: Option<Webhook>,
    /// Runners for which it makes no sense, with the reason.
    #[serde(default)]
    pub except: BTreeMap<String, String>,
    /// What the scripted server does; without it nobody is called, or the real server is.
    pub server: Option<Vec<Step>>,
    /// What is prepared on the real server.
    pub given: Option<Given>,
    pub expect: Expect,
    /// What the real server's books must say afterwards.
    pub after: Option<After>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub size: usize,
    pub name: String,
    pub content_type: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhook {
    pub secret: String,
    pub body: String,
    /// What the signature was made over, if not over `body`.
    pub signed_body: Option<String>,
    /// With which secrets, if not with `secret`.
    pub signed_with: Option<Vec<String>>,
    /// Seconds since it was signed.
    #[serde(default)]
    pub age: i64,
    /// Replace those that were made; null leaves one out.
    #[serde(default)]
    pub headers: BTreeMap<String, Option<String>>,
    /// How to spell the headers' names: as this one is spelt.
    pub header_case: Option<String>,
    pub signature_version: Option<String>,
}

/// What the scripted server does with one request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Step {
    pub delay: f64,
    pub lost: bool,
    pub hang: bool,
    pub status: Option<u16>,
    pub headers: BTreeMap<String, Option<String>>,
    pub json: Option<Value>,
    pub like: Option<String>,
    pub with: Option<Value>,
    pub page: Option<Page>,
    pub problem: Option<Map<String, Value>>,
    pub text: Option<String>,
    pub content_type: Option<String>,
    pub bytes: Option<Size>,
    pub events: Option<Vec<Piece>>,
    /// `events` end without the proper end of a body.
    pub cut: bool,
    pub cut_after: Option<usize>,
    pub stall_after: Option<usize>,
    pub pause_after: Option<(usize, f64)>,
    pub close: bool,
    pub repeat: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    pub like: String,
    pub ids: Vec<String>,
    pub next: Option<String>,
    pub with: Option<Value>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Size {
    pub size: usize,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Piece {
    Text(String),
    Pause { pause: f64 },
    Raw { base64: String },
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// `replay` (one for all cases that name it), `poor`, `revoked`, `reader`; else a new one.
    pub key: Option<String>,
    /// So many pictures, ready.
    #[serde(default)]
    pub generations: usize,
    /// One that is under way.
    pub generation: Option<Value>,
    pub proxy: Option<Proxy>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proxy {
    /// How many replies it keeps for itself.
    pub swallow: usize,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expect {
    #[serde(deserialize_with = "present")]
    pub value: Option<Value>,
    pub error: Option<Value>,
    pub items: Option<Value>,
    pub progress: Option<Value>,
    pub request_id: Option<Value>,
    /// How many, or what each must contain.
    pub requests: Option<Value>,
    pub same_key: Option<bool>,
    pub pauses: Option<Vec<(f64, f64)>>,
    pub within: Option<f64>,
    #[serde(deserialize_with = "present")]
    pub saved: Option<Value>,
    pub log: Option<Log>,
}

/// Null is something to expect, not nothing.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub has: Vec<String>,
    pub lacks: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct After {
    pub generations: usize,
    /// The sum of what they cost.
    pub captured: Option<String>,
}

/// A case as the runner sees it: nothing of what must come out.
#[derive(Debug, Serialize)]
pub struct Task {
    pub name: String,
    pub client: Value,
    pub call: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arguments: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Map<String, Value>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cancel_after: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub save_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub webhook: Option<Value>,
}

/// What the runner printed about a case.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Outcome {
    pub case: String,
    pub unsupported: Option<String>,
    pub value: Option<Value>,
    pub error: Option<Value>,
    pub items: Option<Value>,
    pub progress: Option<Value>,
    pub request_id: Option<Value>,
    pub log: Vec<String>,
}
