// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `models`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call};
use crate::types::{Model, Models};

/// What can be made, by whom, where and for how much. Models are configuration: ask for the list
/// instead of writing it down.
#[derive(Clone, Debug)]
pub struct ModelsResource {
    api: Api,
}

impl ModelsResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// List models.
    ///
    /// All models on offer, with the schema of their input, their prices, how long they take here
    /// and, where it was announced, when they end. Needs no key. Send the `ETag` back as
    /// `If-None-Match` to learn cheaply that nothing changed.
    pub fn list(&self) -> Call<Models> {
        let prepared = self.api.request(Method::GET, "/v1/models", &[]).public();
        prepared.into()
    }

    /// Get a model.
    ///
    /// One model by its id or an alias, even past its end: `shutdown_at` says when that was. Needs
    /// no key.
    pub fn get(&self, id: impl Into<String>) -> Call<Model> {
        let prepared = self
            .api
            .request(Method::GET, "/v1/models/{}", &[&id.into()])
            .public();
        prepared.into()
    }
}
