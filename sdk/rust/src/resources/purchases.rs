// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `purchases`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Page, Prepared};
use crate::types::{CreatePurchase, Purchase, PurchaseId, PurchaseReceipt};

/// Offers and purchases of credits.
#[derive(Clone, Debug)]
pub struct PurchasesResource {
    api: Api,
}

impl PurchasesResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Buy credits.
    ///
    /// Opens a checkout at a payment processor. Send the buyer to `checkout_url`; the credits come
    /// when the processor tells us of the payment, mostly within seconds, and once, however often
    /// it tells us. Test credentials buy test credits.
    ///
    /// Send an `Idempotency-Key`: if the connection breaks, the same request then finds the
    /// purchase that it made instead of making another. While the first is still talking to the
    /// processor, a repeated request fails with 409 `idempotency_in_progress`.
    ///
    /// Fails with 422 `unknown_offer` when there is no such offer or it has no price in `currency`,
    /// with 422 `invalid_input` for a processor that is not configured, for a URL that no browser
    /// opens and when the processor refuses, and with 503 `unavailable` when the processor does not
    /// answer.
    ///
    /// Scope: `purchases:write`.
    pub fn create(&self, body: CreatePurchase) -> CreateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/purchases", &[])
            .idempotent()
            .json(&body);
        CreateCall { prepared }
    }

    /// List purchases.
    ///
    /// All purchases of the account in the mode of the credentials, newest first, 20 a page unless
    /// `limit` says otherwise.
    ///
    /// Scope: `purchases:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/purchases", &[]);
        ListCall { prepared }
    }

    /// Get a purchase.
    ///
    /// Where it stands. Ask for this when the buyer comes back to your `success_url`: `status` is
    /// `paid` once the credits are there, and still `pending` when the buyer was faster than the
    /// processor.
    ///
    /// Scope: `purchases:read`.
    pub fn get(&self, id: impl Into<PurchaseId>) -> Call<Purchase> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/purchases/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Get a receipt.
    ///
    /// What was bought, from whom and for how much, with a number that never changes. It stays
    /// after a refund and then says so. Fails with 409 `conflict` while nothing was paid.
    ///
    /// Scope: `purchases:read`.
    pub fn receipt(&self, id: impl Into<PurchaseId>) -> Call<PurchaseReceipt> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/purchases/{}/receipt", &[id.into().as_str()]);
        prepared.into()
    }

    /// Refund a purchase.
    ///
    /// Gives back the price of the credits that are left: all of it while none was touched, else
    /// their share, rounded down to the currency's smallest unit. The credits are taken back at
    /// once and the purchase is `refunding`, with the amount in `refund`; it is `refunded` when the
    /// processor has returned the money, and `paid` again, credits included, should the processor
    /// refuse. A purchase that is refunded already stays as it is.
    ///
    /// Fails with 409 `nothing_to_refund` when nothing was paid, the payment is disputed (ask again
    /// if the dispute is won) or was charged back, or what is left of the credits is worth nothing;
    /// `used` then says how many are gone. Fails with 409 `conflict` while generations hold credits
    /// of it; `held` says how many.
    ///
    /// Scope: `purchases:write`.
    pub fn refund(&self, id: impl Into<PurchaseId>) -> RefundCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/purchases/{}/refund", &[id.into().as_str()])
            .idempotent();
        RefundCall { prepared }
    }
}

/// A call of [`PurchasesResource::create`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CreateCall {
    prepared: Prepared,
}

call!(CreateCall => Purchase);
idempotent_call!(CreateCall);

/// A call of [`PurchasesResource::list`]: await it to send it.
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

call!(ListCall => Page<Purchase>);
page_call!(ListCall => Purchase);

/// A call of [`PurchasesResource::refund`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RefundCall {
    prepared: Prepared,
}

call!(RefundCall => Purchase);
idempotent_call!(RefundCall);
