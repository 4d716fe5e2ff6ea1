//! Waiting for a generation to end, without asking again and again.

use std::time::Duration;

use entity::{GenerationId, generation};
use sea_orm::{DbErr, EntityTrait as _};
use tokio::time::Instant;

use super::state;
use crate::app::App;

/// How long a signal that got lost can delay an answer.
const LOOK: Duration = Duration::from_secs(1);

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
        let left = until.saturating_duration_since(Instant::now());
        match &row {
            Some(open) if !state::has_ended(open.status) && !left.is_zero() => {}
            _ => return Ok(row),
        }
        tokio::select! {
            () = watch.moved() => {}
            () = tokio::time::sleep(left.min(LOOK)) => {}
            // A server that stops answers what it knows.
            () = app.shutdown.cancelled() => return Ok(row),
        }
    }
}
