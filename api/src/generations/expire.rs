//! Generations that did not end before their deadline expire, uncharged, whether
//! they wait, run, or hang with a worker that died.

use std::collections::BTreeSet;

use entity::{AccountId, Timestamp, generation};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::attempts;
use super::end::{End, From};
use super::settle::{settle_all, unknown};
use crate::app::App;
use crate::db::Locked;

/// Generations that one transaction ends.
const BATCH: u64 = 250;

/// Expires every generation that is due. Those whose wallet somebody else holds wait
/// for the next look.
///
/// # Errors
/// What the database answers.
pub async fn expire_due(app: &App, now: Timestamp) -> Result<(), DbErr> {
    use generation::Column;
    let mut skipped: BTreeSet<AccountId> = BTreeSet::new();
    loop {
        let due = generation::Entity::find()
            .filter(Column::EndedAt.is_null())
            .filter(Column::DeadlineAt.lte(now))
            .filter(Column::AccountId.is_not_in(skipped.iter().cloned()))
            .order_by_asc(Column::DeadlineAt)
            .limit(BATCH)
            .all(app.db.read())
            .await?;
        if due.is_empty() || app.shutdown.is_cancelled() {
            return Ok(());
        }
        let ends = overdue(app.db.read(), due).await?;
        let settled = settle_all(app, ends, From::Anywhere, Locked::Skip).await?;
        if settled.ended == 0 && settled.skipped.is_empty() {
            // Somebody else ended them meanwhile.
            return Ok(());
        }
        skipped.extend(settled.skipped.into_iter().map(|owner| owner.account));
    }
}

/// How each ends at its deadline: where an answer was lost, that is said.
pub(super) async fn overdue(
    connection: &impl ConnectionTrait,
    due: Vec<generation::Model>,
) -> Result<Vec<(generation::Model, End)>, DbErr> {
    let doubted = attempts::doubted(connection, &due).await?;
    let ends = due.into_iter().map(|row| {
        let end = match doubted.contains(&row.id) {
            true => unknown(),
            false => End::Expired,
        };
        (row, end)
    });
    Ok(ends.collect())
}
