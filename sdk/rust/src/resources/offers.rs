// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `offers`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Page, Prepared};
use crate::types::Offer;

/// Offers and purchases of credits.
#[derive(Clone, Debug)]
pub struct OffersResource {
    api: Api,
}

impl OffersResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// List offers.
    ///
    /// What is for sale: packs of credits, each with its prices, in the order that the operator
    /// chose. Prices may change; a purchase keeps the one at which it was made. Needs no
    /// credentials.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/offers", &[]).public();
        ListCall { prepared }
    }
}

/// A call of [`OffersResource::list`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ListCall {
    prepared: Prepared,
}

impl ListCall {
    /// How many to return: 1 to 100, 20 if absent.
    pub fn limit(mut self, limit: u32) -> Self {
        self.prepared.query("limit", limit);
        self
    }

    /// `next_cursor` of the page before.
    pub fn cursor(mut self, cursor: impl Into<String>) -> Self {
        self.prepared.query("cursor", cursor.into());
        self
    }
}

call!(ListCall => Page<Offer>);
page_call!(ListCall => Offer);
