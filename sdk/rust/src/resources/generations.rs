// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `generations`: the operations and their calls.

use jiff::Timestamp;
use reqwest::Method;

use crate::runtime::{Api, Call, EventStream, Page, Prepared, Wait, Waitable};
use crate::types::{
    BatchId, CreateGeneration, Generation, GenerationEvent, GenerationId, GenerationKind, GenerationStatus,
    KeyId,
};

/// Images, videos, speech and text. A generation is accepted at once, made in the background, and
/// costs nothing unless it succeeds.
#[derive(Clone, Debug)]
pub struct GenerationsResource {
    api: Api,
}

impl GenerationsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Create a generation.
    ///
    /// Checks the input against the model's schema, prices it, sets the credits aside and queues
    /// it; the answer comes as soon as that is durable. You are charged when it succeeds, for what
    /// it made; a failure, refusal, timeout or cancellation costs nothing.
    ///
    /// Send `Idempotency-Key` with a value of your own and repeat the request as often as you like:
    /// it is done and charged once, and every repetition gets the same generation with
    /// `Idempotent-Replayed: true`. Keys are remembered for 24 hours.
    ///
    /// With `validate_only` nothing is made: the answer is 200 with what it would cost, or the
    /// error that it would meet. With `estimate_id` it is priced as it was estimated.
    ///
    /// With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) and is 201 if
    /// the generation ended, with its outputs.
    ///
    /// Scope: `generations:write`.
    pub fn create(&self, body: CreateGeneration) -> CreateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/generations", &[])
            .idempotent()
            .json(&body);
        CreateCall { prepared }
    }

    /// List generations.
    ///
    /// Newest first. All filters must hold. A page costs the same however many generations there
    /// are.
    ///
    /// Scope: `generations:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/generations", &[]);
        ListCall { prepared }
    }

    /// Get a generation.
    ///
    /// With `Prefer: wait=30` the answer waits up to that many seconds (60 at most) for the
    /// generation to end. Links in `outputs` are fresh each time.
    ///
    /// Scope: `generations:read`.
    pub fn get(&self, id: impl Into<GenerationId>) -> GetCall {
        let prepared = self
            .api
            .request(Method::GET, "/v1/generations/{}", &[id.into().as_str()]);
        GetCall { prepared }
    }

    /// Erase a generation.
    ///
    /// Removes prompt, inputs, outputs and your own data for good. What remains is a tombstone
    /// without content, for the books. Only what has ended can be erased: cancel it first.
    /// Repeating it changes nothing.
    ///
    /// Scope: `generations:write`.
    pub fn delete(&self, id: impl Into<GenerationId>) -> Call<()> {
        let prepared = self
            .api
            .request(Method::DELETE, "/v1/generations/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Follow a generation.
    ///
    /// A stream of server-sent events: what it has come through so far, then what happens, until it
    /// ends; then the stream ends. Each event carries the generation as it stands, the last one its
    /// outputs.
    ///
    /// An event's id is its step: 1 queued, 2 running, 3 ended. If the line is lost, come back with
    /// the last id in `Last-Event-ID`, as our clients do by themselves: you get what you missed and
    /// nothing twice, even from a server that was restarted. Progress in between has no id. Hanging
    /// up cancels nothing. A comment line every 15 seconds shows that the line is alive.
    ///
    /// Scope: `generations:read`.
    pub fn events(&self, id: impl Into<GenerationId>) -> Call<EventStream<GenerationEvent>> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/generations/{}/events", &[id.into().as_str()]);
        prepared.into()
    }

    /// Cancel a generation.
    ///
    /// One that waits is canceled at once and the provider is never called. One that runs is asked
    /// to stop (`cancel_requested_at`), where the model can; otherwise the answer is 409
    /// `not_cancelable`. One that has ended is returned unchanged. What is canceled costs nothing.
    ///
    /// Scope: `generations:write`.
    pub fn cancel(&self, id: impl Into<GenerationId>) -> CancelCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/generations/{}/cancel", &[id.into().as_str()])
            .idempotent();
        CancelCall { prepared }
    }

    /// Waits until it has ended, in whichever way: look at its `status`.
    ///
    /// Dropping the wait leaves it running.
    pub fn wait(&self, id: impl Into<GenerationId>) -> Wait<Generation> {
        Wait::new(self.get(id).prepared, |api, it| {
            Self::of(api).get(&it.id).prepared
        })
    }

    /// Creates it and waits until it has ended, in whichever way: look at its `status`.
    pub fn create_and_wait(&self, body: CreateGeneration) -> Wait<Generation> {
        Wait::new(self.create(body).prepared, |api, it| {
            Self::of(api).get(&it.id).prepared
        })
    }
}

impl Waitable for Generation {
    fn has_ended(&self) -> bool {
        self.ended_at.is_some()
    }
}

impl Generation {
    /// Whether it ended well.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.status == GenerationStatus::Succeeded
    }
}

/// A call of [`GenerationsResource::create`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CreateCall {
    prepared: Prepared,
}

call!(CreateCall => Generation);
idempotent_call!(CreateCall);
waiting_call!(CreateCall);

/// A call of [`GenerationsResource::list`]: await it to send it.
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

    /// Only those in this state.
    pub fn status(mut self, status: impl Into<GenerationStatus>) -> Self {
        self.prepared.query("status", status.into());
        self
    }

    /// Only those that ran this model.
    pub fn model(mut self, model: impl Into<String>) -> Self {
        self.prepared.query("model", model.into());
        self
    }

    /// Only those of this kind.
    pub fn kind(mut self, kind: impl Into<GenerationKind>) -> Self {
        self.prepared.query("kind", kind.into());
        self
    }

    /// Only those that this key asked for.
    pub fn key_id(mut self, key_id: impl Into<KeyId>) -> Self {
        self.prepared.query("key_id", key_id.into());
        self
    }

    /// Only those of this batch.
    pub fn batch_id(mut self, batch_id: impl Into<BatchId>) -> Self {
        self.prepared.query("batch_id", batch_id.into());
        self
    }

    /// Only those for this end user.
    pub fn end_user(mut self, end_user: impl Into<String>) -> Self {
        self.prepared.query("end_user", end_user.into());
        self
    }

    /// Only those created at this time or later.
    pub fn created_after(mut self, created_after: Timestamp) -> Self {
        self.prepared.query("created_after", created_after);
        self
    }

    /// Only those created before this time.
    pub fn created_before(mut self, created_before: Timestamp) -> Self {
        self.prepared.query("created_before", created_before);
        self
    }

    /// Only those whose metadata have this key with this text: `key:text`, as in `order:1042`.
    pub fn metadata(mut self, metadata: impl Into<String>) -> Self {
        self.prepared.query("metadata", metadata.into());
        self
    }
}

call!(ListCall => Page<Generation>);
page_call!(ListCall => Generation);

/// A call of [`GenerationsResource::get`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct GetCall {
    prepared: Prepared,
}

call!(GetCall => Generation);
waiting_call!(GetCall);

/// A call of [`GenerationsResource::cancel`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CancelCall {
    prepared: Prepared,
}

call!(CancelCall => Generation);
idempotent_call!(CancelCall);
