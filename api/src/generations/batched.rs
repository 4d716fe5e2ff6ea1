//! Generations of a batch: admitted together or not at all, and counted in their
//! batch as they end.

use entity::generation::{self, Status};
use entity::{BatchId, Credits, KeyId, Timestamp, batch};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};

use super::admit::{NewGeneration, Refused};
use super::askers::Askers;
use super::rows::{Rows, row};
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::db;
use crate::events::{self, NewEvent};
use crate::webhook_endpoints;

/// Admits all of one asker's requests in the caller's transaction, with one hold.
/// They don't count against what the asker may have under way: batches have a
/// limit of their own.
///
/// # Errors
/// Why none of them is admitted: roll back.
pub async fn admit_batch(
    app: &App,
    tx: &impl ConnectionTrait,
    mut books: Books,
    asker: (&Owner, Option<&KeyId>),
    batch: &BatchId,
    requests: &[NewGeneration],
) -> Result<(), Refused> {
    let now = app.now();
    let mut askers = Askers::load(tx, requests.get(..1).unwrap_or_default(), now).await?;
    let items: Vec<_> = requests
        .iter()
        .map(|request| (request.id.clone(), request.estimated))
        .collect();
    let wish = (0, items.iter().map(|(_, amount)| *amount).sum::<Credits>());
    askers.check(asker, &books, &app.config.limits, wish)?;
    books.hold_all(asker.0, batch, &items)?;
    askers.take(asker, wish);
    let mut rows = Rows::default();
    for request in requests {
        rows.add(request, &row(request, now), now);
    }
    rows.write(tx, now).await?;
    books.close(tx).await?;
    askers.close(tx, now).await?;
    Ok(())
}

/// Counts a generation that ended just now; with the last one its batch ends.
pub(super) async fn count_end(
    tx: &impl ConnectionTrait,
    row: &generation::Model,
    status: Status,
    captured: Credits,
    now: Timestamp,
) -> Result<(), DbErr> {
    let Some(id) = &row.batch_id else { return Ok(()) };
    let one_if = |counted: Status| i32::from(status == counted);
    let sql = "UPDATE batch SET succeeded = succeeded + $2, failed = failed + $3,
            canceled = canceled + $4, expired = expired + $5,
            captured = captured + $6, released = released + $7,
            ended_at = CASE WHEN succeeded + failed + canceled + expired + 1 = total THEN $8 ELSE NULL END
        WHERE id = $1 RETURNING *";
    let values = vec![
        id.clone().into(),
        one_if(Status::Succeeded).into(),
        one_if(Status::Failed).into(),
        one_if(Status::Canceled).into(),
        one_if(Status::Expired).into(),
        captured.into(),
        (row.held - captured).into(),
        now.into(),
    ];
    let counted: Vec<batch::Model> = db::query(tx, sql, values).await?;
    let ended = counted.into_iter().filter(|batch| batch.ended_at.is_some());
    events::record_to(tx, ended.map(told).collect(), now).await
}

/// The end, and the batch's own address if that wants it.
fn told(batch: batch::Model) -> (NewEvent, Option<String>) {
    let wanted = batch
        .webhook_events
        .as_deref()
        .map(webhook_endpoints::parse_events);
    let wants = wanted.is_none_or(|wanted| wanted.contains(&events::Kind::BatchEnded));
    let event = NewEvent {
        owner: Owner {
            account: batch.account_id.clone(),
            livemode: batch.livemode,
        },
        kind: events::Kind::BatchEnded,
        subject: batch.id.to_string(),
        data: snapshot(&batch),
    };
    (event, batch.webhook_url.filter(|_| wants))
}

fn snapshot(batch: &batch::Model) -> Value {
    json!({
        "id": batch.id,
        "status": "ended",
        "counts": {
            "total": batch.total,
            "succeeded": batch.succeeded,
            "failed": batch.failed,
            "canceled": batch.canceled,
            "expired": batch.expired,
        },
        "cost": {
            "held": batch.held.to_string(),
            "captured": batch.captured.to_string(),
            "released": batch.released.to_string(),
        },
        "metadata": batch.metadata,
        "created_at": batch.created_at.to_string(),
        "ended_at": batch.ended_at.map(|at| at.to_string()),
    })
}
