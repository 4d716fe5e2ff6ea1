//! Cancelling a batch, a few generations at a time, so that no transaction is long.
//! It begins as soon as the wish is written down, whatever else is queued; should
//! this process die meanwhile, a job finishes it.

use std::sync::Arc;

use entity::{BatchId, GenerationId, Timestamp, batch, generation};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::app::App;
use crate::catalog::Catalog;
use crate::credits::{Books, Owner};
use crate::generations::cancel::stop;
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::jobs::{self, Lease, NewJob};
use crate::signals::Signal;

pub const ROUTE: &str = "batches.cancel";
pub const KIND: &str = "batch.cancel";

/// Generations that one transaction cancels.
const AT_ONCE: u64 = 250;

#[derive(Debug)]
pub enum Canceled {
    /// It is being canceled, or had ended before.
    Done(batch::Model),
    /// The idempotency key was used for the same request before.
    Replayed(batch::Model),
}

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error("there is no such batch")]
    NotFound,
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Has the rest of a batch canceled. One that has ended stays as it ended.
///
/// # Errors
/// When it is not the owner's.
pub async fn cancel(
    app: &App,
    catalog: &Arc<Catalog>,
    owner: &Owner,
    id: &BatchId,
    place: Option<&Place<'_>>,
) -> Result<Canceled, CancelError> {
    use batch::Column;
    let now = app.now();
    let tx = app.db.begin().await?;
    let find = || batch::Entity::of(&owner.account, owner.livemode).filter(Column::Id.eq(id.clone()));
    let row = find()
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(CancelError::NotFound)?;
    if let Some(place) = place {
        let answer = Answer {
            status: 200,
            resource: id.to_string(),
            sealed: None,
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            idempotency::recall(&tx, place, now).await??;
            return Ok(Canceled::Replayed(row));
        }
    }
    let begins = row.ended_at.is_none() && row.cancel_requested_at.is_none();
    if begins {
        batch::Entity::update_many()
            .col_expr(Column::CancelRequestedAt, Expr::value(now))
            .filter(Column::Id.eq(id.clone()))
            .exec(&tx)
            .await?;
        jobs::enqueue(&tx, vec![job(&row, now)], now).await?;
    }
    let row = find().one(&tx).await?.ok_or(CancelError::NotFound)?;
    tx.commit().await?;
    if begins {
        tokio::spawn(cancel_now(app.clone(), Arc::clone(catalog), row.clone()));
    }
    Ok(Canceled::Done(row))
}

fn job(row: &batch::Model, now: Timestamp) -> NewJob {
    NewJob {
        kind: KIND,
        subject: row.id.to_string(),
        account_id: Some(row.account_id.clone()),
        lane: jobs::HOUSE.to_owned(),
        run_at: now,
        deadline_at: None,
    }
}

async fn cancel_now(app: App, catalog: Arc<Catalog>, row: batch::Model) {
    let done = async {
        cancel_rest(&app, &catalog, &row).await?;
        jobs::cancel(app.db.write(), KIND, row.id.as_str()).await
    };
    if let Err(error) = done.await {
        tracing::warn!(%error, batch = %row.id, "a batch is not canceled yet; its job will see to it");
        app.signals.tell(Signal::Work);
    }
}

async fn cancel_rest(app: &App, catalog: &Catalog, row: &batch::Model) -> Result<(), DbErr> {
    let mut after = None;
    while let Some(last) = cancel_some(app, catalog, row, after).await? {
        after = Some(last);
    }
    Ok(())
}

/// Cancels what waits and asks what runs to stop. Safe to run twice.
///
/// # Errors
/// What the database answers; the job is tried again.
pub async fn cancel_job(app: &App, catalog: &Catalog, lease: &Lease) -> Result<(), DbErr> {
    let id: Option<BatchId> = lease.subject.parse().ok();
    let row = match id {
        Some(id) => batch::Entity::find_by_id(id).one(app.db.read()).await?,
        None => None,
    };
    if let Some(row) = row {
        cancel_rest(app, catalog, &row).await?;
    }
    jobs::drop_done(&app.db, lease).await
}

/// Stops a few, and says which was the last; `None` when none is left.
async fn cancel_some(
    app: &App,
    catalog: &Catalog,
    batch: &batch::Model,
    after: Option<GenerationId>,
) -> Result<Option<GenerationId>, DbErr> {
    use generation::Column;
    let now = app.now();
    let owner = Owner {
        account: batch.account_id.clone(),
        livemode: batch.livemode,
    };
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner], now).await?;
    let mut open = generation::Entity::find()
        .filter(Column::BatchId.eq(batch.id.clone()))
        .filter(Column::EndedAt.is_null());
    if let Some(after) = after {
        open = open.filter(Column::Id.gt(after));
    }
    // Locked: a run that begins now waits and finds it canceled, or has begun and is seen.
    let open = open
        .order_by_asc(Column::Id)
        .limit(AT_ONCE)
        .lock_exclusive()
        .all(&tx)
        .await?;
    let Some(last) = open.last().map(|row| row.id.clone()) else {
        return Ok(None);
    };
    let ids: Vec<GenerationId> = open.iter().map(|row| row.id.clone()).collect();
    stop(&tx, &mut books, catalog, open, now).await?;
    books.close(&tx).await?;
    tx.commit().await?;
    for id in ids {
        app.signals.tell(Signal::Moved(id));
    }
    Ok(Some(last))
}
