//! Whether an account may act: suspended, let go again, signed out everywhere.

use entity::account::{self, Status};
use entity::{AccountId, session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::audit::{About, Entry, Warrant};
use crate::accounts;
use crate::app::App;
use crate::auth::keys_of;
use crate::credits::{Books, Owner};
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum StandingError {
    #[error("there is no such account")]
    NotFound,
    #[error("the account was erased")]
    Erased,
    #[error(transparent)]
    Database(#[from] DbErr),
}

async fn lock(tx: &impl ConnectionTrait, id: &AccountId) -> Result<account::Model, StandingError> {
    let row = account::Entity::find_by_id(id.clone())
        .lock_exclusive()
        .one(tx)
        .await?;
    let row = row.ok_or(StandingError::NotFound)?;
    match row.status {
        Status::Erased => Err(StandingError::Erased),
        _ => Ok(row),
    }
}

/// Suspends an account, or lifts that. Its keys and sessions are looked at anew in
/// every process; what waits is released by the worker. A second time changes nothing.
///
/// # Errors
/// When there is no such account, or none any more.
pub async fn suspend(
    app: &App,
    warrant: &Warrant,
    id: &AccountId,
    suspended: bool,
    reason: &str,
) -> Result<(account::Model, Entry), StandingError> {
    let tx = app.db.begin().await?;
    // What is being admitted comes before, and what comes after finds it suspended.
    let _books = Books::open(&tx, &Owner::both(id), warrant.now).await?;
    let row = lock(&tx, id).await?;
    let suspended_at = match suspended {
        true => row.suspended_at.or(Some(warrant.now)),
        false => None,
    };
    account::Entity::update_many()
        .col_expr(account::Column::SuspendedAt, Expr::value(suspended_at))
        .filter(account::Column::Id.eq(id.clone()))
        .exec(&tx)
        .await?;
    let entry = warrant.done(&tx, About::account(id).because(reason)).await?;
    let credentials = credentials(&tx, id).await?;
    tx.commit().await?;
    for credential in credentials {
        app.signals.tell(Signal::Revoked(credential));
    }
    Ok((account::Model { suspended_at, ..row }, entry))
}

/// The hashes of an account's keys and the ids of its sessions, as far as they let
/// anyone in.
async fn credentials(tx: &impl ConnectionTrait, id: &AccountId) -> Result<Vec<String>, DbErr> {
    let mut found = keys_of(tx, id).await?;
    let sessions: Vec<String> = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::AccountId.eq(id.clone()))
        .filter(session::Column::EndedAt.is_null())
        .into_tuple()
        .all(tx)
        .await?;
    found.extend(sessions);
    Ok(found)
}

/// Signs an account's owner out everywhere, and says how many sessions that ended.
///
/// # Errors
/// When there is no such account, or none any more.
pub async fn end_sessions(
    app: &App,
    warrant: &Warrant,
    id: &AccountId,
    reason: &str,
) -> Result<(usize, Entry), StandingError> {
    let tx = app.db.begin().await?;
    lock(&tx, id).await?;
    let ended = accounts::end_all_sessions(&tx, id, None, warrant.now).await?;
    let entry = warrant.done(&tx, About::account(id).because(reason)).await?;
    tx.commit().await?;
    let count = ended.len();
    for session in ended {
        app.signals.tell(Signal::Revoked(session));
    }
    Ok((count, entry))
}
