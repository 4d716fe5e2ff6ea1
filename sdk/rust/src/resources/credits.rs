// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `credits`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Page, Prepared};
use crate::types::{Balance, GenerationId, Grant, LedgerEntry};

/// The balance, the lots that it consists of, and every movement of it.
#[derive(Clone, Debug)]
pub struct CreditsResource {
    api: Api,
}

impl CreditsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Get the balance.
    ///
    /// What your account can spend, in the mode of the key: a test key shows test credits. Amounts
    /// are exact decimal strings.
    ///
    /// Scope: `credits:read`.
    pub fn get(&self) -> Call<Balance> {
        let prepared = self.api.request(Method::GET, "/v1/credits", &[]);
        prepared.into()
    }

    /// List grants.
    ///
    /// The lots of credits that you were granted or bought, newest first, with what is left of each
    /// and when it expires.
    ///
    /// Scope: `credits:read`.
    pub fn grants(&self) -> GrantsCall {
        let prepared = self.api.request(Method::GET, "/v1/credits/grants", &[]);
        GrantsCall { prepared }
    }

    /// List the ledger.
    ///
    /// Every movement of credits, newest first: what was granted, bought, set aside (`hold`),
    /// charged (`capture`), given back (`release`), refunded, expired or adjusted. The ledger is
    /// append-only.
    ///
    /// Scope: `credits:read`.
    pub fn ledger(&self) -> LedgerCall {
        let prepared = self.api.request(Method::GET, "/v1/credits/ledger", &[]);
        LedgerCall { prepared }
    }
}

/// A call of [`CreditsResource::grants`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct GrantsCall {
    prepared: Prepared,
}

impl GrantsCall {
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

call!(GrantsCall => Page<Grant>);
page_call!(GrantsCall => Grant);

/// A call of [`CreditsResource::ledger`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct LedgerCall {
    prepared: Prepared,
}

impl LedgerCall {
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

    /// Only entries of this generation.
    pub fn generation_id(mut self, generation_id: impl Into<GenerationId>) -> Self {
        self.prepared.query("generation_id", generation_id.into());
        self
    }
}

call!(LedgerCall => Page<LedgerEntry>);
page_call!(LedgerCall => LedgerEntry);
