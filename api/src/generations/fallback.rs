//! What waits for a provider that is closed for a while moves to another who makes
//! the same, where the operator named one and the request allows its countries.
//! What was begun stays: its outcome is known only where it was begun.

use entity::{generation, lane};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _};

use super::route::places;
use super::run::KIND;
use crate::app::App;
use crate::catalog::{Catalog, Model};
use crate::db;
use crate::jobs::{self, lanes};
use crate::signals::Signal;

const BATCH: usize = 200;

#[derive(FromQueryResult)]
struct Waiting {
    id: String,
    subject: String,
}

/// Moves all that may move.
///
/// # Errors
/// What the database answers.
pub async fn divert_all(app: &App, catalog: &Catalog) -> Result<(), DbErr> {
    if app.config.providers.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let closed = lane::Entity::find()
        .filter(lane::Column::ClosedUntil.gt(now))
        .all(app.db.read())
        .await?;
    // Who asks for a moment is waited for.
    let long = closed
        .into_iter()
        .filter(|lane| lane.closed_why != Some(lane::Why::AskedToWait));
    for lane in long {
        for model in catalog.models() {
            if model.row.provider == lane.name && !model.row.fallback.is_empty() {
                divert(app, &model, &lane.name).await?;
            }
        }
    }
    Ok(())
}

async fn divert(app: &App, model: &Model, from: &str) -> Result<(), DbErr> {
    let now = app.now();
    let sql = format!(
        "SELECT job.id AS id, job.subject AS subject FROM job
         JOIN generation ON generation.id = job.subject
         WHERE job.kind = $1 AND job.lane = $2 AND job.lease_token IS NULL AND job.id > $3
           AND generation.model_resolved = $4
           AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.generation_id = job.subject
                           AND attempt.ended_at IS NULL)
         ORDER BY job.id LIMIT {BATCH}"
    );
    let mut after = String::new();
    loop {
        let values = vec![
            KIND.into(),
            from.into(),
            after.clone().into(),
            model.row.id.clone().into(),
        ];
        let waiting: Vec<Waiting> = db::query(app.db.read(), &sql, values).await?;
        let Some(last) = waiting.last() else { return Ok(()) };
        after.clone_from(&last.id);
        let ids = waiting.iter().map(|waiting| waiting.subject.as_str());
        let rows = generation::Entity::find()
            .filter(generation::Column::Id.is_in(ids))
            .all(app.db.read())
            .await?;
        let mut moved = false;
        for row in rows {
            for place in places(model, &row) {
                let takes = place.provider != from
                    && app.providers.find(&place.provider).is_some()
                    && lanes::closed_until(&app.db, &place.provider, now)
                        .await?
                        .is_none();
                if takes {
                    jobs::divert(&app.db, (KIND, row.id.as_str()), (from, &place.provider)).await?;
                    moved = true;
                    break;
                }
            }
        }
        if moved {
            app.signals.tell(Signal::Work);
        }
        if waiting.len() < BATCH {
            return Ok(());
        }
    }
}
