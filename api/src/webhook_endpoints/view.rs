//! Endpoints and deliveries as the API shows them.

use entity::delivery::{self, Status};
use entity::event::Kind;
use entity::{DeliveryId, EventId, GenerationId, Timestamp, WebhookEndpointId, webhook_endpoint};
use poem_openapi::Object;
use poem_openapi::types::Example;

use super::account_secret::Shown;
use super::create::Made;
use super::wishes;
use crate::auth::Scopes;
use crate::events::scope_of;
use crate::http::{Nullable, example};

/// An address of yours to which events are sent.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct WebhookEndpoint {
    pub id: WebhookEndpointId,
    pub url: String,
    pub description: String,
    /// The types that are sent; empty: all.
    pub events: Vec<Kind>,
    /// Whether it is sent anything.
    pub enabled: bool,
    /// Why we disabled it: `failing`, after five days of nothing but failures, or `gone`, after it answered 410.
    pub disabled_reason: Nullable<String>,
    /// Since when every attempt failed; null when the last one arrived.
    pub failing_since: Nullable<Timestamp>,
    /// Until when the secret before the present one signs too.
    pub old_secret_until: Nullable<Timestamp>,
    pub livemode: bool,
    pub created_at: Timestamp,
}

impl From<webhook_endpoint::Model> for WebhookEndpoint {
    fn from(row: webhook_endpoint::Model) -> Self {
        Self {
            id: row.id,
            url: row.url,
            description: row.description,
            events: wishes::parse(&row.events),
            enabled: row.enabled,
            disabled_reason: row.disabled_reason.into(),
            failing_since: row.failing_since_at.into(),
            old_secret_until: row.old_secret_until.into(),
            livemode: row.livemode,
            created_at: row.created_at,
        }
    }
}

impl Example for WebhookEndpoint {
    fn example() -> Self {
        Self {
            id: example::id("whe"),
            url: "https://shop.example/hooks/tintype".to_owned(),
            description: "web shop".to_owned(),
            events: vec![Kind::GenerationSucceeded, Kind::GenerationFailed],
            enabled: true,
            disabled_reason: Nullable(None),
            failing_since: Nullable(None),
            old_secret_until: Nullable(None),
            livemode: false,
            created_at: example::MOMENT,
        }
    }
}

/// An endpoint with its secret. This is the only time that the secret is shown.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct CreatedWebhookEndpoint {
    pub id: WebhookEndpointId,
    pub url: String,
    pub description: String,
    /// The types that are sent; empty: all.
    pub events: Vec<Kind>,
    /// Verifies what you receive. Keep it where only your programs can read it.
    pub secret: String,
    /// Until when the secret before this one signs too.
    pub old_secret_until: Nullable<Timestamp>,
    pub livemode: bool,
    pub created_at: Timestamp,
}

impl From<Made> for CreatedWebhookEndpoint {
    fn from(made: Made) -> Self {
        let shown = WebhookEndpoint::from(made.row);
        Self {
            id: shown.id,
            url: shown.url,
            description: shown.description,
            events: shown.events,
            secret: made.secret,
            old_secret_until: shown.old_secret_until,
            livemode: shown.livemode,
            created_at: shown.created_at,
        }
    }
}

impl Example for CreatedWebhookEndpoint {
    fn example() -> Self {
        let shown = WebhookEndpoint::example();
        Self {
            id: shown.id,
            url: shown.url,
            description: shown.description,
            events: shown.events,
            secret: "whsec_…".to_owned(),
            old_secret_until: Nullable(None),
            livemode: shown.livemode,
            created_at: shown.created_at,
        }
    }
}

/// The secret that signs what is sent to the `webhook_url` of a request.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct WebhookSecret {
    /// Verifies what you receive. Keep it where only your programs can read it.
    pub secret: String,
    /// Until when the secret before this one signs too; null if there was none.
    pub old_secret_until: Nullable<Timestamp>,
}

