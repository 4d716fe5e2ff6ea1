//! What an account that was closed has in the queue: it is canceled, and costs
//! nothing. What runs comes to its end.

use entity::generation::{self, Column, Status};
use entity::{AccountId, account};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::end::{End, From, end_all};
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::jobs::{self, Lease};
use crate::signals::Signal;

/// Generations that one transaction cancels.
const SOME: u64 = 250;

/// The job: cancels what waits, unless the account was opened again. Safe to run twice.
///
/// # Errors
/// What the database answers; the job is tried again.
pub async fn cancel_waiting(app: &App, lease: &Lease) -> Result<(), DbErr> {
    if let Ok(id) = lease.subject.parse::<AccountId>() {
        for livemode in [false, true] {
            let owner = Owner {
                account: id.clone(),
                livemode,
            };
            while cancel_some(app, &owner).await? {}
        }
    }
    jobs::drop_done(&app.db, lease).await
}

async fn cancel_some(app: &App, owner: &Owner) -> Result<bool, DbErr> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [owner], now).await?;
    let closed = account::Entity::find_by_id(owner.account.clone())
        .filter(account::Column::Status.ne(account::Status::Active))
        .one(&tx)
        .await?;
    if closed.is_none() {
        return Ok(false);
    }
    let waiting = generation::Entity::of(&owner.account, owner.livemode)
        .filter(Column::Status.eq(Status::Queued))
        .order_by_asc(Column::Id)
        .limit(SOME)
        .lock_exclusive()
        .all(&tx)
        .await?;
    let ends = waiting.into_iter().map(|row| (row, End::Canceled)).collect();
    let moved = end_all(&tx, &mut books, ends, From::Queue, now).await?;
    books.close(&tx).await?;
    tx.commit().await?;
    for row in &moved {
        app.signals.tell(Signal::Moved(row.id.clone()));
    }
    Ok(!moved.is_empty())
}
