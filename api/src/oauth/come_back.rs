//! Takes a browser back from a provider, and sends it on to the app with a code.
//!
//! Until it is certain that this browser began this sign-in, nobody is sent
//! anywhere: whatever is wrong by then is told on the spot. After that the app is
//! told, by a word in the address.

use entity::oauth_flow;
use sea_orm::{DbErr, EntityTrait as _};
use subtle::ConstantTimeEq as _;
use url::Url;

use super::flow;
use crate::app::App;
use crate::identity::{Handshake, IdentityError, Person, Provider, random};
use crate::secrets::sha256_hex;

/// What stands in the address that the browser came back to.
#[derive(Debug, Clone, Default)]
pub struct Returned {
    pub state: String,
    pub code: Option<String>,
    pub error: Option<String>,
    /// Who answers (RFC 9207), from those who say so.
    pub issuer: Option<String>,
}

/// Where the browser is sent.
#[derive(Debug, Clone)]
pub struct Landing {
    pub url: String,
    /// Of the cookie that has done its service.
    pub tag: String,
}

#[derive(Debug, thiserror::Error)]
pub enum ComeBackError {
    /// Not begun in this browser, ended already, or too old.
    #[error("this browser began no such sign-in")]
    StateInvalid,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What the app is told when it did not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    AccessDenied,
    ProviderUnavailable,
    ProviderRefused,
}

impl Failure {
    const fn name(self) -> &'static str {
        match self {
            Self::AccessDenied => "access_denied",
            Self::ProviderUnavailable => "provider_unavailable",
            Self::ProviderRefused => "provider_refused",
        }
    }
}

/// Ends the provider's part. `secret_of` finds what the browser kept, by the tag.
///
/// # Errors
/// [`ComeBackError::StateInvalid`] for a browser that did not begin this.
pub async fn come_back(
    app: &App,
    provider: &Provider,
    returned: &Returned,
    secret_of: impl FnOnce(&str) -> Option<String>,
) -> Result<Landing, ComeBackError> {
    let id = flow::id(&returned.state);
    let row = oauth_flow::Entity::find_by_id(id.clone())
        .one(app.db.read())
        .await?;
    let row = row.filter(|row| row.provider == provider.name);
    let row = row.ok_or(ComeBackError::StateInvalid)?;
    let tag = flow::tag(&id);
    let secret = secret_of(&tag).ok_or(ComeBackError::StateInvalid)?;
    let same = sha256_hex(secret.as_bytes())
        .as_bytes()
        .ct_eq(row.browser_hash.as_bytes());
    // Looked at before it is used up: who only saw the state can't spoil it.
    if !bool::from(same) || !flow::claim(app.db.write(), &id, app.now()).await? {
        return Err(ComeBackError::StateInvalid);
    }
    let mut url = Url::parse(&row.redirect_uri).map_err(|_| ComeBackError::StateInvalid)?;
    match prove(app, provider, &row, returned).await {
        Ok(person) => {
            let code = random();
            flow::prove(app, &id, &person, &code, app.now()).await?;
            url.query_pairs_mut().append_pair("code", &code);
        }
        Err(failure) => {
            flow::forget(app.db.write(), &id).await?;
            url.query_pairs_mut().append_pair("error", failure.name());
        }
    }
    if let Some(state) = &row.app_state {
        url.query_pairs_mut().append_pair("state", state);
    }
    Ok(Landing { url: url.into(), tag })
}

/// Who came, with no more of them than is kept.
async fn prove(
    app: &App,
    provider: &Provider,
    row: &oauth_flow::Model,
    returned: &Returned,
) -> Result<Person, Failure> {
    if let Some(error) = &returned.error {
        return Err(match error.as_str() {
            "access_denied" | "login_required" | "consent_required" | "interaction_required" => {
                Failure::AccessDenied
            }
            "server_error" | "temporarily_unavailable" => Failure::ProviderUnavailable,
            _ => Failure::ProviderRefused,
        });
    }
    let mixed_up = provider.says_issuer
        && returned
            .issuer
            .as_ref()
            .is_some_and(|said| *said != provider.issuer);
    let handshake: Option<Handshake> = flow::open(&app.secrets, &row.sealed);
    let (Some(code), Some(handshake), false) = (&returned.code, handshake, mixed_up) else {
        return Err(Failure::ProviderRefused);
    };
    let mut person = provider.identity.prove(code, &handshake).await.map_err(|error| {
        tracing::warn!(provider = provider.name, %error, "a sign-in failed at its provider");
        match error {
            IdentityError::Unavailable(_) => Failure::ProviderUnavailable,
            IdentityError::Refused(_) => Failure::ProviderRefused,
        }
    })?;
    let account = &app.config.account;
    person.name = person.name.filter(|_| account.keeps("name"));
    person.avatar_url = person.avatar_url.filter(|_| account.keeps("avatar_url"));
    Ok(person)
}
