//! Exchanges a refresh token for new tokens.
//!
//! Each is for one exchange. Who asks at the same moment, or lost the answer and
//! asks again within seconds, gets the same new tokens. A token that comes back
//! later was copied: nobody knows who has which, so the session is over for all.

use std::time::Duration;

use entity::{SessionId, account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::session::expiry;
use crate::app::App;
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// Which of them is not told.
    #[error("the refresh token is unknown or used, or its session over")]
    Refused,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Takes the refresh token of a session with this number.
///
/// # Errors
/// [`RefreshError::Refused`], when the session is over; it is from now on, when
/// the token was used before.
pub async fn refresh(app: &App, id: &SessionId, number: i64) -> Result<session::Model, RefreshError> {
    let tx = app.db.begin().await?;
    let row = session::Entity::find_by_id(id.clone())
        .lock_exclusive()
        .one(&tx)
        .await?;
    // Behind the lock: whoever waited for it comes after whoever had it.
    let now = app.now();
    let row = row.filter(|row| row.ended_at.is_none() && now < row.expires_at);
    let mut row = row.ok_or(RefreshError::Refused)?;
    account::Entity::find_by_id(row.account_id.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .one(&tx)
        .await?
        .ok_or(RefreshError::Refused)?;
    if number == row.refreshes {
        row.refreshes += 1;
        row.refreshed_at = now;
        row.expires_at = expiry(app, row.created_at, now);
        session::Entity::update_many()
            .col_expr(session::Column::Refreshes, Expr::value(row.refreshes))
            .col_expr(session::Column::RefreshedAt, Expr::value(now))
            .col_expr(session::Column::ExpiresAt, Expr::value(row.expires_at))
            .filter(session::Column::Id.eq(id.clone()))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        // It lasts longer than is remembered.
        app.signals.tell(Signal::Revoked(id.to_string()));
        return Ok(row);
    }
    let grace = Duration::from_secs(app.config.sessions.refresh_grace_seconds);
    if number + 1 == row.refreshes && now < row.refreshed_at.plus(grace) {
        return Ok(row);
    }
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(Some(now)))
        .filter(session::Column::Id.eq(id.clone()))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    app.signals.tell(Signal::Revoked(id.to_string()));
    tracing::warn!(session = %id, "a refresh token came back after its time; its session is over");
    Err(RefreshError::Refused)
}
