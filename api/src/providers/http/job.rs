//! A job, as the provider tells of it.

use std::sync::Arc;

use bytes::Bytes;
use serde_json::Value;
use tokio::sync::OwnedSemaphorePermit;

pub use super::output::Outputs;
use crate::providers::media::decode;
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
            units: body["units"].as_f64().and_then(whole),
            message: message.unwrap_or("it failed").chars().take(300).collect(),
            weight,
        })
    }
}

/// A count, also one that is written `12.0`: unread, it would cost the most that was
/// planned.
fn whole(count: f64) -> Option<u64> {
    let is_whole = count.fract() == 0.0 && (0.0..9e15).contains(&count);
    is_whole.then_some(count as u64)
}

/// One that can't be read counts as not made.
fn output(body: &Value) -> Option<Output> {
    let source = match (body["data"].as_str(), body["url"].as_str()) {
        (Some(data), _) => Source::Inline(decode(data)?),
        // An address that is itself the file.
        (None, Some(url)) if is_data(url) => Source::Inline(decode(url)?),
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

fn is_data(url: &str) -> bool {
    url.get(..5)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("data:"))
}

/// Whether it says itself that it knows no such job: a 404 alone may be a proxy's.
pub fn is_unknown(body: &[u8]) -> bool {
    let body: Option<Value> = serde_json::from_slice(body).ok();
    body.is_some_and(|body| body["error"]["code"] == "unknown_job")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_count_is_read_however_it_is_written() {
        let units = |units: Value| {
            let job = Job::read(&json!({"status": "succeeded", "units": units}), None);
            job.unwrap().units
        };
        assert_eq!(units(json!(12)), Some(12));
        assert_eq!(units(json!(12.0)), Some(12));
        for none in [json!(12.5), json!(-1), json!("12"), json!(null), json!(1e300)] {
            assert_eq!(units(none), None);
        }
    }
}
