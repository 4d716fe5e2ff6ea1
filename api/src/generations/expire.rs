//! Generations that did not end before their deadline expire, uncharged, whether
//! they wait, run, or hang with a worker that died.

use entity::Timestamp;
use entity::generation;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::attempts;
use super::end::End;
use super::settle::{settle, unknown};
use crate::app::App;

const BATCH: u64 = 100;

/// Expires every generation that is due.
///
/// # Errors
/// What the database answers.
pub async fn expire_due(app: &App, now: Timestamp) -> Result<(), DbErr> {
    loop {
        let due = generation::Entity::find()
            .filter(generation::Column::EndedAt.is_null())
            .filter(generation::Column::DeadlineAt.lte(now))
            .order_by_asc(generation::Column::DeadlineAt)
            .limit(BATCH)
            .all(app.db.read())
            .await?;
        if due.is_empty() {
            return Ok(());
        }
        for row in due {
            settle(app, &row, overdue(app, &row).await?).await?;
        }
    }
}

/// How it ends at its deadline: where an answer was lost, that is said.
pub(super) async fn overdue(app: &App, row: &generation::Model) -> Result<End, DbErr> {
    let open = attempts::open(app.db.read(), row).await?;
    Ok(match open.is_some_and(|attempt| attempt.doubted_at.is_some()) {
        true => unknown(),
        false => End::Expired,
    })
}
