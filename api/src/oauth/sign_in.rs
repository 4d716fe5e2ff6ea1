//! Exchanges the code of a sign-in for a session. Only here does anything happen
//! to an account: a code that nobody brings leaves no trace.

use entity::{IdentityId, Timestamp, account, session};
use sea_orm::{ConnectionTrait, DbErr};

use super::flow::Proved;
use super::newcomer::{Refused, Welcomed, welcome};
use super::{flow, linked};
use crate::accounts;
use crate::accounts::totp::{self, Refusal, Second};
use crate::app::App;
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("the code is unknown, used or expired, or the verifier is another's")]
    CodeInvalid,
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The account asks for a code of its owner's besides.
    #[error(transparent)]
    Second(#[from] Refusal),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Whose account it is.
enum Whose {
    Linked(IdentityId, Box<account::Model>),
    Newcomers(Welcomed),
}

/// Opens a session for whom the code stands. A refusal leaves the code as it was.
///
/// # Errors
/// When the code is not valid, or the person may not be let in like this.
pub async fn sign_in(
    app: &App,
    code: &str,
    verifier: &str,
    second: Option<&Second>,
    device: &str,
) -> Result<session::Model, SignInError> {
    loop {
        let now = app.now();
        let tx = app.db.begin().await?;
        let (flow, proved) = flow::read(&tx, app, code, verifier, None)
            .await?
            .ok_or(SignInError::CodeInvalid)?;
        let Some(whose) = find(&tx, app, &proved, now).await?? else {
            tx.rollback().await?;
            continue;
        };
        let account = match &whose {
            Whose::Linked(_, owner) => owner.id.clone(),
            Whose::Newcomers(welcomed) => welcomed.account.clone(),
        };
        // An account that has a second factor was here before: nothing is changed yet.
        if let Err(refusal) = totp::demand(&tx, app, &account, second, now).await? {
            // The try that it cost is kept.
            tx.commit().await?;
            return Err(refusal.into());
        }
        if !flow::forget(&tx, &flow).await? {
            return Err(SignInError::CodeInvalid);
        }
        let mut ended = Vec::new();
        match whose {
            Whose::Linked(identity, owner) => {
                linked::note_use(&tx, &identity, &proved, now).await?;
                accounts::tell_owner(&tx, app, &owner, device, now).await?;
            }
            Whose::Newcomers(welcomed) => {
                if linked::insert(&tx, &account, &proved, now).await?.is_none() {
                    tx.rollback().await?;
                    continue;
                }
                if welcomed.known {
                    linked::tell(&tx, app, &account, &proved, now).await?;
                }
                ended = welcomed.ended;
            }
        }
        let session = accounts::start_session(&tx, app, &account, device, now).await?;
        tx.commit().await?;
        app.signals.tell(Signal::Work);
        for session in ended {
            app.signals.tell(Signal::Revoked(session));
        }
        return Ok(session);
    }
}

/// `None` when the world changed meanwhile: look again.
async fn find(
    tx: &impl ConnectionTrait,
    app: &App,
    proved: &Proved,
    now: Timestamp,
) -> Result<Result<Option<Whose>, Refused>, DbErr> {
    let Some(identity) = linked::find(tx, &proved.issuer, &proved.person.subject).await? else {
        let welcomed = welcome(tx, app, &proved.person, now).await?;
        // The account in their way may be their own: another of their codes made it meanwhile.
        if welcomed.is_err()
            && linked::find(tx, &proved.issuer, &proved.person.subject)
                .await?
                .is_some()
        {
            return Ok(Ok(None));
        }
        return Ok(welcomed.map(|welcomed| welcomed.map(Whose::Newcomers)));
    };
    let Some(owner) = linked::lock(tx, &identity.account_id).await? else {
        let reopen_until = linked::reopen_until(tx, &identity.account_id, now).await?;
        return Ok(Err(Refused::Closed { reopen_until }));
    };
    // Unlinked between the two statements?
    let still = linked::find(tx, &proved.issuer, &proved.person.subject).await?;
    let same = still.is_some_and(|still| still.id == identity.id);
    Ok(Ok(same.then_some(Whose::Linked(identity.id, Box::new(owner)))))
}
