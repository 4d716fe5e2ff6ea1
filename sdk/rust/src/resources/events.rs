// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `events`: the operations and their calls.

use jiff::Timestamp;
use reqwest::Method;

use crate::runtime::{Api, Call, Page, Prepared};
use crate::types::{Event, EventId, EventType};

/// What happened, pushed to your own addresses or pulled: each event at least once, signed, and in
/// both cases with the same id.
#[derive(Clone, Debug)]
pub struct EventsResource {
    api: Api,
}

impl EventsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// List events.
    ///
    /// What happened in the last 30 days, newest first. An event is here moments after it happened,
    /// once it has its place in the order in which all are sent and pulled.
    ///
    /// To miss nothing without receiving webhooks, pull: keep the id of the last event that you
    /// handled and ask with `after`. Then the answer is oldest first and goes on exactly where you
    /// were; no event ever appears before one that you were given already. Ask again with the last
    /// id of the answer, at once while `has_more` is true, and after a pause when it is not. To
    /// begin, take the id of the newest event.
    ///
    /// Scope: `webhooks:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/events", &[]);
        ListCall { prepared }
    }

    /// Get an event.
    ///
    /// With fresh links to what was made. Credentials without the scope that reads what the event
    /// is about (`generations:read`, `keys:read` or `purchases:read`) see the `id` and `status` of
    /// it alone.
    ///
    /// Scope: `webhooks:read`.
    pub fn get(&self, id: impl Into<EventId>) -> Call<Event> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/events/{}", &[id.into().as_str()]);
        prepared.into()
    }
}

/// A call of [`EventsResource::list`]: await it to send it.
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

    /// Only those that came after this event, oldest first. Not together with a range of times.
    pub fn after(mut self, after: impl Into<EventId>) -> Self {
        self.prepared.query("after", after.into());
        self
    }

    /// Only those of this type.
    pub fn r#type(mut self, r#type: impl Into<EventType>) -> Self {
        self.prepared.query("type", r#type.into());
        self
    }

    /// Only those of the generation, batch, key, purchase or endpoint with this id.
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.prepared.query("subject", subject.into());
        self
    }

    /// Only those from this time on.
    pub fn created_after(mut self, created_after: Timestamp) -> Self {
        self.prepared.query("created_after", created_after);
        self
    }

    /// Only those before this time.
    pub fn created_before(mut self, created_before: Timestamp) -> Self {
        self.prepared.query("created_before", created_before);
        self
    }
}

call!(ListCall => Page<Event>);
page_call!(ListCall => Event);
