//! Forgets what has no use any more: ended sessions, codes and mails.

use std::time::Duration;

use entity::mail_bounce::Kind;
use entity::{email_change, mail, mail_bounce, mailed_code, session, totp};
use sea_orm::{ColumnTrait as _, Condition, DbErr, EntityTrait as _, QueryFilter as _};

use super::totp::LIFE;
use super::welcome;
use crate::app::App;

/// Kept for a while after the end, to answer questions about a sign-in.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Deletes what ended long ago, and secrets of authenticator apps that nobody
/// confirmed. A bounce that keeps mails from an address stays.
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
    let ended = Condition::any()
        .add(mail::Column::SentAt.is_not_null())
        .add(mail::Column::FailedAt.is_not_null());
    mail::Entity::delete_many()
        .filter(mail::Column::CreatedAt.lt(before))
        .filter(ended)
        .exec(app.db.write())
        .await?;
    let harmless = Condition::any()
        .add(mail_bounce::Column::Kind.eq(Kind::SoftBounce))
        .add(mail_bounce::Column::LiftedAt.is_not_null());
    mail_bounce::Entity::delete_many()
        .filter(mail_bounce::Column::CreatedAt.lt(before))
        .filter(harmless)
        .exec(app.db.write())
        .await?;
    email_change::Entity::delete_many()
        .filter(email_change::Column::CreatedAt.lt(before))
        .exec(app.db.write())
        .await?;
    welcome::sweep(app).await
}
