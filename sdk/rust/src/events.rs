// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! What webhooks say.

use crate::webhooks::UnknownEvent;
use serde::{Deserialize, Deserializer, Serialize};

/// An event that a webhook tells of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum WebhookEvent {
    /// An event of a type that this version does not know.
    Unknown(UnknownEvent),
}

impl<'de> Deserialize<'de> for WebhookEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        UnknownEvent::deserialize(deserializer).map(Self::Unknown)
    }
}

impl WebhookEvent {
    /// Which type of event it is, in the words of the API.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::Unknown(event) => &event.kind,
        }
    }
}
