// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `usage`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Page, Prepared};
use crate::types::{KeyId, Usage};

/// What was made and what it cost, by day, model, key and end user.
#[derive(Clone, Debug)]
pub struct UsageResource {
    api: Api,
}

impl UsageResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Get usage.
    ///
    /// What was made and what it cost, of generations that ended from one day to another, in the
    /// mode of the key. With `group_by=day,model` there is a line for each day and model on which
    /// anything ended, in order; without it, one line for all. The sums are kept as generations
    /// end: they are exact, and as fast for ten million generations as for ten. Days are those of
    /// UTC; a report covers 366 of them at most.
    ///
    /// Scope: `usage:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/usage", &[]);
        ListCall { prepared }
    }
}

/// A call of [`UsageResource::list`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ListCall {
    prepared: Prepared,
}

impl ListCall {
    /// One or more of `day`, `end_user`, `model` and `key`, with commas between them.
    pub fn group_by(mut self, group_by: impl Into<String>) -> Self {
        self.prepared.query("group_by", group_by.into());
        self
    }

    /// The first day that counts, as in `2026-11-01`; by default the 30th before `to`.
    pub fn from(mut self, from: impl Into<String>) -> Self {
        self.prepared.query("from", from.into());
        self
    }

    /// The last day that counts; by default today.
    pub fn to(mut self, to: impl Into<String>) -> Self {
        self.prepared.query("to", to.into());
        self
    }

    /// Only what this key asked for.
    pub fn key_id(mut self, key_id: impl Into<KeyId>) -> Self {
        self.prepared.query("key_id", key_id.into());
        self
    }

    /// Only what ran on this model.
    pub fn model(mut self, model: impl Into<String>) -> Self {
        self.prepared.query("model", model.into());
        self
    }

    /// Only what was asked for on behalf of this end user.
    pub fn end_user(mut self, end_user: impl Into<String>) -> Self {
        self.prepared.query("end_user", end_user.into());
        self
    }

    /// How many lines to return.
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

call!(ListCall => Page<Usage>);
page_call!(ListCall => Usage);
