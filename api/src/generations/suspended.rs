//! What waits for an account that the operator suspended is released, uncharged.
//! What a provider has begun is finished and paid for.

use entity::generation::{self, Status};
use entity::{AccountId, account};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::end::{End, From, end_all};
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::db;
use crate::signals::Signal;

const BATCH: u64 = 250;

/// Releases all that waits for suspended accounts, whenever it was asked for.
///
/// # Errors
/// What the database answers.
pub async fn release_suspended(app: &App) -> Result<(), DbErr> {
    // One look for all of them, however many are suspended: it is taken every second.
    let waiting: Vec<Waiting> = db::query(app.db.read(), WAITING, vec![]).await?;
    for Waiting { account_id, livemode } in waiting {
        let owner = Owner {
            account: account_id,
            livemode,
        };
        while release_some(app, &owner).await? {}
    }
    Ok(())
}

/// Suspended accounts for which something waits, by mode.
#[derive(FromQueryResult)]
struct Waiting {
    account_id: AccountId,
    livemode: bool,
}

/// One look in an index for each suspended account. Asked with `EXISTS`, the planner
/// may begin with all that waits instead.
const WAITING: &str = "
SELECT account_id, livemode FROM (
    SELECT account.id AS account_id, mode.live AS livemode, (
        SELECT generation.id FROM generation
        WHERE generation.account_id = account.id AND generation.livemode = mode.live
            AND generation.status = 'queued' LIMIT 1
    ) AS waiting
    FROM account CROSS JOIN (SELECT TRUE AS live UNION ALL SELECT FALSE) mode
    WHERE account.suspended_at IS NOT NULL
) AS suspended
WHERE waiting IS NOT NULL";

/// `false` when nothing of the owner waits.
async fn release_some(app: &App, owner: &Owner) -> Result<bool, DbErr> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [owner], now).await?;
    let suspended = account::Entity::find_by_id(owner.account.clone())
        .filter(account::Column::SuspendedAt.is_not_null())
        .lock_shared()
        .one(&tx)
        .await?;
    if suspended.is_none() {
        return Ok(false);
    }
    let rows = generation::Entity::of(&owner.account, owner.livemode)
        .filter(generation::Column::Status.eq(Status::Queued))
        .order_by_asc(generation::Column::Id)
        .limit(BATCH)
        .lock_exclusive()
        .all(&tx)
        .await?;
    let ends = rows.into_iter().map(|row| (row, End::Canceled)).collect();
    let moved = end_all(&tx, &mut books, ends, From::Queue, now).await?;
    books.close(&tx).await?;
    tx.commit().await?;
    let some = !moved.is_empty();
    for row in moved {
        app.signals.tell(Signal::Moved(row.id));
    }
    Ok(some)
}
