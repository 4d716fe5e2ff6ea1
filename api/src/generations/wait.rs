//! Waiting for a generation, without asking again and again.
//!
//! Whoever waits, be it with `Prefer: wait` or on a stream of events, watches by
//! its id and is woken by a signal. Signals can get lost between processes, so one
//! task looks once a second at all that are watched, many with one query: ten
//! thousand who wait cost no more than twenty small queries a second.

use std::time::Duration;

use entity::generation::{self, Status};
use entity::{GenerationId, Timestamp};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::state;
use crate::app::App;

/// How long a signal that got lost can delay an answer.
const LOOK: Duration = Duration::from_secs(1);

/// Generations that one query looks at.
const MOST: usize = 500;

/// Farther than any progress.
const ENDED: i64 = 1000;

/// How far a generation is: it only grows.
#[must_use]
pub const fn stage(status: Status, progress: i32) -> i64 {
    match status {
        Status::Queued => 0,
        Status::Running => 1 + progress as i64,
        _ => ENDED,
    }
}

/// Looks at all that are watched, for as long as the process serves.
pub async fn keep_looking(app: App) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    while app.shutdown.run_until_cancelled(ticks.tick()).await.is_some() {
        for ids in app.signals.watched().chunks(MOST) {
            match look(&app, ids).await {
                Ok(seen) => app.signals.saw(seen),
                // Those who wait are told by signals, or at the next look.
                Err(error) => {
                    tracing::warn!(%error, "watched generations could not be looked at; trying again");
                    break;
                }
            }
        }
    }
}

async fn look(app: &App, ids: &[GenerationId]) -> Result<Vec<(GenerationId, i64)>, DbErr> {
    use generation::Column;
    let Some(last) = ids.last() else {
        return Ok(Vec::new());
    };
    // Filled up, so that there are few different statements to prepare.
    let filled = std::iter::repeat_n(last, ids.len().next_power_of_two() - ids.len());
    let rows: Vec<(GenerationId, Status, i32)> = generation::Entity::find()
        .select_only()
        .columns([Column::Id, Column::Status, Column::Progress])
        .filter(Column::Id.is_in(ids.iter().chain(filled).cloned()))
        .into_tuple()
        .all(app.db.read())
        .await?;
    let seen = rows.into_iter();
    Ok(seen
        .map(|(id, status, progress)| (id, stage(status, progress)))
        .collect())
}

/// The row once it ended, or as it stands after `limit`. `None` when there is none.
///
/// # Errors
/// What the database answers.
pub async fn until_ended(
    app: &App,
    id: &GenerationId,
    limit: Duration,
) -> Result<Option<generation::Model>, DbErr> {
    let until = Instant::now() + limit;
    let watch = app.signals.watch(id);
    loop {
        let row = generation::Entity::find_by_id(id.clone())
            .one(app.db.read())
            .await?;
        let stage = match &row {
            Some(open) if !state::has_ended(open.status) && Instant::now() < until => {
                stage(open.status, open.progress)
            }
            _ => return Ok(row),
        };
        tokio::select! {
            () = watch.further_than(stage) => {}
            () = tokio::time::sleep_until(until) => {}
            // A server that stops answers what it knows.
            () = app.shutdown.cancelled() => return Ok(row),
        }
    }
}

/// The step in which it ends.
pub const LAST_STEP: u8 = 3;

/// What a generation has come through. A step's number is the id of its event:
/// it needs no storage, and any process can take a stream up behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub number: u8,
    pub status: Status,
    pub at: Timestamp,
}

/// The steps of a generation so far, in their order. One that never ran has no
/// second.
#[must_use]
pub fn steps(row: &generation::Model) -> Vec<Step> {
    let step = |number, status, at| Step { number, status, at };
    let queued = Some(step(1, Status::Queued, row.created_at));
    let running = row.started_at.map(|at| step(2, Status::Running, at));
    let ended = row.ended_at.map(|at| step(LAST_STEP, row.status, at));
    [queued, running, ended].into_iter().flatten().collect()
}
