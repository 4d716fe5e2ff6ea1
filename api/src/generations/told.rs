//! What a generation's events say: how it stands, without what it was asked and what
//! it made.

use entity::Timestamp;
use entity::generation::{self, Status};
use sea_orm::{ActiveEnum as _, ConnectionTrait, DbErr};
use serde_json::json;

use crate::credits::Owner;
use crate::events::{self, Kind, NewEvent};
use crate::webhook_endpoints;

/// Records, in the transaction that moved them, that generations are where they are
/// now: the rows are as that transaction left them.
///
/// # Errors
/// What the database answers.
pub async fn tell(
    tx: &impl ConnectionTrait,
    rows: Vec<generation::Model>,
    now: Timestamp,
) -> Result<(), DbErr> {
    // Where the clock was set back, an end is later than now. Its event is no earlier.
    let now = rows
        .iter()
        .filter_map(|row| row.ended_at)
        .fold(now, Timestamp::max);
    let events = rows.into_iter().filter_map(|row| {
        let kind = match row.status {
            // Being accepted is an answer, not an event.
            Status::Queued => return None,
            Status::Running => Kind::GenerationStarted,
            Status::Succeeded => Kind::GenerationSucceeded,
            Status::Failed => Kind::GenerationFailed,
            Status::Canceled => Kind::GenerationCanceled,
            Status::Expired => Kind::GenerationExpired,
        };
        let url = row.webhook_url.clone().filter(|_| wants(&row, kind));
        Some((event(row, kind), url))
    });
    events::record_to(tx, events.collect(), now).await
}

/// Whether the request's own address wants it: what it named, or how it ended.
fn wants(row: &generation::Model, kind: Kind) -> bool {
    match &row.webhook_events {
        Some(wanted) => webhook_endpoints::parse_events(wanted).contains(&kind),
        None => kind != Kind::GenerationStarted,
    }
}

fn event(row: generation::Model, kind: Kind) -> NewEvent {
    let error = row
        .error_code
        .map(|code| json!({"code": code, "message": row.error_message}));
    let at = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    NewEvent {
        owner: Owner {
            account: row.account_id,
            livemode: row.livemode,
        },
        kind,
        subject: row.id.to_string(),
        data: json!({
            "id": row.id,
            "kind": row.kind.to_value(),
            "status": row.status.to_value(),
            "model": row.model_resolved,
            "batch_id": row.batch_id,
            "error": error,
            "captured": row.captured.to_string(),
            "metadata": row.metadata,
            "end_user": row.end_user,
            "created_at": row.created_at.to_string(),
            "started_at": at(row.started_at),
            "ended_at": at(row.ended_at),
        }),
    }
}
