// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `batches`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Download, Page, Prepared};
use crate::types::{Batch, BatchId, BatchResult, CreateBatch};

/// Many generations at once: accepted together, held for together, told of together.
#[derive(Clone, Debug)]
pub struct BatchesResource {
    api: Api,
}

impl BatchesResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Create a batch.
    ///
    /// Up to 1,000 generations with one request: all of them are accepted, or none. Each is checked
    /// like one of `POST /v1/generations`; if any is refused, `errors` names the places
    /// (`/generations/17/input/prompt`) and nothing is begun. The credits for all are set aside at
    /// once.
    ///
    /// The generations run side by side with your others, and yours by turns with everybody else's:
    /// a large batch keeps nobody waiting. They begin as fast as the limits of the key and the
    /// account on generations under way allow, and leave a quarter of those to what you ask for one
    /// by one. Batches that have not ended may be 20 at a time unless the operator says otherwise.
    /// Each generation succeeds or fails, and is charged, by itself.
    ///
    /// `webhook_url` is told when all have ended (`batch.ended`); with `webhook_events` also what
    /// happens to each.
    ///
    /// Scope: `generations:write`.
    pub fn create(&self, body: CreateBatch) -> CreateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/batches", &[])
            .idempotent()
            .json(&body);
        CreateCall { prepared }
    }

    /// List batches.
    ///
    /// Newest first.
    ///
    /// Scope: `generations:read`.
    pub fn list(&self) -> ListCall {
        let prepared = self.api.request(Method::GET, "/v1/batches", &[]);
        ListCall { prepared }
    }

    /// Get a batch.
    ///
    /// How far it is, by counts, and what it has cost so far.
    ///
    /// Scope: `generations:read`.
    pub fn get(&self, id: impl Into<BatchId>) -> Call<Batch> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/batches/{}", &[id.into().as_str()]);
        prepared.into()
    }

    /// Cancel a batch.
    ///
    /// What waits is canceled, what runs is asked to stop where its model can; it takes a moment,
    /// during which the status is `canceling`. What has ended stays, and stays charged. A batch
    /// that has ended is returned unchanged.
    ///
    /// Scope: `generations:write`.
    pub fn cancel(&self, id: impl Into<BatchId>) -> CancelCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/batches/{}/cancel", &[id.into().as_str()])
            .idempotent();
        CancelCall { prepared }
    }

    /// List a batch's results.
    ///
    /// Each generation as it stands, in the order of the request.
    ///
    /// Scope: `generations:read`.
    pub fn results(&self, id: impl Into<BatchId>) -> ResultsCall {
        let prepared = self
            .api
            .request(Method::GET, "/v1/batches/{}/results", &[id.into().as_str()]);
        ResultsCall { prepared }
    }

    /// Download a batch's results.
    ///
    /// All results as lines of JSON (`application/x-ndjson`): one generation a line, as it stands,
    /// in the order of the request.
    ///
    /// Scope: `generations:read`.
    pub fn download_results(&self, id: impl Into<BatchId>) -> Call<Download> {
        let prepared = self.api.request(
            Method::GET,
            "/v1/batches/{}/results.ndjson",
            &[id.into().as_str()],
        );
        prepared.into()
    }
}

/// A call of [`BatchesResource::create`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CreateCall {
    prepared: Prepared,
}

call!(CreateCall => Batch);
idempotent_call!(CreateCall);

/// A call of [`BatchesResource::list`]: await it to send it.
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

call!(ListCall => Page<Batch>);
page_call!(ListCall => Batch);

/// A call of [`BatchesResource::cancel`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CancelCall {
    prepared: Prepared,
}

call!(CancelCall => Batch);
idempotent_call!(CancelCall);

/// A call of [`BatchesResource::results`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct ResultsCall {
    prepared: Prepared,
}

impl ResultsCall {
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

call!(ResultsCall => Page<BatchResult>);
page_call!(ResultsCall => BatchResult);
