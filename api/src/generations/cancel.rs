//! Cancelling: at once while it waits, by asking the provider while it runs.

use entity::generation::{self, Status};
use entity::{GenerationId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::end::{End, From, end, end_all};
use super::state;
use crate::app::App;
use crate::catalog::Catalog;
use crate::credits::{Books, Owner};
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::signals::Signal;

pub const ROUTE: &str = "generations.cancel";

#[derive(Debug)]
pub enum Canceled {
    /// It is canceled, was asked to stop, or had ended before.
    Done(generation::Model),
    /// The idempotency key was used for the same request before.
    Replayed(generation::Model),
}

#[derive(Debug, thiserror::Error)]
pub enum CancelError {
    #[error("there is no such generation")]
    NotFound,
    #[error("the model can't stop what runs")]
    NotCancelable,
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Cancels, or asks for it. One that has ended stays as it ended.
///
/// # Errors
/// When it is not the owner's, or runs and can't be stopped.
pub async fn cancel(
    app: &App,
    catalog: &Catalog,
    owner: &Owner,
    id: &GenerationId,
    place: Option<&Place<'_>>,
) -> Result<Canceled, CancelError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [owner], now).await?;
    let find = || {
        generation::Entity::of(&owner.account, owner.livemode).filter(generation::Column::Id.eq(id.clone()))
    };
    // Locked: a run that begins now waits and finds it canceled, or has begun and is seen.
    let row = find()
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(CancelError::NotFound)?;
    if let Some(place) = place
        && !idempotency::remember(&tx, place, answer(id), now).await?
    {
        idempotency::recall(&tx, place, now).await??;
        return Ok(Canceled::Replayed(row));
    }
    match row.status {
        status if state::has_ended(status) => {
            tx.commit().await?;
            return Ok(Canceled::Done(row));
        }
        Status::Queued => {
            end(&tx, &mut books, &row, End::Canceled, now).await?;
            books.close(&tx).await?;
        }
        _ => {
            let cancelable = catalog
                .find(&row.model_resolved)
                .is_none_or(|model| model.row.cancelable);
            if !cancelable {
                return Err(CancelError::NotCancelable);
            }
            request(&tx, id, now).await?;
        }
    }
    let row = find().one(&tx).await?.ok_or(CancelError::NotFound)?;
    tx.commit().await?;
    app.signals.tell(Signal::Moved(id.clone()));
    Ok(Canceled::Done(row))
}

fn answer(id: &GenerationId) -> Answer {
    Answer {
        status: 200,
        resource: id.to_string(),
        sealed: None,
    }
}

/// Cancels many, whose rows are locked; what runs and can't be stopped goes on.
///
/// # Errors
/// What the database answers.
pub async fn stop(
    tx: &impl sea_orm::ConnectionTrait,
    books: &mut Books,
    catalog: &Catalog,
    rows: Vec<generation::Model>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let (waiting, begun): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.status == Status::Queued);
    let ends = waiting.into_iter().map(|row| (row, End::Canceled)).collect();
    end_all(tx, books, ends, From::Queue, now).await?;
    let running = begun.iter().filter(|row| row.status == Status::Running);
    for row in running.filter(|row| is_cancelable(catalog, row)) {
        request(tx, &row.id, now).await?;
    }
    Ok(())
}

fn is_cancelable(catalog: &Catalog, row: &generation::Model) -> bool {
    let model = catalog.find(&row.model_resolved);
    model.is_none_or(|model| model.row.cancelable)
}

async fn request(tx: &impl sea_orm::ConnectionTrait, id: &GenerationId, now: Timestamp) -> Result<(), DbErr> {
    use generation::Column;
    generation::Entity::update_many()
        .col_expr(Column::CancelRequestedAt, Expr::value(now))
        .filter(Column::Id.eq(id.clone()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::CancelRequestedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
