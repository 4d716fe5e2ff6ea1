//! An erasure, in steps that each can be done again: the door is closed, what runs
//! is ended, files go, the register's tables are deleted or cleared, the database's
//! own leftovers are scrubbed, and the request is fulfilled.
//!
//! No step is larger than a few hundred rows. Each finds by itself what is left to
//! do, so a run that comes after a crash goes on where the last one stopped.

use std::time::Duration;

use entity::data_request::{self, Status};
use entity::privacy::Rows;
use entity::{file, generation};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use tokio::time::sleep;

use super::clear::{clear_some, count_rows, has_cleared};
use super::close::close;
use super::fulfil::FulfilError;
use super::register::REGISTER;
use super::tally::{self, Done};
use crate::accounts::emails;
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::db;
use crate::files;
use crate::generations::end::{End, From, end_all};
use crate::jobs::{self, Lease};
use crate::signals::Signal;

/// Generations ended, or files forgotten, in one transaction.
const SOME: u64 = 50;

/// How long the last mail may take. Then the address goes all the same.
const PATIENCE: Duration = Duration::from_secs(15 * 60);

/// How often it is looked whether the last mail was sent, and how many times
/// before the job makes room for others.
const LOOK: Duration = Duration::from_millis(50);
const LOOKS: u32 = 20;

/// Erases the account and all its data.
///
/// # Errors
/// What keeps it from going on now; it is tried again.
pub(super) async fn erase(
    app: &App,
    lease: &Lease,
    request: &data_request::Model,
) -> Result<(), FulfilError> {
    if !last_mail_is_sent(app, request).await? {
        let soon = app.now().plus(Duration::from_secs(5));
        return Ok(jobs::give_back(app.db.write(), lease, soon).await?);
    }
    close(app, request).await?;
    while end_some(app, request).await? {}
    while forget_some(app, request).await? {}
    app.signals.tell(Signal::Work);
    for holder in REGISTER {
        let table = holder.table;
        loop {
            let tx = app.db.begin().await?;
            let count = clear_some(&tx, table, &request.account_id, app.now()).await?;
            if table.on_erasure == Rows::Deleted {
                tally::count(&tx, &request.id, Done::Deleted, table.name, count, None).await?;
            }
            tx.commit().await?;
            if count == 0 {
                break;
            }
        }
    }
    files::remove_all(app, &request.account_id).await?;
    let tables: Vec<&str> = REGISTER.iter().map(|holder| holder.table.name).collect();
    db::scrub(&app.db, &tables).await?;
    finish(app, lease, request).await
}

/// The last mail tells where the receipt will be; the address is needed until then.
async fn last_mail_is_sent(app: &App, request: &data_request::Model) -> Result<bool, DbErr> {
    for _ in 0..LOOKS {
        let verified_at = request.verified_at.unwrap_or(request.received_at);
        if app.now().since(verified_at) > PATIENCE
            || !emails::last_mail_waits(app.db.read(), &request.account_id).await?
        {
            return Ok(true);
        }
        sleep(LOOK).await;
    }
    Ok(false)
}

/// Cancels generations that have not ended; nothing is charged. What a provider
/// makes of them comes too late: whoever waits for it finds them ended, and keeps
/// nothing.
async fn end_some(app: &App, request: &data_request::Model) -> Result<bool, DbErr> {
    let open = generation::Entity::find()
        .filter(generation::Column::AccountId.eq(request.account_id.clone()))
        .filter(generation::Column::EndedAt.is_null())
        .limit(SOME)
        .all(app.db.write())
        .await?;
    if open.is_empty() {
        return Ok(false);
    }
    let now = app.now();
    let owners = Owner::both(&request.account_id);
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, &owners, now).await?;
    let ids: Vec<_> = open.iter().map(|row| row.id.clone()).collect();
    let ends = open.into_iter().map(|row| (row, End::Canceled)).collect();
    let count = end_all(&tx, &mut books, ends, From::Anywhere, now).await?.len() as u64;
    let lots: usize = owners.iter().map(|owner| books.expire(owner, |_| true)).sum();
    books.close(&tx).await?;
    let why = Some("they had not ended; nothing was charged");
    tally::count(&tx, &request.id, Done::Canceled, "generation", count, why).await?;
    tally::count(&tx, &request.id, Done::Ended, "credit_lot", lots as u64, None).await?;
    tx.commit().await?;
    for id in ids {
        app.signals.tell(Signal::Moved(id));
    }
    Ok(true)
}

async fn forget_some(app: &App, request: &data_request::Model) -> Result<bool, DbErr> {
    let tx = app.db.begin().await?;
    let rows = file::Entity::find()
        .filter(file::Column::AccountId.eq(request.account_id.clone()))
        .limit(SOME)
        .lock_exclusive()
        .all(&tx)
        .await?;
    let count = rows.len() as u64;
    files::forget(&tx, rows, app.now()).await?;
    tally::count(&tx, &request.id, Done::Deleted, "file", count, None).await?;
    tx.commit().await?;
    Ok(count > 0)
}

/// Writes down what was kept, and why.
async fn finish(app: &App, lease: &Lease, request: &data_request::Model) -> Result<(), FulfilError> {
    use data_request::Column;
    let now = app.now();
    let tx = app.db.begin().await?;
    for table in REGISTER.iter().map(|holder| holder.table) {
        let Rows::Kept { why } = table.on_erasure else {
            continue;
        };
        let done = match has_cleared(table) {
            true => Done::Cleared,
            false => Done::Kept,
        };
        let count = count_rows(&tx, table, &request.account_id).await?;
        tally::count(&tx, &request.id, done, table.name, count, Some(why)).await?;
    }
    data_request::Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Fulfilled))
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::Id.eq(request.id.clone()))
        .filter(Column::Status.eq(Status::InProgress))
        .exec(&tx)
        .await?;
    // A worker that was only slow leaves the end to the one that took over.
    jobs::complete(&tx, lease).await??;
    tx.commit().await?;
    Ok(())
}
