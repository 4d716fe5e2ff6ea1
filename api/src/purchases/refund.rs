//! Refunds: the credits are taken back at once, the money returned by a job.
//!
//! Only a purchase of which no credit was touched is refunded, and in full.
//! Nobody can spend what is being refunded; should the processor refuse, the
//! credits come back.

use entity::purchase::{self, Status};
use entity::{Credits, PurchaseId, Timestamp, credit_lot};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::settle::{lot_of, move_to};
use super::{owner_of, price_of};
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::jobs::{self, Lease, LeaseLost, NewJob};
use crate::payments::{GatewayError, Refund};
use crate::signals::Signal;

pub const KIND: &str = "purchase.refund";

pub const ROUTE: &str = "purchases.refund";

impl From<KeyReused> for RefundError {
    fn from(_: KeyReused) -> Self {
        Self::KeyReused
    }
}

#[derive(Debug, Clone)]
pub enum Refunded {
    /// It is being refunded, or was before.
    Begun(purchase::Model),
    /// The idempotency key was used for the same request before.
    Replayed(purchase::Model),
}

#[derive(Debug, thiserror::Error)]
pub enum RefundError {
    #[error("there is no such purchase")]
    NotFound,
    #[error("nothing was paid")]
    NotPaid { status: Status },
    #[error("credits of it are spent, held or expired")]
    Used { credits: Credits, unspent: Credits },
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Takes the credits back and has the money returned. A purchase that is being
/// refunded or was refunded stays as it is.
///
/// # Errors
/// When it is not the owner's, was not paid, or its credits were touched.
pub async fn refund(
    app: &App,
    owner: &Owner,
    id: &PurchaseId,
    place: Option<&Place<'_>>,
) -> Result<Refunded, RefundError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [owner], now).await?;
    let find =
        || purchase::Entity::of(&owner.account, owner.livemode).filter(purchase::Column::Id.eq(id.clone()));
    let row = find()
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(RefundError::NotFound)?;
    if let Some(place) = place {
        let answer = Answer {
            status: 200,
            resource: id.to_string(),
            sealed: None,
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            idempotency::recall(&tx, place, now).await??;
            return Ok(Refunded::Replayed(row));
        }
    }
    match row.status {
        Status::Paid => {}
        Status::Refunding | Status::Refunded => {
            tx.commit().await?;
            return Ok(Refunded::Begun(row));
        }
        status => return Err(RefundError::NotPaid { status }),
    }
    let unspent = books
        .lot_of_purchase(owner, id)
        .map_or(Credits::ZERO, |lot| lot.remaining);
    if unspent != row.credits {
        return Err(RefundError::Used {
            credits: row.credits,
            unspent,
        });
    }
    books.take_back(owner, id);
    move_to(&tx, &row, Status::Refunding, now).await?;
    jobs::enqueue(&tx, vec![job(id, now)], now).await?;
    books.close(&tx).await?;
    let row = find().one(&tx).await?.ok_or(RefundError::NotFound)?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(Refunded::Begun(row))
}

/// Has the money of a purchase returned. No account is named: money that is owed
/// outlives an erasure of the account's own jobs.
pub(super) fn job(id: &PurchaseId, now: Timestamp) -> NewJob {
    NewJob {
        kind: KIND,
        subject: id.to_string(),
        account_id: None,
        lane: jobs::HOUSE.to_owned(),
        run_at: now,
    }
}

#[derive(Debug, thiserror::Error)]
pub enum RefundJobError {
    #[error("the job's subject is no purchase")]
    BadSubject,
    #[error("the processor `{0}` is not configured")]
    NoProcessor(String),
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    LeaseLost(#[from] LeaseLost),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The job: has the processor return the money. Safe to run twice: the processor
/// returns it once, and only the first to say so moves the purchase.
///
/// # Errors
/// What keeps it from being returned now; the job is tried again.
pub async fn refund_job(app: &App, lease: &Lease) -> Result<(), RefundJobError> {
    let id: PurchaseId = lease.subject.parse().map_err(|_| RefundJobError::BadSubject)?;
    let row = purchase::Entity::find_by_id(id).one(app.db.read()).await?;
    let Some(row) = row.filter(|row| row.status == Status::Refunding) else {
        jobs::complete(app.db.write(), lease).await??;
        return Ok(());
    };
    let gateway = app
        .gateways
        .find(&row.processor)
        .ok_or_else(|| RefundJobError::NoProcessor(row.processor.clone()))?;
    let refund = Refund {
        purchase: row.id.clone(),
        price: price_of(&row),
    };
    let refused = match gateway.refund(&refund).await {
        Ok(()) => None,
        Err(GatewayError::Refused(why)) => Some(why),
        Err(error) => return Err(error.into()),
    };
    let now = app.now();
    let owner = owner_of(&row);
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner], now).await?;
    match refused {
        None => drop(move_to(&tx, &row, Status::Refunded, now).await?),
        Some(why) => {
            tracing::warn!(purchase = %row.id, why, "the processor refused a refund: the credits come back");
            restore(&tx, &mut books, &owner, &row, now).await?;
        }
    }
    books.close(&tx).await?;
    // A worker that was only slow leaves the end to the one that took over.
    jobs::complete(&tx, lease).await??;
    tx.commit().await?;
    Ok(())
}

/// Gives the credits back, unless the purchase moved on meanwhile.
async fn restore(
    tx: &impl ConnectionTrait,
    books: &mut Books,
    owner: &Owner,
    row: &purchase::Model,
    now: Timestamp,
) -> Result<(), DbErr> {
    if !move_to(tx, row, Status::Paid, now).await? {
        return Ok(());
    }
    let lot = credit_lot::Entity::find()
        .filter(credit_lot::Column::PurchaseId.eq(row.id.clone()))
        .one(tx)
        .await?;
    match lot {
        Some(lot) => {
            let amount = lot.refunded;
            books.restore(owner, lot, amount);
        }
        // Of a buyer who was gone when it was paid: it is sold all the same, and ends.
        None => books.grant(owner, lot_of(row, Some(now))),
    }
    Ok(())
}
