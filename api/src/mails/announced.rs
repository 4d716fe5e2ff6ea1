//! What a relay announces of mails: which came back, and who wants no more.
//!
//! Brevo signs nothing: it brings along the token that it was given. It announces an
//! event again until it is taken; one that was taken before changes nothing.

use entity::consent::MARKETING;
use entity::mail_bounce::Kind;
use entity::{AccountId, account};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use crate::accounts::bounces::{self, Bounce};
use crate::accounts::consents;
use crate::app::App;
use crate::secrets::sha256_hex;

/// Events in one announcement.
const MOST: usize = 1000;

#[derive(Debug, thiserror::Error)]
pub enum AnnouncedError {
    #[error("no such relay is configured")]
    Unknown,
    #[error("the token is not the one that was agreed on")]
    Unauthenticated,
    #[error("it is no announcement")]
    Malformed,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What Brevo tells of one mail. The rest of it we need not know.
#[derive(Debug, Deserialize)]
struct Event {
    event: String,
    #[serde(default)]
    email: String,
    #[serde(default, rename = "message-id")]
    message_id: String,
    #[serde(default)]
    ts_event: Option<i64>,
    #[serde(default)]
    ts: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Announcement {
    Many(Vec<Event>),
    One(Event),
}

/// Takes an announcement, and says how many of its events were news.
///
/// # Errors
/// When it is not the relay's, or can't be read; the relay sends it again then.
pub async fn take(app: &App, relay: &str, token: Option<&str>, body: &[u8]) -> Result<u64, AnnouncedError> {
    let expected = &app.config.mail.brevo_hook_token;
    if relay != "brevo" || expected.is_empty() {
        return Err(AnnouncedError::Unknown);
    }
    // Hashed, so that neither content nor length shows in the time.
    let [given, expected] = [token.unwrap_or_default(), expected].map(|token| sha256_hex(token.as_bytes()));
    if !bool::from(given.as_bytes().ct_eq(expected.as_bytes())) {
        return Err(AnnouncedError::Unauthenticated);
    }
    let announced = serde_json::from_slice(body).map_err(|_| AnnouncedError::Malformed)?;
    let events = match announced {
        Announcement::Many(events) => events,
        Announcement::One(event) => vec![event],
    };
    if events.len() > MOST {
        return Err(AnnouncedError::Malformed);
    }
    let mut news = 0;
    for event in &events {
        news += u64::from(act(app, event).await?);
    }
    Ok(news)
}

async fn act(app: &App, event: &Event) -> Result<bool, DbErr> {
    let kind = match event.event.as_str() {
        "hard_bounce" | "invalid_email" => Some(Kind::HardBounce),
        "soft_bounce" => Some(Kind::SoftBounce),
        "blocked" => Some(Kind::Blocked),
        "spam" | "complaint" => Some(Kind::Spam),
        "unsubscribed" => None,
        _ => return Ok(false),
    };
    let now = app.now();
    let tx = app.db.begin().await?;
    let owner: Option<AccountId> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::EmailKey.eq(event.email.to_lowercase()))
        .lock_shared()
        .into_tuple()
        .one(&tx)
        .await?;
    // Who was erased, or changed the address since, is none of its business.
    let Some(owner) = owner else { return Ok(false) };
    let Some(kind) = kind else {
        let agreed = consents::is_given(&tx, &owner, MARKETING).await?;
        consents::withdraw(&tx, &owner, MARKETING, consents::LINK, now).await?;
        tx.commit().await?;
        return Ok(agreed);
    };
    let at = event.ts_event.or(event.ts).unwrap_or_default();
    let bounce = Bounce {
        account: &owner,
        address: &event.email,
        kind,
        // Its `id` is the webhook's, the same for all events.
        event: &format!("brevo\n{}\n{}\n{at}", event.message_id, event.event),
    };
    let is_news = bounces::record(&tx, &app.secrets, &bounce, now).await?;
    if kind == Kind::Spam {
        consents::withdraw(&tx, &owner, MARKETING, consents::LINK, now).await?;
    }
    tx.commit().await?;
    Ok(is_news)
}
