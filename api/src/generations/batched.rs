//! Generations of a batch: admitted together or not at all, and counted in their
//! batch as they end.

use std::collections::BTreeMap;

use entity::generation::{self, Status};
use entity::{BatchId, Credits, KeyId, Timestamp, batch};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::{Value, json};

use super::admit::{NewGeneration, Refused};
use super::askers::Askers;
use super::rows::{Rows, row};
use crate::app::App;
use crate::bulk::{self, Update};
use crate::credits::{Books, Owner};
use crate::db::Locked;
use crate::events::{self, NewEvent};
use crate::webhook_endpoints;

/// Admits all of one asker's requests in the caller's transaction, with one hold. As
/// many come into the queue as the asker may have under way; the others wait for room.
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
    let mut askers = Askers::load(tx, requests.get(..1).unwrap_or_default(), Locked::Wait, now).await?;
    let items: Vec<_> = requests
        .iter()
        .map(|request| (request.id.clone(), request.estimated))
        .collect();
    let wish = (0, items.iter().map(|(_, amount)| *amount).sum::<Credits>());
    askers.check(asker, &books, &app.config.limits, wish)?;
    books.hold_all(asker.0, batch, &items)?;
    askers.take(asker, wish);
    let room = askers.room(asker, &books, &app.config.limits)?;
    let mut rows = Rows::default();
    let mut let_in = 0;
    for request in requests {
        let row = generation::Model {
            let_in: let_in < room,
            ..row(request, now)
        };
        let_in += i64::from(row.let_in);
        rows.add(request, &row, now);
    }
    books.let_in(asker.0, asker.1, let_in);
    rows.write(tx, now).await?;
    books.close(tx).await?;
    askers.close(tx, now).await?;
    Ok(())
}

/// Counts generations that ended just now; with its last one a batch ends.
pub(super) async fn count_ends(
    tx: &impl ConnectionTrait,
    moved: &[generation::Model],
    now: Timestamp,
) -> Result<(), DbErr> {
    let mut batches: BTreeMap<&BatchId, Counts> = BTreeMap::new();
    for row in moved {
        if let Some(id) = &row.batch_id {
            batches.entry(id).or_default().add(row);
        }
    }
    let rows = batches.into_iter().map(|(id, counts)| {
        let ended = counts.succeeded + counts.failed + counts.canceled + counts.expired;
        vec![
            id.clone().into(),
            counts.succeeded.into(),
            counts.failed.into(),
            counts.canceled.into(),
            counts.expired.into(),
            ended.into(),
            counts.captured.into(),
            counts.released.into(),
            now.into(),
        ]
    });
    let counted = bulk::update_returning::<batch::Entity>(tx, &COUNT, rows.collect()).await?;
    let ended = counted.into_iter().filter(|batch| batch.ended_at.is_some());
    events::record_to(tx, ended.map(told).collect(), now).await
}

#[derive(Default)]
struct Counts {
    succeeded: i32,
    failed: i32,
    canceled: i32,
    expired: i32,
    captured: Credits,
    released: Credits,
}

impl Counts {
    fn add(&mut self, row: &generation::Model) {
        match row.status {
            Status::Succeeded => self.succeeded += 1,
            Status::Failed => self.failed += 1,
            Status::Canceled => self.canceled += 1,
            Status::Expired => self.expired += 1,
            Status::Queued | Status::Running => {}
        }
        self.captured += row.captured;
        self.released += row.released;
    }
}

const COUNT: Update<'_> = Update {
    table: "batch",
    columns: &[
        ("id", "TEXT"),
        ("succeeded", "INTEGER"),
        ("failed", "INTEGER"),
        ("canceled", "INTEGER"),
        ("expired", "INTEGER"),
        ("ended", "INTEGER"),
        ("captured", "BIGINT"),
        ("released", "BIGINT"),
        ("now", "BIGINT"),
    ],
    keys: 1,
    set: "succeeded = batch.succeeded + v.succeeded, failed = batch.failed + v.failed,
        canceled = batch.canceled + v.canceled, expired = batch.expired + v.expired,
        captured = batch.captured + v.captured, released = batch.released + v.released,
        ended_at = CASE
            WHEN batch.succeeded + batch.failed + batch.canceled + batch.expired + v.ended = batch.total
            THEN v.now ELSE NULL END",
    only: "",
};

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
