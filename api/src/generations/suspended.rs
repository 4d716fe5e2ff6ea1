//! What waits for an account that the operator suspended is released, uncharged.
//! What a provider has begun is finished and paid for.

use entity::generation::{self, Status};
use entity::{AccountId, account};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::end::{End, end};
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::signals::Signal;

const BATCH: u64 = 20;

/// Releases all that waits for suspended accounts, whenever it was asked for.
///
/// # Errors
/// What the database answers.
pub async fn release_suspended(app: &App) -> Result<(), DbErr> {
    let accounts: Vec<AccountId> = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::SuspendedAt.is_not_null())
        .into_tuple()
        .all(app.db.read())
        .await?;
    for account in accounts {
        for livemode in [false, true] {
            let owner = Owner {
                account: account.clone(),
                livemode,
            };
            while release_some(app, &owner).await? {}
        }
    }
    Ok(())
}

/// `false` when nothing of the owner waits.
async fn release_some(app: &App, owner: &Owner) -> Result<bool, DbErr> {
    let waiting = || {
        generation::Entity::of(&owner.account, owner.livemode)
            .filter(generation::Column::Status.eq(Status::Queued))
            .order_by_asc(generation::Column::Id)
            .limit(BATCH)
    };
    // Reading first keeps a suspended account out of the writers' way.
    if waiting().one(app.db.read()).await?.is_none() {
        return Ok(false);
    }
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
    let rows = waiting().lock_exclusive().all(&tx).await?;
    for row in &rows {
        end(&tx, &mut books, row, End::Canceled, now).await?;
    }
    books.close(&tx).await?;
    tx.commit().await?;
    let some = !rows.is_empty();
    for row in rows {
        app.signals.tell(Signal::Moved(row.id));
    }
    Ok(some)
}
