// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `identities`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call};
use crate::types::{Identities, Identity, IdentityId, RedeemCode};

/// Signing up, signing in, and the account itself.
#[derive(Clone, Debug)]
pub struct IdentitiesResource {
    api: Api,
}

impl IdentitiesResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// List linked identities.
    ///
    /// Who the account's owner is at the providers that they sign in with, oldest first. Needs no
    /// scope.
    pub fn list(&self) -> Call<Identities> {
        let prepared = self.api.request(Method::GET, "/v1/auth/oauth/identities", &[]);
        prepared.into()
    }

    /// Link an identity.
    ///
    /// Takes the code that the browser brought back after `oauth.link`, of the same account, and
    /// links the identity. It takes a session whose owner signed in or stepped up within the last
    /// 15 minutes. An identity belongs to one account, and an account has one of each provider.
    pub fn create(&self, body: RedeemCode) -> Call<Identity> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/oauth/identities", &[])
            .json(&body);
        prepared.into()
    }

    /// Unlink an identity.
    ///
    /// The provider's sign-in opens this account no more. The last way in can't be taken away: set
    /// a password or link another provider first. It takes a session whose owner signed in or
    /// stepped up within the last 15 minutes.
    pub fn delete(&self, id: impl Into<IdentityId>) -> Call<()> {
        let prepared = self.api.request(
            Method::DELETE,
            "/v1/auth/oauth/identities/{}",
            &[id.into().as_str()],
        );
        prepared.into()
    }
}
