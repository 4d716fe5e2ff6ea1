//! Turns the second factor off, for whoever proves with the request itself who
//! they are: a session that was left open is not enough.

use entity::{AccountId, totp};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};

use super::{recovery, tell};
use crate::accounts::emails::Text;
use crate::accounts::proof::{self, Proof, ProofError};
use crate::app::App;
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    #[error(transparent)]
    Proof(#[from] ProofError),
    #[error("the account has no authenticator app")]
    NotOn,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Forgets the secret and the recovery codes.
///
/// # Errors
/// When the proof is wrong, or there is nothing to turn off.
pub async fn remove(app: &App, account: &AccountId, proof: Proof) -> Result<(), RemoveError> {
    if super::find(app.db.read(), account).await?.is_none() {
        return Err(RemoveError::NotOn);
    }
    let now = app.now();
    let tx = proof::accept(app, account, proof, now).await?;
    if super::find(&tx, account).await?.is_none() {
        return Err(RemoveError::NotOn);
    }
    forget(&tx, account).await?;
    tell(&tx, app, account, &Text::TotpRemoved { at: now }, now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(())
}

/// Forgets them, for an account that goes to its rightful owner.
///
/// # Errors
/// What the database answers.
pub async fn forget(tx: &impl ConnectionTrait, account: &AccountId) -> Result<(), DbErr> {
    totp::Entity::delete_by_id(account.clone()).exec(tx).await?;
    recovery::forget(tx, account).await
}
