//! The mail that a request moved.

use entity::data_request::{self, Right, Status};
use entity::{Timestamp, account};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait as _};

use crate::accounts::emails::{self, Text};
use crate::app::App;

/// Tells the owner where the request stands now.
pub(super) async fn tell(
    tx: &impl ConnectionTrait,
    app: &App,
    row: &data_request::Model,
    status: Status,
    now: Timestamp,
) -> Result<(), DbErr> {
    let owner = account::Entity::find_by_id(row.account_id.clone())
        .one(tx)
        .await?;
    let Some(to) = owner.and_then(|owner| owner.email) else {
        return Ok(());
    };
    let text = Text::RequestStatus {
        id: row.id.to_string(),
        kind: match row.kind {
            Right::Access => "access",
            Right::Erasure => "erasure",
        },
        status: match status {
            Status::AwaitingVerification => "awaiting_verification",
            Status::InProgress => "in_progress",
            Status::Fulfilled => "fulfilled",
            Status::PartiallyFulfilled => "partially_fulfilled",
            Status::Withdrawn => "withdrawn",
            Status::Expired => "expired",
        },
        received_at: row.received_at,
        due_at: row.due_at,
        reason: row.reason.clone().unwrap_or_default(),
    };
    emails::post(tx, app, &row.account_id, &to, &text, now).await?;
    Ok(())
}
