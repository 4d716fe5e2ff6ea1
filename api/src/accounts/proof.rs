//! Proves once more that a session is its owner's.

use entity::{AccountId, SessionId, Timestamp, account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::password::{self, Busy, Checked};
use super::totp::{self, Refusal, Second};
use crate::app::App;
use crate::auth::fresh;
use crate::db::Transaction;
use crate::signals::Signal;

/// What somebody shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    Password(String),
    Second(Second),
}

#[derive(Debug, thiserror::Error)]
pub enum ProofError {
    #[error("the password is another")]
    WrongPassword,
    #[error("the account has no password")]
    NoPassword,
    #[error(transparent)]
    Second(#[from] Refusal),
    #[error("the account was changed or closed meanwhile")]
    Gone,
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Notes that a session's owner proved just now who they are; says until when
/// that counts.
///
/// # Errors
/// When the proof is wrong.
pub async fn step_up(
    app: &App,
    account: &AccountId,
    session: &SessionId,
    proof: Proof,
) -> Result<Timestamp, ProofError> {
    let now = app.now();
    let tx = accept(app, account, proof, now).await?;
    session::Entity::update_many()
        .col_expr(session::Column::ProvedAt, Expr::value(now))
        .filter(session::Column::Id.eq(session.clone()))
        .filter(session::Column::EndedAt.is_null())
        // Another process's clock may be ahead.
        .filter(session::Column::ProvedAt.lt(now))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(now.plus(fresh::LIFE))
}

/// A transaction in which the proof was accepted, with the account locked. What
/// a wrong one costs is kept.
///
/// # Errors
/// When the proof is wrong.
pub(super) async fn accept(
    app: &App,
    account: &AccountId,
    proof: Proof,
    now: Timestamp,
) -> Result<Transaction, ProofError> {
    let stored = match &proof {
        Proof::Password(password) => Some(compare(app, account, password.clone()).await?),
        Proof::Second(_) => None,
    };
    let tx = app.db.begin().await?;
    let owner = account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(ProofError::Gone)?;
    match proof {
        // Unless it was changed meanwhile.
        Proof::Password(_) if owner.password_hash != stored => Err(ProofError::Gone),
        Proof::Password(_) => Ok(tx),
        Proof::Second(second) => match totp::accept(&tx, app, account, &second, now).await? {
            Ok(()) => Ok(tx),
            Err(refusal) => {
                tx.commit().await?;
                Err(refusal.into())
            }
        },
    }
}

/// The hash of the account's password, if this is it.
async fn compare(app: &App, account: &AccountId, password: String) -> Result<String, ProofError> {
    let owner = account::Entity::find_by_id(account.clone())
        .one(app.db.read())
        .await?
        .ok_or(ProofError::Gone)?;
    let stored = owner.password_hash.ok_or(ProofError::NoPassword)?;
    let kind = app.config.auth.password_hash;
    match password::compare(kind, password, Some(stored.clone())).await? {
        Checked::Wrong => Err(ProofError::WrongPassword),
        Checked::Right | Checked::Outdated(_) => Ok(stored),
    }
}
