// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `sandbox`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Prepared};
use crate::types::{AdvanceClock, AnnounceCheckout, Outbox, Purchase, PurchaseId, SandboxClock};

/// Beside the API, and only where nothing is real: move the clock, read what was mailed, play the
/// buyer and the payment processor. None of it needs credentials. In production none of it exists.
#[derive(Clone, Debug)]
pub struct SandboxResource {
    api: Api,
}

impl SandboxResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Move the clock.
    ///
    /// Moves the sandbox's time ahead, for every process, and runs what is due by then (credits
    /// expire, deadlines pass, files are removed) before it answers with the new time. The clock
    /// never goes back, and stays within a hundred years of the real time: else 422
    /// `invalid_input`. What is no period is refused with 400.
    pub fn clock(&self, body: AdvanceClock) -> Call<SandboxClock> {
        let prepared = self
            .api
            .request(Method::POST, "/sandbox/clock", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Read the outbox.
    ///
    /// The mails that a real server would have sent, newest first: codes to verify an address are
    /// in here. The newest thousand mails are looked at.
    pub fn outbox(&self) -> OutboxCall {
        let prepared = self.api.request(Method::GET, "/sandbox/outbox", &[]).public();
        OutboxCall { prepared }
    }

    /// Decide a checkout.
    ///
    /// Has the sandbox's payment processor announce an outcome, signed and by the same way as a
    /// real processor's word, and answers with the purchase as it stands then. Outcomes may come in
    /// any order and number: a purchase grants its credits once, and stands where all of them
    /// together put it. A dispute opens with `disputed`, and is settled by `dispute_won` or
    /// `dispute_lost`. Opened in a browser, the same address is a checkout page.
    ///
    /// A refund of exactly 13.13 is refused by this processor, so that you see what becomes of the
    /// credits. Of a price of exactly 14.14 it tells nothing by itself, and says that it was paid
    /// when it is asked, ten minutes later.
    pub fn checkout(&self, purchase: impl Into<PurchaseId>, body: AnnounceCheckout) -> Call<Purchase> {
        let prepared = self
            .api
            .request(Method::POST, "/sandbox/checkout/{}", &[purchase.into().as_str()])
            .public()
            .json(&body);
        prepared.into()
    }
}

/// A call of [`SandboxResource::outbox`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct OutboxCall {
    prepared: Prepared,
}

impl OutboxCall {
    /// Only mails to this address, in any case.
    pub fn to(mut self, to: impl Into<String>) -> Self {
        self.prepared.query("to", to.into());
        self
    }

    /// How many to return: 1 to 100, 20 if absent.
    pub fn limit(mut self, limit: u32) -> Self {
        self.prepared.query("limit", limit);
        self
    }
}

call!(OutboxCall => Outbox);