impl From<Shown> for WebhookSecret {
    fn from(shown: Shown) -> Self {
        Self {
            secret: shown.secret,
            old_secret_until: shown.old_secret_until.into(),
        }
    }
}

impl Example for WebhookSecret {
    fn example() -> Self {
        Self {
            secret: "whsec_…".to_owned(),
            old_secret_until: Nullable(None),
        }
    }
}

/// One event on its way to one address, and what became of it.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct WebhookDelivery {
    pub id: DeliveryId,
    /// The endpoint that it goes to; null when it goes to the `webhook_url` of a request.
    pub endpoint_id: Nullable<WebhookEndpointId>,
    /// The `webhook_url` that it goes to; null when it goes to an endpoint, and once its subject was erased.
    pub url: Nullable<String>,
    /// Also the `webhook-id` that was sent.
    pub event_id: EventId,
    #[oai(rename = "type")]
    pub kind: Kind,
    /// The id of what the event happened to: a generation, batch, key, purchase or endpoint.
    pub subject: String,
    pub status: Status,
    /// How often it was sent.
    pub attempts: i32,
    /// Null once it was delivered or given up.
    pub next_attempt_at: Nullable<Timestamp>,
    pub last_attempt_at: Nullable<Timestamp>,
    /// What your server answered last.
    pub status_code: Nullable<i32>,
    /// Why there was no answer, or why it was not sent.
    pub error: Nullable<String>,
    /// The beginning of what your server answered last; null without the scope that reads what the event is about.
    pub response_excerpt: Nullable<String>,
    /// How long the last attempt took.
    pub milliseconds: Nullable<i64>,
    pub created_at: Timestamp,
    pub ended_at: Nullable<Timestamp>,
}

impl WebhookDelivery {
    /// As somebody with these scopes may see it: servers answer with what they were sent.
    #[must_use]
    pub fn shown(row: delivery::Model, scopes: Scopes) -> Self {
        let scope = scope_of(row.kind);
        let readable = scope.is_none_or(|scope| scopes.contains(scope));
        Self {
            id: row.id,
            endpoint_id: row.endpoint_id.into(),
            url: row.url.into(),
            event_id: row.event_id,
            kind: row.kind,
            subject: row.subject,
            status: row.status,
            attempts: row.attempts,
            next_attempt_at: row.next_attempt_at.into(),
            last_attempt_at: row.last_attempt_at.into(),
            status_code: row.status_code.into(),
            error: row.error.into(),
            response_excerpt: row.response_excerpt.filter(|_| readable).into(),
            milliseconds: row.milliseconds.into(),
            created_at: row.created_at,
            ended_at: row.ended_at.into(),
        }
    }
}

impl Example for WebhookDelivery {
    fn example() -> Self {
        Self {
            id: example::id("dlv"),
            endpoint_id: Some(example::id("whe")).into(),
            url: Nullable(None),
            event_id: example::id("evt"),
            kind: Kind::GenerationSucceeded,
            subject: example::id::<GenerationId>("gen").to_string(),
            status: Status::Pending,
            attempts: 1,
            next_attempt_at: Some(example::after(8000)).into(),
            last_attempt_at: Some(example::after(3000)).into(),
            status_code: Some(503).into(),
            error: Nullable(None),
            response_excerpt: Some("try later".to_owned()).into(),
            milliseconds: Some(120).into(),
            created_at: example::after(2400),
            ended_at: Nullable(None),
        }
    }
}

/// What was asked to be sent again.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct WebhookReplay {
    pub endpoint_id: WebhookEndpointId,
    /// The one event, if it is one.
    pub event_id: Nullable<EventId>,
    pub after: Nullable<Timestamp>,
    pub before: Nullable<Timestamp>,
}

impl Example for WebhookReplay {
    fn example() -> Self {
        Self {
            endpoint_id: example::id("whe"),
            event_id: Some(example::id("evt")).into(),
            after: Nullable(None),
            before: Nullable(None),
        }
    }
}
