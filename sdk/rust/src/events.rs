// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! What webhooks say.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::types::{
    BatchWebhook, EndpointWebhook, GenerationWebhook, KeyCapWebhook, KeyLeakedWebhook, PurchaseWebhook,
};
use crate::webhooks::UnknownEvent;

/// An event that a webhook tells of.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant)]
#[non_exhaustive]
pub enum WebhookEvent {
    /// It was given to a provider.
    GenerationStarted(GenerationWebhook),
    /// Its outputs are there, and it was charged.
    GenerationSucceeded(GenerationWebhook),
    /// Nothing was charged; `error` says why.
    GenerationFailed(GenerationWebhook),
    /// Nothing was charged.
    GenerationCanceled(GenerationWebhook),
    /// It did not end before its deadline. Nothing was charged.
    GenerationExpired(GenerationWebhook),
    /// All its generations have ended; its results can be had.
    BatchEnded(BatchWebhook),
    /// 50, 80 or 100 % of what the key may spend are spent or set aside.
    KeyCapReached(KeyCapWebhook),
    /// Its secret was found where others can read it, and the key was revoked.
    KeyLeaked(KeyLeakedWebhook),
    /// Its credits can be spent.
    PurchasePaid(PurchaseWebhook),
    /// What was left of its credits is gone.
    PurchaseRefunded(PurchaseWebhook),
    /// The buyer's bank asks for the money back. What is left of its credits is gone until the
    /// dispute is settled.
    PurchaseDisputed(PurchaseWebhook),
    /// The payment stands: the credits that the dispute took are back.
    PurchaseDisputeWon(PurchaseWebhook),
    /// The money went back to the buyer, and what was left of the credits is gone for good.
    PurchaseDisputeLost(PurchaseWebhook),
    /// It failed for five days or answered 410. Your other endpoints are told.
    WebhookEndpointDisabled(EndpointWebhook),
    /// You asked for it.
    WebhookEndpointTest(EndpointWebhook),
    /// An event of a type that this version does not know.
    Unknown(UnknownEvent),
}

impl<'de> Deserialize<'de> for WebhookEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let event = Value::deserialize(deserializer)?;
        let event = match event["type"].as_str() {
            Some("generation.started") => serde_json::from_value(event).map(Self::GenerationStarted),
            Some("generation.succeeded") => serde_json::from_value(event).map(Self::GenerationSucceeded),
            Some("generation.failed") => serde_json::from_value(event).map(Self::GenerationFailed),
            Some("generation.canceled") => serde_json::from_value(event).map(Self::GenerationCanceled),
            Some("generation.expired") => serde_json::from_value(event).map(Self::GenerationExpired),
            Some("batch.ended") => serde_json::from_value(event).map(Self::BatchEnded),
            Some("key.cap_reached") => serde_json::from_value(event).map(Self::KeyCapReached),
            Some("key.leaked") => serde_json::from_value(event).map(Self::KeyLeaked),
            Some("purchase.paid") => serde_json::from_value(event).map(Self::PurchasePaid),
            Some("purchase.refunded") => serde_json::from_value(event).map(Self::PurchaseRefunded),
            Some("purchase.disputed") => serde_json::from_value(event).map(Self::PurchaseDisputed),
            Some("purchase.dispute_won") => serde_json::from_value(event).map(Self::PurchaseDisputeWon),
            Some("purchase.dispute_lost") => serde_json::from_value(event).map(Self::PurchaseDisputeLost),
            Some("webhook_endpoint.disabled") => {
                serde_json::from_value(event).map(Self::WebhookEndpointDisabled)
            }
            Some("webhook_endpoint.test") => serde_json::from_value(event).map(Self::WebhookEndpointTest),
            _ => serde_json::from_value(event).map(Self::Unknown),
        };
        event.map_err(serde::de::Error::custom)
    }
}

impl WebhookEvent {
    /// Which type of event it is, in the words of the API.
    #[must_use]
    pub fn kind(&self) -> &str {
        match self {
            Self::GenerationStarted(_) => "generation.started",
            Self::GenerationSucceeded(_) => "generation.succeeded",
            Self::GenerationFailed(_) => "generation.failed",
            Self::GenerationCanceled(_) => "generation.canceled",
            Self::GenerationExpired(_) => "generation.expired",
            Self::BatchEnded(_) => "batch.ended",
            Self::KeyCapReached(_) => "key.cap_reached",
            Self::KeyLeaked(_) => "key.leaked",
            Self::PurchasePaid(_) => "purchase.paid",
            Self::PurchaseRefunded(_) => "purchase.refunded",
            Self::PurchaseDisputed(_) => "purchase.disputed",
            Self::PurchaseDisputeWon(_) => "purchase.dispute_won",
            Self::PurchaseDisputeLost(_) => "purchase.dispute_lost",
            Self::WebhookEndpointDisabled(_) => "webhook_endpoint.disabled",
            Self::WebhookEndpointTest(_) => "webhook_endpoint.test",
            Self::Unknown(event) => &event.kind,
        }
    }
}
