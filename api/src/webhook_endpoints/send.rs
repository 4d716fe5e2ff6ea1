//! One attempt: signed anew, posted, and judged.

use std::time::{Duration, Instant};

use entity::{Timestamp, delivery};
use sea_orm::ActiveEnum as _;
use serde_json::json;

use super::look::{Found, Parcel, hold};
use super::sign::sign;
use crate::app::App;
use crate::clock::Clock;
use crate::events;
use crate::outbound::{Failure, Message};

/// How much of an answer is kept, in bytes.
const EXCERPT: usize = 1000;

/// What became of an attempt, or of a delivery that was not attempted.
#[derive(Debug, Clone)]
pub struct Outcome {
    pub row: delivery::Model,
    pub verdict: Verdict,
    pub at: Timestamp,
    pub status_code: Option<u16>,
    pub error: Option<String>,
    pub excerpt: Option<String>,
    pub took: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Arrived,
    Failed,
    /// The receiver says that it is gone for good.
    Gone,
    /// It was not sent, and won't be.
    Dropped,
}

/// What is not sent: its endpoint is disabled or deleted, or its content is gone.
pub fn dropped(row: delivery::Model, why: &str, now: Timestamp) -> Outcome {
    Outcome {
        row,
        verdict: Verdict::Dropped,
        at: now,
        status_code: None,
        error: Some(why.to_owned()),
        excerpt: None,
        took: Duration::ZERO,
    }
}

/// Sends an event once. `None`: what it says or where it goes changed before it went
/// out, and nothing was sent.
pub async fn send(app: &App, row: delivery::Model, parcel: Parcel) -> Option<Outcome> {
    let Found {
        event_id, kind, data, ..
    } = &parcel.found;
    let data = events::say(app, *kind, data, &parcel.files);
    let body = events::body(&json!(kind.to_value()), parcel.found.created_at, data);
    let id = event_id.to_string();
    // Receivers compare it with their own clocks, which no sandbox moves.
    let seconds = Clock::outside().seconds();
    let signature = sign(&parcel.secrets(app), &id, seconds, &body);
    let url = parcel.found.url.clone().unwrap_or_default();
    let ask = {
        let (app, row) = (app.clone(), row.clone());
        async move { hold(&app, &row, &parcel).await }
    };
    let message = Message {
        headers: vec![
            ("webhook-id", id),
            ("webhook-timestamp", seconds.to_string()),
            ("webhook-signature", signature),
        ],
        body,
        ask: Box::pin(ask),
    };
    let timeout = Duration::from_secs(app.config.webhooks.timeout_seconds);
    let began = Instant::now();
    let answered = app.outbound.post_json(&url, message, timeout, EXCERPT).await;
    let mut outcome = Outcome {
        row,
        verdict: Verdict::Failed,
        at: app.now(),
        status_code: None,
        error: None,
        excerpt: None,
        took: began.elapsed(),
    };
    match answered {
        Ok(answer) => {
            outcome.verdict = match answer.status {
                200..=299 => Verdict::Arrived,
                410 => Verdict::Gone,
                _ => Verdict::Failed,
            };
            outcome.status_code = Some(answer.status);
            outcome.excerpt = Some(answer.excerpt).filter(|text| !text.is_empty());
        }
        Err(Failure::Withdrawn(_)) => return None,
        Err(failure) => outcome.error = Some(failure.to_string()),
    }
    Some(outcome)
}
