// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `account`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call};
use crate::types::{
    Account, Agreement, ChangeEmail, ConfirmEmail, EmailChange, Reactivate, Session, UpdateAccount,
};

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

    /// Change the account.
    ///
    /// Its owner's name and the language of its mails. Needs a session; an API key is answered with
    /// `not_found`.
    pub fn update(&self, body: UpdateAccount) -> Call<Account> {
        let prepared = self.api.request(Method::PATCH, "/v1/account", &[]).json(&body);
        prepared.into()
    }

    /// Close the account.
    ///
    /// All sessions end and all API keys stop, everywhere within five seconds. What waits to be
    /// made is canceled and costs nothing. What was bought stays: until `reopen_until` the account
    /// can be opened again, with `account.reactivate` or by the link that is mailed. What happens
    /// after that is the operator's choice: mostly, everything is erased. For an erasure at once,
    /// use `data_rights.create`. It takes a fresh session (`auth.step_up`); an API key is answered
    /// with `not_found`.
    pub fn close(&self) -> Call<Account> {
        let prepared = self.api.request(Method::DELETE, "/v1/account", &[]);
        prepared.into()
    }

    /// Open a closed account again.
    ///
    /// Takes address and password, opens the account and a session. Keys work again as they did
    /// before. For any other account it is the same as `auth.login`. Who signs in with a provider
    /// alone uses the link that was mailed.
    pub fn reactivate(&self, body: Reactivate) -> Call<Session> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/account/reactivate", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Change the mail address.
    ///
    /// Mails a code to the new address; `account.confirm_email` takes it, and until then nothing
    /// changes. The answer is the same whether the address has an account or not. It takes a fresh
    /// session (`auth.step_up`); an API key is answered with `not_found`.
    pub fn change_email(&self, body: ChangeEmail) -> Call<EmailChange> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/account/email", &[])
            .json(&body);
        prepared.into()
    }

    /// Confirm the new mail address.
    ///
    /// Takes the code that was mailed to it. From then on the account has this address, and the one
    /// before is told. Needs a session; an API key is answered with `not_found`.
    pub fn confirm_email(&self, body: ConfirmEmail) -> Call<Account> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/account/email/confirm", &[])
            .json(&body);
        prepared.into()
    }

    /// Complete a sign-up.
    ///
    /// Takes what `pending` of a session or account names: people who came with another provider
    /// were not asked for it on the way, and until they answered, the account is refused everything
    /// else with `sign_up_incomplete`. It also takes the acceptance of a later version of the
    /// policy. Needs a session; an API key is answered with `not_found`.
    ///
    /// A newcomer below the minimum age is refused with `below_minimum_age`, and the account is
    /// erased.
    pub fn agree(&self, body: Agreement) -> Call<Account> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/account/agreement", &[])
            .json(&body);
        prepared.into()
    }
}
