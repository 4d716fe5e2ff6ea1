// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `webhook_endpoints`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Page, Prepared};
use crate::types::{
    CreateWebhookEndpoint, CreatedWebhookEndpoint, ReplayWebhooks, RotateWebhookSecret,
    UpdateWebhookEndpoint, WebhookDelivery, WebhookEndpoint, WebhookEndpointId, WebhookReplay, WebhookSecret,
};

/// What happened, pushed to your own addresses or pulled: each event at least once, signed, and in
/// both cases with the same id.
#[derive(Clone, Debug)]
pub struct WebhookEndpointsResource {
    api: Api,
}

impl WebhookEndpointsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Create a webhook endpoint.
    ///
    /// From now on, events are posted to this address as the guide to webhooks says. The secret
    /// that verifies them is in the answer, once. With an `Idempotency-Key`, the same request
    /// within 24 hours is answered with the same endpoint and secret. It takes the scopes that read
    /// what these events are about, too: `generations:read`, `keys:read` and `purchases:read` for
    /// all of them.
    ///
    /// Scope: `webhooks:write`.
    pub fn create(&self, body: CreateWebhookEndpoint) -> CreateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/webhook-endpoints", &[])
            .idempotent()
            .json(&body);
        CreateCall { prepared }
    }

    /// List webhook endpoints.
    ///
    /// Newest first, without their secrets.
    ///
    /// Scope: `webhooks:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/webhook-endpoints", &[]);
        ListCall { prepared }
    }

    /// Get a webhook endpoint.
    ///
    /// Scope: `webhooks:read`.
    pub fn get(&self, id: impl Into<WebhookEndpointId>) -> Call<WebhookEndpoint> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/webhook-endpoints/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Update a webhook endpoint.
    ///
    /// What is absent stays. Another `url`, or other `events`, take the scopes that an endpoint for
    /// them takes. One that we disabled is enabled again with `enabled: true`. What happened while
    /// it was disabled is not sent by itself: replay that range.
    ///
    /// Scope: `webhooks:write`.
    pub fn update(
        &self,
        id: impl Into<WebhookEndpointId>,
        body: UpdateWebhookEndpoint,
    ) -> Call<WebhookEndpoint> {
        let prepared = self
            .api
            .request(Method::PATCH, "/v1/webhook-endpoints/{}", &[id.into().as_str()])
            .json(&body);
        prepared.into()
    }

    /// Delete a webhook endpoint.
    ///
    /// It is sent nothing more, not even what waits.
    ///
    /// Scope: `webhooks:write`.
    pub fn delete(&self, id: impl Into<WebhookEndpointId>) -> Call<()> {
        let prepared = self
            .api
            .request(Method::DELETE, "/v1/webhook-endpoints/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Rotate a webhook endpoint's secret.
    ///
    /// The answer has the new secret, once. For `grace_seconds` everything is signed with both, so
    /// that you can change over without losing an event. At most two secrets sign at a time: if you
    /// rotate again within the grace, the oldest signs no more.
    ///
    /// Scope: `webhooks:write`.
    pub fn rotate_secret(
        &self,
        id: impl Into<WebhookEndpointId>,
        body: RotateWebhookSecret,
    ) -> RotateSecretCall {
        let prepared = self
            .api
            .request(
                Method::POST,
                "/v1/webhook-endpoints/{}/rotate-secret",
                &[id.into().as_str()],
            )
            .idempotent()
            .json(&body);
        RotateSecretCall { prepared }
    }

    /// Send a test event.
    ///
    /// Posts an event of the type `webhook_endpoint.test` to this endpoint; its deliveries say what
    /// became of it.
    ///
    /// Scope: `webhooks:write`.
    pub fn test(&self, id: impl Into<WebhookEndpointId>) -> TestCall {
        let prepared = self
            .api
            .request(
                Method::POST,
                "/v1/webhook-endpoints/{}/test",
                &[id.into().as_str()],
            )
            .idempotent();
        TestCall { prepared }
    }

    /// List an endpoint's deliveries.
    ///
    /// What was sent to it in the last 30 days, newest first, and what became of it.
    ///
    /// Scope: `webhooks:read`.
    pub fn deliveries(&self, id: impl Into<WebhookEndpointId>) -> DeliveriesCall {
        let prepared = self.api.request(
            Method::GET,
            "/v1/webhook-endpoints/{}/deliveries",
            &[id.into().as_str()],
        );
        DeliveriesCall { prepared }
    }

    /// Send events again.
    ///
    /// One event by `event_id`, or all that the endpoint wants of a range of times, whether they
    /// arrived before or not. They come with the ids that they had. One event takes the scope that
    /// reads what it is about, too.
    ///
    /// Scope: `webhooks:write`.
    pub fn replay(&self, id: impl Into<WebhookEndpointId>, body: ReplayWebhooks) -> ReplayCall {
        let prepared = self
            .api
            .request(
                Method::POST,
                "/v1/webhook-endpoints/{}/replay",
                &[id.into().as_str()],
            )
            .idempotent()
            .json(&body);
        ReplayCall { prepared }
    }

    /// Get the secret for `webhook_url`.
    ///
    /// It signs what is sent to the `webhook_url` of a request for a generation or a batch, in this
    /// mode. Endpoints have secrets of their own.
    ///
    /// Scope: `webhooks:write`.
    pub fn default_secret(&self) -> Call<WebhookSecret> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/webhook-endpoints/default-secret", &[]);
        prepared.into()
    }

    /// Rotate the secret for `webhook_url`.
    ///
    /// The answer has the new secret; unlike an endpoint's, it can be read again. For
    /// `grace_seconds`, what is sent to a `webhook_url` is signed with both, so that you can change
    /// over without losing an event. At most two secrets sign at a time: if you rotate again within
    /// the grace, the oldest signs no more.
    ///
    /// Scope: `webhooks:write`.
    pub fn rotate_default_secret(&self, body: RotateWebhookSecret) -> RotateDefaultSecretCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/webhook-endpoints/default-secret/rotate", &[])
            .idempotent()
            .json(&body);
        RotateDefaultSecretCall { prepared }
    }
}

