//! What was mailed: the newest mails, opened.

use entity::mail;
use sea_orm::{DbErr, EntityTrait as _, QueryOrder as _, QuerySelect as _};

use crate::app::App;
use crate::mail::Letter;

/// Mails that are looked at: addresses are sealed, so no query finds them.
const LOOKED_AT: u64 = 1000;

/// A mail and what it says.
pub struct Opened {
    pub row: mail::Model,
    pub letter: Letter,
}

/// The newest mails, of one recipient or of all.
///
/// # Errors
/// What the database answers.
pub async fn outbox(app: &App, to: Option<&str>, limit: usize) -> Result<Vec<Opened>, DbErr> {
    let rows = mail::Entity::find()
        .order_by_desc(mail::Column::Id)
        .limit(LOOKED_AT)
        .all(app.db.read())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| open(app, row))
        .filter(|mail| to.is_none_or(|to| mail.letter.to.to_lowercase() == to.to_lowercase()))
        .take(limit)
        .collect())
}

/// `None` for one that another server sealed.
fn open(app: &App, row: mail::Model) -> Option<Opened> {
    let plain = app.secrets.open("mail", &row.sealed)?;
    let letter = serde_json::from_str(&plain).ok()?;
    Some(Opened { row, letter })
}
