// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `totp`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call};
use crate::types::{ConfirmTotp, Proof, RecoveryCodes, Totp, TotpBegun};

/// Signing up, signing in, and the account itself.
#[derive(Clone, Debug)]
pub struct TotpResource {
    api: Api,
}

impl TotpResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Get the second factor.
    ///
    /// Whether sign-ins ask for a code of an authenticator app, and how many recovery codes are
    /// left. Needs no scope.
    pub fn get(&self) -> Call<Totp> {
        let prepared = self.api.request(Method::GET, "/v1/auth/totp", &[]);
        prepared.into()
    }

    /// Begin to set up an authenticator app.
    ///
    /// Answers a new secret. Show it as a QR code, and send the first code that the app shows to
    /// `totp.confirm` within half an hour: nothing changes before. It takes a session whose owner
    /// signed in or stepped up (`auth.step_up`) within the last 15 minutes; an API key is answered
    /// with `not_found`.
    pub fn begin(&self) -> Call<TotpBegun> {
        let prepared = self.api.request(Method::POST, "/v1/auth/totp/begin", &[]);
        prepared.into()
    }

    /// Turn on the authenticator app.
    ///
    /// Takes the first code. From now on every sign-in asks for one: `auth.login` and `oauth.token`
    /// answer `totp_required` until `totp_code` or `recovery_code` comes with the request. Answers
    /// ten recovery codes, once; if you lost the answer, call `totp.renew_recovery_codes`. Open
    /// sessions stay, and the owner is told by mail. It takes a session whose owner signed in or
    /// stepped up within the last 15 minutes.
    pub fn confirm(&self, body: ConfirmTotp) -> Call<RecoveryCodes> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/totp/confirm", &[])
            .json(&body);
        prepared.into()
    }

    /// Turn off the authenticator app.
    ///
    /// Takes the password, a code, or a recovery code, however fresh the session is: sign-ins ask
    /// for no code any more, and the recovery codes are void. The owner is told by mail. An API key
    /// is answered with `not_found`.
    pub fn remove(&self, body: Proof) -> Call<()> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/totp/remove", &[])
            .json(&body);
        prepared.into()
    }

    /// Replace the recovery codes.
    ///
    /// Answers ten new ones, once; the old ones are void, used or not, and the owner is told by
    /// mail. It takes a session whose owner signed in or stepped up within the last 15 minutes; an
    /// API key is answered with `not_found`.
    pub fn renew_recovery_codes(&self) -> Call<RecoveryCodes> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/totp/recovery-codes", &[]);
        prepared.into()
    }
}