/// A call of [`WebhookEndpointsResource::create`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CreateCall {
    prepared: Prepared,
}

call!(CreateCall => CreatedWebhookEndpoint);
idempotent_call!(CreateCall);

/// A call of [`WebhookEndpointsResource::list`]: await it to send it.
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
}

call!(ListCall => Page<WebhookEndpoint>);
page_call!(ListCall => WebhookEndpoint);

/// A call of [`WebhookEndpointsResource::rotate_secret`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RotateSecretCall {
    prepared: Prepared,
}

call!(RotateSecretCall => CreatedWebhookEndpoint);
idempotent_call!(RotateSecretCall);

/// A call of [`WebhookEndpointsResource::test`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct TestCall {
    prepared: Prepared,
}

call!(TestCall => WebhookEndpoint);
idempotent_call!(TestCall);

/// A call of [`WebhookEndpointsResource::deliveries`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct DeliveriesCall {
    prepared: Prepared,
}

impl DeliveriesCall {
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
}

call!(DeliveriesCall => Page<WebhookDelivery>);
page_call!(DeliveriesCall => WebhookDelivery);

/// A call of [`WebhookEndpointsResource::replay`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ReplayCall {
    prepared: Prepared,
}

call!(ReplayCall => WebhookReplay);
idempotent_call!(ReplayCall);

/// A call of [`WebhookEndpointsResource::rotate_default_secret`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RotateDefaultSecretCall {
    prepared: Prepared,
}

call!(RotateDefaultSecretCall => WebhookSecret);
idempotent_call!(RotateDefaultSecretCall);
