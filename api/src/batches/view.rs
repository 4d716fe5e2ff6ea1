//! A batch as the API shows it.

use std::collections::{BTreeMap, HashMap};

use entity::generation::{self, Status as GenerationStatus};
use entity::{BatchId, Credits, KeyId, Timestamp, batch};
use poem_openapi::{Enum, Object};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use crate::app::App;
use crate::auth::{Caller, Scope};
use crate::generations::view::{View as Generation, texts};
use crate::http::Nullable;

/// Many generations that were asked for at once: how far they are and what they cost.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Batch", example)]
pub struct View {
    pub id: BatchId,
    pub status: BatchStatus,
    pub counts: BatchCounts,
    /// Hundredths of its generations that have ended.
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    pub progress: i32,
    pub cost: BatchCost,
    /// Your own data, as you sent it; empty for a key without the scope `generations:read`.
    pub metadata: BTreeMap<String, String>,
    /// The key that asked for it; null when a signed-in person did.
    pub key_id: Nullable<KeyId>,
    pub livemode: bool,
    pub created_at: Timestamp,
    pub cancel_requested_at: Nullable<Timestamp>,
    /// When the last of its generations ended.
    pub ended_at: Nullable<Timestamp>,
}

/// Where a batch stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum BatchStatus {
    /// Some of it has not ended.
    Running,
    /// It was canceled, and some of it still runs.
    Canceling,
    /// All of it has ended, well or not.
    Ended,
}

/// How many of a batch's generations are in which state.
#[derive(Debug, Clone, Object)]
pub struct BatchCounts {
    pub total: i32,
    pub queued: i32,
    pub running: i32,
    pub succeeded: i32,
    pub failed: i32,
    pub canceled: i32,
    pub expired: i32,
}

/// What a batch costs. `captured` is what was charged so far.
#[derive(Debug, Clone, Object)]
pub struct BatchCost {
    /// Set aside when it was accepted, with one entry in the ledger: the most that it can cost.
    pub held: Credits,
    /// Charged for what has ended.
    pub captured: Credits,
    /// Given back by what has ended.
    pub released: Credits,
}

/// What became of one generation of a batch.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct BatchResult {
    /// Its place in the request, from 0.
    pub position: i32,
    /// Your own name for it.
    pub reference: Nullable<String>,
    pub generation: Generation,
}

/// Shows batches.
///
/// # Errors
/// What the database answers.
pub async fn show(app: &App, rows: Vec<batch::Model>) -> Result<Vec<View>, DbErr> {
    let mut running = count_running(app, &rows).await?;
    let shown = rows.into_iter().map(|row| {
        let running = running.remove(&row.id).unwrap_or(0);
        view(row, running)
    });
    Ok(shown.collect())
}

/// Shows one batch to somebody who may write: without their own data, unless they may
/// read that, too.
///
/// # Errors
/// What the database answers.
pub async fn show_to(app: &App, caller: &Caller, row: batch::Model) -> Result<View, DbErr> {
    let mut shown = show_one(app, row).await?;
    if !caller.scopes.contains(Scope::GenerationsRead) {
        shown.metadata.clear();
    }
    Ok(shown)
}

/// Shows one batch.
///
/// # Errors
/// What the database answers.
pub async fn show_one(app: &App, row: batch::Model) -> Result<View, DbErr> {
    let id = row.id.clone();
    let shown = show(app, vec![row]).await?.pop();
    shown.ok_or_else(|| DbErr::RecordNotFound(id.to_string()))
}

/// How many run now. Asked of what has not ended, which is little: an account has
/// few batches open at a time.
async fn count_running(app: &App, rows: &[batch::Model]) -> Result<HashMap<BatchId, i32>, DbErr> {
    use generation::Column;
    let open: Vec<BatchId> = rows
        .iter()
        .filter(|row| row.ended_at.is_none())
        .map(|row| row.id.clone())
        .collect();
    if open.is_empty() {
        return Ok(HashMap::new());
    }
    let counts: Vec<(BatchId, i64)> = generation::Entity::find()
        .select_only()
        .column(Column::BatchId)
        .column_as(Column::Id.count(), "running")
        .filter(Column::BatchId.is_in(open))
        .filter(Column::Status.eq(GenerationStatus::Running))
        .group_by(Column::BatchId)
        .into_tuple()
        .all(app.db.read())
        .await?;
    let counts = counts.into_iter();
    Ok(counts
        .map(|(id, running)| (id, i32::try_from(running).unwrap_or(i32::MAX)))
        .collect())
}

fn view(row: batch::Model, running: i32) -> View {
    let ended = row.ended();
    // Some may have ended since the row was read.
    let running = running.min(row.total - ended);
    View {
        status: match (&row.ended_at, &row.cancel_requested_at) {
            (Some(_), _) => BatchStatus::Ended,
            (None, Some(_)) => BatchStatus::Canceling,
            (None, None) => BatchStatus::Running,
        },
        counts: BatchCounts {
            total: row.total,
            queued: row.total - ended - running,
            running,
            succeeded: row.succeeded,
            failed: row.failed,
            canceled: row.canceled,
            expired: row.expired,
        },
        progress: ended * 100 / row.total.max(1),
        cost: BatchCost {
            held: row.held,
            captured: row.captured,
            released: row.released,
        },
        id: row.id,
        metadata: texts(row.metadata),
        key_id: Nullable(row.key_id),
        livemode: row.livemode,
        created_at: row.created_at,
        cancel_requested_at: Nullable(row.cancel_requested_at),
        ended_at: Nullable(row.ended_at),
    }
}
