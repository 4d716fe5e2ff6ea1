// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `sessions`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Page, Prepared};
use crate::types::{OpenSession, SessionId};

/// Signing up, signing in, and the account itself.
#[derive(Clone, Debug)]
pub struct SessionsResource {
    api: Api,
}

impl SessionsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// List sessions.
    ///
    /// Those that are open, newest first. Needs a session; an API key is answered with `not_found`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/auth/sessions", &[]);
        ListCall { prepared }
    }

    /// End a session.
    ///
    /// Its tokens are refused everywhere within five seconds. Needs a session, which may be the
    /// same one; an API key is answered with `not_found`.
    pub fn end(&self, id: impl Into<SessionId>) -> Call<()> {
        let prepared = self
            .api
            .request(Method::DELETE, "/v1/auth/sessions/{}", &[id.into().as_str()]);
        prepared.into()
    }
}

/// A call of [`SessionsResource::list`]: await it to send it.
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

call!(ListCall => Page<OpenSession>);
page_call!(ListCall => OpenSession);
