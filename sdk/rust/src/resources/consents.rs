// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `consents`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call};
use crate::types::{Consent, Consents, SetConsent};

/// Requests about personal data: a copy of all of it, or its erasure, with a receipt.
#[derive(Clone, Debug)]
pub struct ConsentsResource {
    api: Api,
}

impl ConsentsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// List consents.
    ///
    /// All that the account's owner may agree to beyond what the service needs, and what they said.
    /// Nothing is agreed to by itself.
    ///
    /// Scope: `data_rights:read`.
    pub fn list(&self) -> Call<Consents> {
        let prepared = self.api.request(Method::GET, "/v1/consents", &[]);
        prepared.into()
    }

    /// Get a consent.
    ///
    /// What the owner said of one purpose, and each time before.
    ///
    /// Scope: `data_rights:read`.
    pub fn get(&self, purpose: impl Into<String>) -> Call<Consent> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/consents/{}", &[&purpose.into()]);
        prepared.into()
    }

    /// Give or withdraw a consent.
    ///
    /// Holds from now on and for the whole account; what was done before stays done. Withdrawing is
    /// as easy as giving, and news by mail end with the mails' own link, too. Needs a session or a
    /// live key.
    ///
    /// Scope: `data_rights:write`.
    pub fn set(&self, purpose: impl Into<String>, body: SetConsent) -> Call<Consent> {
        let prepared = self
            .api
            .request(Method::PUT, "/v1/consents/{}", &[&purpose.into()])
            .json(&body);
        prepared.into()
    }
}
