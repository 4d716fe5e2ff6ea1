//! Who says who somebody is: one trait, an adapter for OpenID Connect and one for
//! GitHub.
//!
//! A provider is asked in two steps. The browser goes to [`Identity::authorize_url`]
//! with a [`Handshake`] that only this sign-in has, and comes back with a code;
//! [`Identity::prove`] exchanges the code for a [`Person`]. A person's mail address
//! is told only if the provider vouches for it.

mod client;
mod github;
mod id_token;
mod oidc;
mod pkce;

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

use crate::config::{Config, OauthKind, read_web_url};

pub use pkce::{challenge, random};

/// What binds an answer to the question: used for one sign-in only.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Handshake {
    /// Where the provider sends the browser back to.
    pub callback: String,
    pub state: String,
    pub nonce: String,
    /// PKCE's.
    pub verifier: String,
}

/// Somebody, as a provider knows them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The provider's own id for them, which never changes hands.
    pub subject: String,
    /// Only an address that the provider vouches for.
    pub email: Option<String>,
    pub name: Option<String>,
    pub avatar_url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// It may go better in a moment.
    #[error("the provider does not answer: {0}")]
    Unavailable(String),
    /// It will not go better with this code.
    #[error("the provider's answer is refused: {0}")]
    Refused(String),
}

pub trait Identity: Send + Sync {
    /// The address that the browser is sent to.
    fn authorize_url<'a>(&'a self, handshake: &'a Handshake) -> BoxFuture<'a, Result<String, IdentityError>>;

    /// Exchanges the code that the browser came back with.
    fn prove<'a>(
        &'a self,
        code: &'a str,
        handshake: &'a Handshake,
    ) -> BoxFuture<'a, Result<Person, IdentityError>>;
}

/// A configured provider.
#[derive(Clone)]
pub struct Provider {
    pub name: String,
    pub display_name: String,
    /// Whose ids they are. With the subject it names somebody.
    pub issuer: String,
    /// Whether an issuer that comes back with a code is this one (RFC 9207).
    pub says_issuer: bool,
    pub identity: Arc<dyn Identity>,
}

/// All that are configured, by name.
#[derive(Clone)]
pub struct Providers {
    by_name: Arc<BTreeMap<String, Provider>>,
}

impl Providers {
    /// # Errors
    /// When the machine's TLS can't be set up.
    pub fn configured(config: &Config) -> Result<Self, IdentityError> {
        let http = client::Http::new()?;
        let profile = config.account.keeps("name") || config.account.keeps("avatar_url");
        let providers = config.oauth.iter().map(|row| {
            let identity: Arc<dyn Identity> = match row.kind {
                OauthKind::Github => Arc::new(github::Github::new(http.clone(), row)),
                OauthKind::Google | OauthKind::Oidc => Arc::new(oidc::Oidc::new(http.clone(), row, profile)),
            };
            let provider = Provider {
                name: row.name.clone(),
                display_name: row.display_name().to_owned(),
                issuer: row.issuer().to_owned(),
                says_issuer: row.kind != OauthKind::Github,
                identity,
            };
            (row.name.clone(), provider)
        });
        Ok(Self {
            by_name: Arc::new(providers.collect()),
        })
    }

    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Provider> {
        self.by_name.get(name)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Provider> {
        self.by_name.values()
    }
}

/// A text that can be shown: not empty, not long, of one line.
fn shown(text: Option<String>, longest: usize) -> Option<String> {
    let text = text?.trim().to_owned();
    let fits = !text.is_empty() && text.chars().count() <= longest && !text.contains(char::is_control);
    fits.then_some(text)
}

/// A picture's address that a browser can be given.
fn picture(url: Option<String>) -> Option<String> {
    let url = shown(url, 2048)?;
    let read = read_web_url(&url)?;
    (read.scheme() == "https").then_some(url)
}
