// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

//! `auth`: the operations and their calls.

use reqwest::Method;

use crate::runtime::{Api, Call, Prepared};
use crate::types::{
    ChangePassword, ForgotPassword, Login, PasswordForgotten, Proof, Refresh, Register, Registration,
    Requirements, ResetPassword, Session, SteppedUp, VerifyEmail,
};

/// Signing up, signing in, and the account itself.
#[derive(Clone, Debug)]
pub struct AuthResource {
    api: Api,
}

impl AuthResource {
    pub(crate) fn of(api: &Api) -> Self {
        Self { api: api.clone() }
    }

    /// Sign up.
    ///
    /// Sends a mail with a code to the address; `auth.verify_email` takes it, together with
    /// `registration` from this answer. The answer is the same whether the address is new or has an
    /// account: its owner learns by mail.
    ///
    /// The password is the one of the attempt that is completed: what others type for the same
    /// address changes nothing. A few mails an hour are sent to an address, then one each quarter
    /// of an hour; every code in the inbox that is still valid completes the attempt, whichever
    /// attempt it was mailed for.
    ///
    /// Where the operator asks for an age or for the acceptance of a policy, `auth.requirements`
    /// says so; who is too young is refused with `below_minimum_age`, and nothing of them is kept.
    pub fn register(&self, body: Register) -> Call<Registration> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/register", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Confirm an address.
    ///
    /// Takes the attempt that `auth.register` answered and the mailed code, and opens a session. A
    /// code works once, for 30 minutes; after that, sign up again for another one. If you lost the
    /// answer, sign in with `auth.login`.
    pub fn verify_email(&self, body: VerifyEmail) -> Call<Session> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/verify-email", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Sign in.
    ///
    /// Opens a session for a confirmed address. When the device is new, its owner is told by mail.
    /// After a few wrong passwords for one address, whoever tries from the same network has to wait
    /// before each further try, longer every time; `Retry-After` says how long. Of more than 100
    /// open sessions, unless the operator says otherwise, the one that was used longest ago ends.
    ///
    /// An account with an authenticator app answers the right password with `totp_required`: send
    /// the request again with `totp_code` or `recovery_code`. After a few wrong codes everybody
    /// waits before the next, a quarter of an hour at most; a recovery code needs no wait.
    pub fn login(&self, body: Login) -> Call<Session> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/login", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Sign out.
    ///
    /// Ends the session whose access token is sent; the token is refused everywhere within five
    /// seconds. An API key has no session: it is answered with `not_found`.
    pub fn logout(&self) -> Call<()> {
        let prepared = self.api.request(Method::POST, "/v1/auth/logout", &[]);
        prepared.into()
    }

    /// What a sign-up asks for.
    ///
    /// What to ask people, besides an address and a password, for `auth.register` or, where they
    /// come with another provider, for `account.agree`.
    pub fn requirements(&self) -> RequirementsCall {
        let prepared = self
            .api
            .request(Method::GET, "/v1/auth/requirements", &[])
            .public();
        RequirementsCall { prepared }
    }

    /// Ask for a new password.
    ///
    /// Sends a mail with a code, if the address has an account; `auth.password_reset` takes it. The
    /// answer is the same for every address. A few mails an hour are sent to an address, then one
    /// each quarter of an hour; every code in the inbox that is still valid counts.
    pub fn password_forgot(&self, body: ForgotPassword) -> Call<PasswordForgotten> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/password/forgot", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Set a new password.
    ///
    /// Takes the mailed code, which works once, for 30 minutes. All sessions of the account end;
    /// sign in with the new password. API keys stay as they are.
    pub fn password_reset(&self, body: ResetPassword) -> Call<()> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/password/reset", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Change the password.
    ///
    /// Needs a session and the present password. All other sessions of the account end, and its
    /// owner is told by mail. An API key has no password: it is answered with `not_found`.
    pub fn password_change(&self, body: ChangePassword) -> Call<()> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/password/change", &[])
            .json(&body);
        prepared.into()
    }

    /// Refresh a session.
    ///
    /// Exchanges a refresh token for a new access token and a new refresh token. The old one is
    /// used up: within ten seconds it gives the same new tokens again, for those who ask at the
    /// same moment or lost the answer; if it comes back later, it was copied, and the whole session
    /// ends. A session ends also when it is not refreshed for two weeks, and 90 days after the
    /// sign-in, unless the operator chose other periods.
    pub fn refresh(&self, body: Refresh) -> Call<Session> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/refresh", &[])
            .public()
            .json(&body);
        prepared.into()
    }

    /// Step up a session.
    ///
    /// Proves once more that it is you: by the password, a code of your authenticator app, or a
    /// recovery code. For 15 minutes from then on the session may change the ways into the account,
    /// as it may after a sign-in; what needs it is refused with `step_up_required` otherwise.
    /// Without a password and an authenticator app, sign in again instead. An API key has no
    /// session: it is answered with `not_found`.
    pub fn step_up(&self, body: Proof) -> Call<SteppedUp> {
        let prepared = self
            .api
            .request(Method::POST, "/v1/auth/step-up", &[])
            .json(&body);
        prepared.into()
    }
}

/// A call of [`AuthResource::requirements`]: await it to send it.
#[derive(Debug)]
#[must_use = "a call does nothing until it is awaited"]
pub struct RequirementsCall {
    prepared: Prepared,
}

impl RequirementsCall {
    /// Where the person lives (ISO 3166-1, two letters), if you know it.
    pub fn country(mut self, country: impl Into<String>) -> Self {
        self.prepared.query("country", country.into());
        self
    }
}

call!(RequirementsCall => Requirements);
