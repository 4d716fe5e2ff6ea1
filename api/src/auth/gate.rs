//! What outlives a request at the door: the cache of credentials, the counts of
//! requests, refusals and attempts, and the keys of access tokens.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use entity::Timestamp;
use sea_orm::DbErr;

use super::attempts::Attempts;
use super::cache::Credentials;
use super::token::Tokens;
use super::{Caller, secret};
use crate::app::App;
use crate::http::ApiError;
use crate::http::client::{Proxies, counted_as};
use crate::http::limit::{Rates, too_many};

/// Built once for a process; clones share everything.
#[derive(Clone)]
pub struct Gate {
    inner: Arc<Inner>,
}

struct Inner {
    credentials: Credentials,
    rates: Rates,
    attempts: Attempts,
    tokens: Tokens,
    proxies: Proxies,
}

impl Gate {
    #[must_use]
    pub fn new(app: &App) -> Self {
        let inner = Inner {
            credentials: Credentials::new(app),
            rates: Rates::new(&app.config.limits),
            attempts: Attempts::default(),
            proxies: Proxies::new(app.config.server.proxies()),
            tokens: Tokens::new(
                &app.secrets,
                app.config.public_url(),
                Duration::from_secs(app.config.sessions.access_token_seconds),
            ),
        };
        Self {
            inner: Arc::new(inner),
        }
    }

    #[must_use]
    pub fn rates(&self) -> &Rates {
        &self.inner.rates
    }

    #[must_use]
    pub fn attempts(&self) -> &Attempts {
        &self.inner.attempts
    }

    #[must_use]
    pub fn tokens(&self) -> &Tokens {
        &self.inner.tokens
    }

    /// Whose word counts about where a request comes from.
    #[must_use]
    pub fn proxies(&self) -> &Proxies {
        &self.inner.proxies
    }

    /// The caller behind a key's secret or an access token; `None` for whatever
    /// is unknown, malformed, expired or revoked.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn identify(&self, bearer: &str, now: Timestamp) -> Result<Option<Caller>, DbErr> {
        let credentials = &self.inner.credentials;
        if secret::is_key(bearer) {
            return match secret::is_well_formed(bearer) {
                true => credentials.key(&secret::hash(bearer), now).await,
                false => Ok(None),
            };
        }
        match self.inner.tokens.read(bearer, now) {
            Some((account, session)) => credentials.session(&account, &session, now).await,
            None => Ok(None),
        }
    }

    /// A caller who was let in, as they are now: of a key, scopes may have been taken.
    /// `None`: nobody any more.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn as_now(&self, caller: &Caller, now: Timestamp) -> Result<Option<Caller>, DbErr> {
        let credentials = &self.inner.credentials;
        match (&caller.secret_hash, &caller.session) {
            (Some(hash), _) => credentials.key(hash, now).await,
            (None, Some(session)) => credentials.session(&caller.account, session, now).await,
            (None, None) => Ok(None),
        }
    }

    /// Refuses, and counts it: an address that is refused too often is told to
    /// wait. Who comes from there with valid credentials is let in all the same.
    #[must_use]
    pub fn refuse(&self, address: IpAddr, error: ApiError) -> ApiError {
        match self.inner.rates.refusal(counted_as(address)) {
            Ok(()) => error,
            Err(seconds) => too_many(seconds),
        }
    }
}
