// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `account`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call};
use crate::types::Account;

/// Signing up, signing in, and the account itself.
#[derive(Clone, Debug)]
pub struct AccountResource {
    api: Api,
}

impl AccountResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Get the account.
    ///
    /// The account that the credentials belong to. Needs no scope.
    pub fn get(&self) -> Call<Account> {
        let prepared = self.api.request(Method::GET, "/v1/account", &[]);
        prepared.into()
    }
}
