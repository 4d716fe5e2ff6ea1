//! Forgets what has no use any more: ended sessions and codes.

use std::time::Duration;

use entity::{mailed_code, session, totp};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::totp::LIFE;
use crate::app::App;

/// Kept for a while after the end, to answer questions about a sign-in.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Deletes sessions and codes that ended long ago, and secrets of authenticator
/// apps that nobody confirmed.
///
/// # Errors
/// What the database answers.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    let before = app.now().minus(KEPT);
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(before))
        .exec(app.db.write())
        .await?;
    mailed_code::Entity::delete_many()
        .filter(mailed_code::Column::ExpiresAt.lt(before))
        .exec(app.db.write())
        .await?;
    totp::Entity::delete_many()
        .filter(totp::Column::ConfirmedAt.is_null())
        .filter(totp::Column::CreatedAt.lt(app.now().minus(LIFE)))
        .exec(app.db.write())
        .await?;
    Ok(())
}
