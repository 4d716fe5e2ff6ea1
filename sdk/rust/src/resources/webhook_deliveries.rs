// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `webhook_deliveries`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Page, Prepared};
use crate::types::{DeliveryId, DeliveryStatus, EventId, WebhookDelivery};

/// What happened, pushed to your own addresses or pulled: each event at least once, signed, and in
/// both cases with the same id.
#[derive(Clone, Debug)]
pub struct WebhookDeliveriesResource {
    api: Api,
}

impl WebhookDeliveriesResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// List deliveries.
    ///
    /// What was sent in the last 30 days, to your endpoints and to the `webhook_url` of requests,
    /// newest first, and what became of it. `?subject=gen_…` shows what was told of one generation,
    /// `?status=failed` what never arrived.
    ///
    /// Scope: `webhooks:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/webhook-deliveries", &[]);
        ListCall { prepared }
    }

    /// Get a delivery.
    ///
    /// One event on its way to one address: how often it was sent, what the address answered last,
    /// and when the next attempt is due.
    ///
    /// Scope: `webhooks:read`.
    pub fn get(&self, id: impl Into<DeliveryId>) -> Call<WebhookDelivery> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/webhook-deliveries/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Send a delivery again.
    ///
    /// Its event is sent once more to where it went, the endpoint or the `webhook_url`, with the
    /// `webhook-id` that it had, whether it arrived before or not. The answer is the new delivery,
    /// with attempts of its own; the old one stays as it is, and goes on where it still waits.
    ///
    /// 409 `conflict`: the endpoint is disabled or deleted, or the event is older than 30 days. 410
    /// `erased`: what it told of was erased, and the `webhook_url` with it.
    ///
    /// Scope: `webhooks:write`.
    pub fn replay(&self, id: impl Into<DeliveryId>) -> ReplayCall {
        let prepared = self
            .api
            .request(
                Method::POST,
                "/v1/webhook-deliveries/{}/replay",
                &[id.into().as_str()],
            )
            .idempotent();
        ReplayCall { prepared }
    }
}

/// A call of [`WebhookDeliveriesResource::list`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ListCall {
    prepared: Prepared,
}

impl ListCall {
    /// How many to return.
    pub fn limit(mut self, limit: u32) -> Self {
        self.prepared.query("limit", limit);
        self
    }

    /// The `next_cursor` of the page before.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.prepared.query("cursor", cursor.into());
        self
    }

    /// Only those about the generation, batch, key, purchase or endpoint with this id.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.prepared.query("subject", subject.into());
        self
    }

    /// Only those of this event.
    pub fn event_id(mut self, event_id: impl Into<EventId>) -> Self {
        self.prepared.query("event_id", event_id.into());
        self
    }

    /// Only those that stand so.
    pub fn status(mut self, status: impl Into<DeliveryStatus>) -> Self {
        self.prepared.query("status", status.into());
        self
    }
}

call!(ListCall => Page<WebhookDelivery>);
page_call!(ListCall => WebhookDelivery);

/// A call of [`WebhookDeliveriesResource::replay`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ReplayCall {
    prepared: Prepared,
}

call!(ReplayCall => WebhookDelivery);
idempotent_call!(ReplayCall);
