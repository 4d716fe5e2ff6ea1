// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `estimates`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Prepared};
use crate::types::{CreateEstimate, Estimate, EstimateId};

/// What generations would cost, line by line, before any is made; and a price that holds for a
/// quarter of an hour.
#[derive(Clone, Debug)]
pub struct EstimatesResource {
    api: Api,
}

impl EstimatesResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Estimate generations.
    ///
    /// Checks and prices up to 100 generations exactly as creating them would, and makes none. For
    /// each it says the least and the most that it costs, how the price comes about, and as
    /// `blockers` every reason for which it would be refused: an unknown model, input that the
    /// model does not take, credits that don't suffice, a cap of the key, the operator's rules.
    /// Credits are counted in the order of the request.
    ///
    /// Send the estimate's id as `estimate_id` with `POST /v1/generations` within 15 minutes, and
    /// the generation is priced as it was estimated, whatever the prices are by then.
    ///
    /// Scope: `generations:write`.
    pub fn create(&self, body: CreateEstimate) -> CreateCall {
        let prepared = self
            .api
            .request(Method::POST, "/v1/estimates", &[])
            .idempotent()
            .json(&body);
        CreateCall { prepared }
    }

    /// Get an estimate.
    ///
    /// As it was answered when it was made. It is kept for a day.
    ///
    /// Scope: `generations:read`.
    pub fn get(&self, id: impl Into<EstimateId>) -> Call<Estimate> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/estimates/{}", &[id.into().as_str()]);
        prepared.into()
    }
}

/// A call of [`EstimatesResource::create`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct CreateCall {
    prepared: Prepared,
}

call!(CreateCall => Estimate);
idempotent_call!(CreateCall);
