//! What a provider's answer means. Pure.
//!
//! Providers refuse with 400 and with 200, limit with a header and with a
//! sentence, and spell their states as they like. Here all of it becomes one of a
//! few words, chosen so that a doubt never costs anybody money: only what says
//! that nothing ran may be sent again, and what says nothing is looked up.

mod refusal;
mod state;
#[cfg(test)]
mod tests;
mod wait;

use std::time::Duration;

use entity::Timestamp;
use serde_json::Value;

pub use refusal::refusal;
pub use state::{State, state};
pub use wait::wait;

/// What an answer comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// Read on: what was asked for, or its state.
    Fine,
    /// It does not make this: content.
    Refused(String),
    /// Too fast: nothing ran. It may say for how long.
    Limited { wait: Option<Duration>, message: String },
    /// Nothing more today, or before somebody pays: nothing ran.
    Exhausted { wait: Option<Duration>, message: String },
    /// Away or overloaded before any work: nothing ran.
    Unavailable { wait: Option<Duration>, message: String },
    /// The model is no more, for good.
    Gone(String),
    /// It failed, or can't be done as it was asked, for good.
    Failed(String),
    /// It may have run.
    Unknown(String),
}

/// An answer, as far as it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'a> {
    pub status: u16,
    /// Names in small letters.
    pub headers: &'a [(String, String)],
    pub body: &'a [u8],
}

impl Answer<'_> {
    fn header(&self, name: &str) -> Option<&str> {
        let header = self.headers.iter().find(|(known, _)| known == name);
        header.map(|(_, value)| value.trim())
    }
}

/// Reads an answer.
#[must_use]
pub fn said(answer: &Answer<'_>, now: Timestamp) -> Said {
    let body: Option<Value> = serde_json::from_slice(answer.body).ok();
    let Some(body) = body else {
        return bare(answer, now);
    };
    let fault = Fault::read(&body);
    // PiAPI, for one, says under HTTP 200 what others say by the status.
    let status = match body["code"].as_u64() {
        Some(code @ 400..600) if answer.status < 300 => u16::try_from(code).unwrap_or(answer.status),
        _ => answer.status,
    };
    if let Some(message) = refusal(&body) {
        return Said::Refused(message);
    }
    if status < 300 {
        return Said::Fine;
    }
    let wait = wait(answer, Some(&body), now);
    let message = fault.message(status);
    if fault.is_exhausted(status) {
        return Said::Exhausted { wait, message };
    }
    match status {
        // Its queue is full for the moment; nothing is wrong with it.
        429 => Said::Limited { wait, message },
        _ if fault.is_limited() => Said::Limited { wait, message },
        404 | 410 if fault.names_a_model() => Said::Gone(message),
        400 | 422 if fault.is_model_gone() => Said::Gone(message),
        // Our own credential is refused: nothing ran, and the operator must look.
        401 | 403 | 407 | 503 | 529 => Said::Unavailable { wait, message },
        408 | 409 | 425 | 500..600 => Said::Unknown(message),
        300..400 => Said::Unknown(message),
        _ => Said::Failed(message),
    }
}

/// An answer that is no JSON: a page of some proxy, mostly.
fn bare(answer: &Answer<'_>, now: Timestamp) -> Said {
    let message = format!("it answered with {} and no JSON", answer.status);
    let wait = wait(answer, None, now);
    match answer.status {
        429 => Said::Limited { wait, message },
        503 | 529 => Said::Unavailable { wait, message },
        401 | 403 | 407 => Said::Unavailable { wait, message },
        400 | 405 | 406 | 413 | 414 | 415 | 422 => Said::Failed(message),
        _ => Said::Unknown(message),
    }
}

/// What the shapes of errors have alike.
struct Fault {
    /// Every code, type, status and message, in small letters.
    words: String,
    text: String,
}

impl Fault {
    fn read(body: &Value) -> Self {
        let error = &body["error"];
        let detail = &body["detail"];
        let places = [
            &error["code"],
            &error["type"],
            &error["status"],
            &error["message"],
            &error["raw_message"],
            error,
            &detail["status"],
            &detail["message"],
            detail,
            &body["type"],
            &body["code"],
            &body["message"],
            &body["title"],
        ];
        let words: Vec<&str> = places.iter().filter_map(|place| place.as_str()).collect();
        let text = [
            &error["message"],
            &detail["message"],
            error,
            detail,
            &body["message"],
            &body["title"],
        ];
        let text = text.iter().find_map(|place| place.as_str()).unwrap_or_default();
        let mut words = words.join(" | ").to_lowercase();
        // Google names the quota in the error's details.
        for detail in error["details"].as_array().into_iter().flatten() {
            for violation in detail["violations"].as_array().into_iter().flatten() {
                for place in [
                    &violation["quotaId"],
                    &violation["quotaMetric"],
                    &violation["subject"],
                ] {
                    words.push_str(" | ");
                    words.push_str(&place.as_str().unwrap_or_default().to_lowercase());
                }
            }
        }
        Self {
            words,
            text: text.to_owned(),
        }
    }

    fn has(&self, any: &[&str]) -> bool {
        any.iter().any(|word| self.words.contains(word))
    }

    /// Short, since it is kept, and seen by whoever asked.
    fn message(&self, status: u16) -> String {
        match self.text.trim() {
            "" => format!("it answered with {status}"),
            text => text.chars().take(300).collect(),
        }
    }

    fn is_exhausted(&self, status: u16) -> bool {
        status == 402
            || self.has(&[
                "insufficient_quota",
                "quota_exceeded",
                "billing_error",
                "insufficient credit",
            ])
            || self.has(&["perday", "per_day", "per day", "daily limit"]) && status == 429
    }

    fn is_limited(&self) -> bool {
        self.has(&[
            "rate_limit",
            "rate limit",
            "resource_exhausted",
            "too_many_concurrent_requests",
            "throttled",
        ])
    }

    fn names_a_model(&self) -> bool {
        self.has(&["model"])
    }

    fn is_model_gone(&self) -> bool {
        self.has(&[
            "model_not_found",
            "model not found",
            "unknown model",
            "model_gone",
            "model_deprecated",
        ]) || self.names_a_model()
            && self.has(&[
                "does not exist",
                "deprecated",
                "shut down",
                "no longer",
                "retired",
            ])
    }
}
