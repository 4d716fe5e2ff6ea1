//! Links a provider to the account of somebody who is signed in.
//!
//! A browser that goes to an address sends no access token. So whoever is signed
//! in gets a ticket first, and the ticket's address begins the way; at its end the
//! code is exchanged by the same account. Somebody else's browser that is lured to
//! the ticket's address brings its code to its own app, where it is worth nothing.

use entity::{AccountId, Timestamp, oauth_identity};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};
use serde::{Deserialize, Serialize};

use super::begin::{self, BeginError, Wish};
use super::{flow, linked};
use crate::app::App;
use crate::auth::{Caller, is_fresh};
use crate::identity::Provider;
use crate::signals::Signal;

/// A sealed text that stands in an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket(pub String);

#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    ticket_for: String,
    account: AccountId,
    redirect_uri: String,
    challenge: String,
    state: Option<String>,
    expires_at: i64,
}

#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    #[error("keys have no session, and only sessions link")]
    NoSession,
    #[error("the last proof of who it is is too old for this")]
    Stale,
    #[error("the code is unknown, used or expired, or belongs to another")]
    CodeInvalid,
    /// Somebody at this provider is one account's only.
    #[error("it is linked to another account")]
    InUse,
    #[error("another identity of this provider is linked already")]
    AnotherLinked,
    #[error(transparent)]
    Begin(#[from] BeginError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

async fn must_be_fresh(app: &App, caller: &Caller) -> Result<(), LinkError> {
    let session = caller.session.as_ref().ok_or(LinkError::NoSession)?;
    match is_fresh(app.db.read(), session, app.now()).await? {
        true => Ok(()),
        false => Err(LinkError::Stale),
    }
}

/// A ticket for the caller's account, and until when it can be used.
///
/// # Errors
/// Without a fresh proof, or when people may not be sent there.
pub async fn ticket(
    app: &App,
    caller: &Caller,
    provider: &Provider,
    wish: Wish,
) -> Result<(Ticket, Timestamp), LinkError> {
    must_be_fresh(app, caller).await?;
    begin::permit(app, &wish.redirect_uri)?;
    let expires_at = app.now().plus(flow::LIFE);
    let sealed = Sealed {
        ticket_for: provider.name.clone(),
        account: caller.account.clone(),
        redirect_uri: wish.redirect_uri,
        challenge: wish.challenge,
        state: wish.state,
        expires_at: expires_at.micros(),
    };
    Ok((Ticket(flow::seal(&app.secrets, &sealed)), expires_at))
}

/// What a ticket was given for; `None` for any other text, provider or time.
pub(super) fn wish_of(app: &App, provider: &Provider, ticket: &Ticket) -> Option<Wish> {
    let sealed: Sealed = flow::open(&app.secrets, &ticket.0)?;
    let valid = sealed.ticket_for == provider.name && app.now().micros() < sealed.expires_at;
    valid.then_some(Wish {
        redirect_uri: sealed.redirect_uri,
        challenge: sealed.challenge,
        state: sealed.state,
        account: Some(sealed.account),
    })
}

/// Links whom the code stands for to the caller's account. Linked already, it is
/// the same answer again.
///
/// # Errors
/// Without a fresh proof, with a code of another account, or when the person
/// has another account.
pub async fn link(
    app: &App,
    caller: &Caller,
    code: &str,
    verifier: &str,
) -> Result<oauth_identity::Model, LinkError> {
    must_be_fresh(app, caller).await?;
    loop {
        let now = app.now();
        let tx = app.db.begin().await?;
        // The account before its flows, as in an erasure.
        let owner = linked::lock(&tx, &caller.account).await?;
        let owner = owner.ok_or(LinkError::CodeInvalid)?;
        let proved = flow::take(&tx, app, code, verifier, Some(&owner.id))
            .await?
            .ok_or(LinkError::CodeInvalid)?;
        let known = linked::find(&tx, &proved.issuer, &proved.person.subject).await?;
        let identity = match known {
            Some(known) if known.account_id == owner.id => known,
            Some(_) => return Err(LinkError::InUse),
            None => {
                let other = oauth_identity::Entity::find()
                    .filter(oauth_identity::Column::AccountId.eq(owner.id.clone()))
                    .filter(oauth_identity::Column::Issuer.eq(proved.issuer.as_str()))
                    .one(&tx)
                    .await?;
                if other.is_some() {
                    return Err(LinkError::AnotherLinked);
                }
                let Some(new) = linked::insert(&tx, &owner.id, &proved, now).await? else {
                    // Taken between the two statements: look again.
                    tx.rollback().await?;
                    continue;
                };
                linked::tell(&tx, app, &owner.id, &proved, now).await?;
                new
            }
        };
        tx.commit().await?;
        app.signals.tell(Signal::Work);
        return Ok(identity);
    }
}
