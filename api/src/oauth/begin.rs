//! Sends a browser to a provider.

use entity::AccountId;
use sea_orm::DbErr;

use super::{Ticket, flow, link};
use crate::app::App;
use crate::identity::{Handshake, IdentityError, Provider, random};

/// What the app wants.
#[derive(Debug, Clone)]
pub struct Wish {
    /// Where the browser is sent in the end.
    pub redirect_uri: String,
    /// PKCE's, of the app's own verifier: S256, 43 characters.
    pub challenge: String,
    /// Comes back to the app as it is.
    pub state: Option<String>,
    /// Whose account is to be linked; nobody's where somebody signs in.
    pub account: Option<AccountId>,
}

/// Where to send the browser, and what it is to keep until it comes back.
#[derive(Debug, Clone)]
pub struct Begun {
    pub url: String,
    /// Tells the cookies of two sign-ins apart.
    pub tag: String,
    pub secret: String,
}

#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    #[error("the address to return to is not on the operator's list")]
    RedirectNotAllowed,
    #[error("the ticket is not valid any more")]
    TicketInvalid,
    #[error(transparent)]
    Provider(#[from] IdentityError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Letter by letter: a prefix or pattern would let codes go elsewhere.
pub(super) fn permit(app: &App, redirect_uri: &str) -> Result<(), BeginError> {
    let listed = &app.config.frontend.redirect_uris;
    match listed.iter().any(|uri| uri == redirect_uri) {
        true => Ok(()),
        false => Err(BeginError::RedirectNotAllowed),
    }
}

/// Begins what a ticket was given for.
///
/// # Errors
/// [`BeginError::TicketInvalid`] for a ticket of another provider or time.
pub async fn begin_with(app: &App, provider: &Provider, ticket: &Ticket) -> Result<Begun, BeginError> {
    let wish = link::wish_of(app, provider, ticket).ok_or(BeginError::TicketInvalid)?;
    begin(app, provider, wish).await
}

/// Begins a sign-in.
///
/// # Errors
/// When the app may not have people sent there, or the provider is away.
pub async fn begin(app: &App, provider: &Provider, wish: Wish) -> Result<Begun, BeginError> {
    permit(app, &wish.redirect_uri)?;
    let handshake = Handshake {
        callback: callback(app, &provider.name),
        state: random(),
        nonce: random(),
        verifier: random(),
    };
    let url = provider.identity.authorize_url(&handshake).await?;
    let secret = random();
    flow::insert(app, &provider.name, wish, &handshake, &secret, app.now()).await?;
    Ok(Begun {
        url,
        tag: flow::tag(&flow::id(&handshake.state)),
        secret,
    })
}

/// Where providers send browsers back to.
pub(super) fn callback(app: &App, provider: &str) -> String {
    format!("{}/v1/auth/oauth/{provider}/callback", app.config.public_url())
}
