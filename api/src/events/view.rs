//! An event as the API shows it.

use std::collections::BTreeMap;

use entity::{EventId, Timestamp, event};
use poem_openapi::Object;
use poem_openapi::types::Example;
use serde_json::{Map, Value, json};

use super::Kind;
use crate::http::example;

/// Something that happened.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Event", example)]
pub struct View {
    /// Also the `webhook-id` of everything that is sent about it.
    pub id: EventId,
    #[oai(rename = "type")]
    pub kind: Kind,
    /// The id of what it happened to.
    pub subject: String,
    /// How the subject stood then, as in the webhook of this type, with fresh links; without your own words once it was
    /// erased. Without the scope that reads such a subject, its `id` and `status` alone.
    pub data: BTreeMap<String, Value>,
    pub livemode: bool,
    pub created_at: Timestamp,
}

impl View {
    pub(super) fn of(event: event::Model, data: Map<String, Value>) -> Self {
        Self {
            id: event.id,
            kind: event.kind,
            subject: event.subject,
            data: data.into_iter().collect(),
            livemode: event.livemode,
            created_at: event.created_at,
        }
    }
}

impl Example for View {
    fn example() -> Self {
        let generation = example::id::<entity::GenerationId>("gen").to_string();
        let data = json!({
            "id": generation,
            "kind": "image",
            "status": "succeeded",
            "model": "sandbox-image",
            "captured": "1",
            "created_at": example::MOMENT.to_string(),
            "ended_at": example::after(2400).to_string(),
        });
        Self {
            id: example::id("evt"),
            kind: Kind::GenerationSucceeded,
            subject: generation,
            data: data
                .as_object()
                .cloned()
                .unwrap_or_default()
                .into_iter()
                .collect(),
            livemode: false,
            created_at: example::after(2400),
        }
    }
}
