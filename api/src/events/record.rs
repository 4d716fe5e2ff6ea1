//! Writing events down.

use entity::{EventId, Timestamp, event};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr};
use serde_json::Value;

use super::Kind;
use crate::bulk;
use crate::credits::Owner;

/// Something that happened just now.
#[derive(Debug, Clone)]
pub struct NewEvent {
    pub owner: Owner,
    pub kind: Kind,
    /// The id of what it happened to.
    pub subject: String,
    /// How the subject stands now, without prompts, inputs and outputs.
    pub data: Value,
}

/// Records what happens in the transaction `tx`.
///
/// # Errors
/// What the database answers.
pub async fn record(tx: &impl ConnectionTrait, events: Vec<NewEvent>, now: Timestamp) -> Result<(), DbErr> {
    record_to(tx, events.into_iter().map(|event| (event, None)).collect(), now).await
}

/// Records what happens; each event may name an address to which it goes besides.
///
/// # Errors
/// What the database answers.
pub async fn record_to(
    tx: &impl ConnectionTrait,
    events: Vec<(NewEvent, Option<String>)>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let rows = events.into_iter().map(|(new, webhook_url)| event::ActiveModel {
        id: Set(EventId::new(now)),
        account_id: Set(new.owner.account),
        livemode: Set(new.owner.livemode),
        kind: Set(new.kind),
        subject: Set(new.subject),
        data: Set(new.data),
        webhook_url: Set(webhook_url),
        created_at: Set(now),
        seq: Set(None),
    });
    bulk::insert(tx, rows).await?;
    Ok(())
}
