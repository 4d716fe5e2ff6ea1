//! Signing in and out.
//!
//! A session lives as long as its one access token; ending it ends the token in
//! every process.

use std::time::Duration;

use entity::{AccountId, SessionId, Timestamp, account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::Address;
use super::password::{self, Busy};
use crate::app::App;
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// Which of them is not told.
    #[error("the address or the password is wrong, or the address is not confirmed")]
    Refused,
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Opens a session for whoever knows the password of a confirmed address.
///
/// # Errors
/// [`LoginError::Refused`] for everyone else, after the same time.
pub async fn log_in(app: &App, address: &Address, password: String) -> Result<session::Model, LoginError> {
    let owner = account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .one(app.db.read())
        .await?
        .filter(|owner| owner.email_verified_at.is_some() && owner.status == account::Status::Active);
    let stored = owner.as_ref().and_then(|owner| owner.password_hash.clone());
    let right = password::is_right(password, stored).await?;
    let owner = owner.filter(|_| right).ok_or(LoginError::Refused)?;
    let tx = app.db.begin().await?;
    // Locked: an erasure that begins now waits and ends this session too.
    account::Entity::find_by_id(owner.id.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_shared()
        .one(&tx)
        .await?
        .ok_or(LoginError::Refused)?;
    let session = start(&tx, app, &owner.id, app.now()).await?;
    tx.commit().await?;
    Ok(session)
}

/// Opens a session.
///
/// # Errors
/// What the database answers.
pub(super) async fn start(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    now: Timestamp,
) -> Result<session::Model, DbErr> {
    let life = Duration::from_secs(app.config.sessions.access_token_seconds);
    let session = session::Model {
        id: SessionId::new(now),
        account_id: account.clone(),
        created_at: now,
        expires_at: now.plus(life),
        ended_at: None,
    };
    let row = session::ActiveModel {
        id: Set(session.id.clone()),
        account_id: Set(session.account_id.clone()),
        created_at: Set(session.created_at),
        expires_at: Set(session.expires_at),
        ended_at: Set(None),
    };
    session::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(session)
}

/// Ends a session.
///
/// # Errors
/// What the database answers.
pub async fn log_out(app: &App, id: &SessionId) -> Result<(), DbErr> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(Some(app.now())))
        .filter(session::Column::Id.eq(id.clone()))
        .filter(session::Column::EndedAt.is_null())
        .exec(app.db.write())
        .await?;
    app.signals.tell(Signal::Revoked(id.to_string()));
    Ok(())
}
