//! What requests about endpoints say.

use entity::event::Kind;
use entity::{EventId, Timestamp};
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::http::example;

/// An endpoint to make.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct CreateWebhookEndpoint {
    /// An `https` address on the public internet.
    #[oai(validator(min_length = 1, max_length = 2048))]
    pub url: String,
    /// What it is for, in your own words.
    #[oai(validator(max_length = 500))]
    pub description: Option<String>,
    /// The types of events to send; all, if absent.
    #[oai(validator(min_items = 1, max_items = 50, unique_items))]
    pub events: Option<Vec<Kind>>,
}

impl Example for CreateWebhookEndpoint {
    fn example() -> Self {
        Self {
            url: "https://shop.example/hooks/tintype".to_owned(),
            description: Some("web shop".to_owned()),
            events: Some(vec![Kind::GenerationSucceeded, Kind::GenerationFailed]),
        }
    }
}

/// What to change; what is absent stays.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct UpdateWebhookEndpoint {
    /// An `https` address on the public internet.
    #[oai(validator(min_length = 1, max_length = 2048))]
    pub url: Option<String>,
    #[oai(validator(max_length = 500))]
    pub description: Option<String>,
    /// The types of events to send; none: all.
    #[oai(validator(max_items = 50, unique_items))]
    pub events: Option<Vec<Kind>>,
    /// `false` stops sending; `true` begins again, with what still waits and what happens from then on.
    pub enabled: Option<bool>,
}

impl Example for UpdateWebhookEndpoint {
    fn example() -> Self {
        Self {
            url: None,
            description: None,
            events: None,
            enabled: Some(true),
        }
    }
}

/// How a secret is replaced.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct RotateWebhookSecret {
    /// For how long the old secret signs too: up to 7 days.
    #[oai(default = "a_day", validator(minimum(value = "0"), maximum(value = "604800")))]
    pub grace_seconds: u32,
}

fn a_day() -> u32 {
    24 * 3600
}

impl Example for RotateWebhookSecret {
    fn example() -> Self {
        Self { grace_seconds: 3600 }
    }
}

/// What to send again: one event, or all of a range.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct ReplayWebhooks {
    /// One event, whether the endpoint wanted it or not.
    pub event_id: Option<EventId>,
    /// Or all events that the endpoint wants from this time on,
    pub after: Option<Timestamp>,
    /// until before this time; until now, if absent.
    pub before: Option<Timestamp>,
}

impl Example for ReplayWebhooks {
    fn example() -> Self {
        Self {
            event_id: None,
            after: Some(example::MOMENT),
            before: None,
        }
    }
}
