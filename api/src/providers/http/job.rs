//! A job, as the provider tells of it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;

pub use super::output::Outputs;
use crate::providers::said::{State, state};

/// Outputs of one job that are looked at.
const MOST_OUTPUTS: usize = 64;

/// What was made, or where it lies.
pub enum Source {
    Inline(Bytes),
    At(String),
}

pub struct Output {
    pub source: Source,
    pub seconds: Option<f64>,
}

pub struct Job {
    /// The provider's own name for it.
    pub name: Option<String>,
    pub state: State,
    pub outputs: Vec<Output>,
    pub text: Option<String>,
    pub units: Option<u64>,
    /// Why it failed.
    pub message: String,
    pub weight: Option<Arc<OwnedSemaphorePermit>>,
}

impl Job {
    /// Reads a job; `None` for anything else.
    pub fn read(body: &Value, weight: Option<Arc<OwnedSemaphorePermit>>) -> Option<Self> {
        let state = state(body["status"].as_str()?)?;
        let outputs = body["outputs"].as_array().into_iter().flatten();
        let text = body["text"].as_str().filter(|text| !text.is_empty());
        let error = &body["error"];
        let message = [&error["message"], error].iter().find_map(|place| place.as_str());
        Some(Self {
            name: body["job"].as_str().map(|name| name.chars().take(200).collect()),
            state,
            outputs: outputs.take(MOST_OUTPUTS).filter_map(output).collect(),
            text: text.map(str::to_owned),
            units: body["units"].as_u64(),
            message: message.unwrap_or("it failed").chars().take(300).collect(),
            weight,
        })
    }
}

/// One that can't be read counts as not made.
fn output(body: &Value) -> Option<Output> {
    let source = match (body["data"].as_str(), body["url"].as_str()) {
        (Some(data), _) => Source::Inline(STANDARD.decode(data).ok()?.into()),
        (None, Some(url)) => Source::At(url.to_owned()),
        (None, None) => return None,
    };
    Some(Output {
        source,
        seconds: body["seconds"]
            .as_f64()
            .filter(|seconds| seconds.is_finite() && *seconds > 0.0),
    })
}

/// Whether it says itself that it knows no such job: a 404 alone may be a proxy's.
pub fn is_unknown(body: &[u8]) -> bool {
    let body: Option<Value> = serde_json::from_slice(body).ok();
    body.is_some_and(|body| body["error"]["code"] == "unknown_job")
}
