//! Refunds: the credits are taken back at once, the money returned by a job.
//!
//! What is left of a purchase is refunded, once, at its share of the price. Nobody
//! can spend what is being refunded; should the processor refuse, the credits come
//! back.

use entity::purchase::{self, Status};
use entity::{Credits, PurchaseId, Timestamp};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::give::{buyer, give};
use super::offers::Offers;
use super::settle::{act, locked, move_to};
use super::{owner_of, price_of, refund_of};
use crate::app::App;
use crate::credits::{Books, Owner};
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::jobs::{self, Lease, LeaseLost, NewJob};
use crate::payments::{Announced, Event, GatewayError, Refund};
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
    #[error("generations under way hold credits of it")]
    Held(Credits),
    #[error("what is left of its credits is worth nothing")]
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
/// When it is not the owner's, was not paid, is held by generations or used up.
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
    let lot = books.lot_of_purchase(&tx, owner, id).await?;
    let (unspent, held) = lot.map_or((Credits::ZERO, Credits::ZERO), |lot| (lot.remaining, lot.held));
    if held.is_positive() {
        return Err(RefundError::Held(held));
    }
    let amount = share(row.amount, unspent, row.credits).ok_or(RefundError::Used {
        credits: row.credits,
        unspent,
    })?;
    let row = purchase::Model {
        refund_amount: Some(amount),
        ..row
    };
    books.freeze(&tx, owner, id).await?;
    move_to(&tx, &row, Status::Refunding, now).await?;
    jobs::enqueue(&tx, vec![job(id, now)], now).await?;
    books.close(&tx).await?;
    let row = find().one(&tx).await?.ok_or(RefundError::NotFound)?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(Refunded::Begun(row))
}

/// What the credits that are left were bought for, in whole minor units; `None` when
/// that is nothing.
fn share(price: i64, unspent: Credits, credits: Credits) -> Option<i64> {
    let share = i128::from(price) * i128::from(unspent.micro()) / i128::from(credits.micro());
    i64::try_from(share).ok().filter(|share| *share > 0)
}

/// Has the money of a purchase returned. No account is named: money that is owed
/// outlives an erasure of the account's own jobs.
pub(super) fn job(id: &PurchaseId, now: Timestamp) -> NewJob {
    NewJob {
        kind: KIND,
        subject: id.to_string(),
        account_id: None,
        lane: jobs::PAYMENTS.to_owned(),
        run_at: now,
        deadline_at: None,
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
/// returns it once, and that it did so is an announcement like its own. Money that
/// went counts, wherever a dispute has moved the purchase meanwhile.
///
/// # Errors
/// What keeps it from being returned now; the job is tried again.
pub async fn refund_job(app: &App, offers: &Offers, lease: &Lease) -> Result<(), RefundJobError> {
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
        amount: refund_of(&row).unwrap_or_else(|| price_of(&row)),
    };
    let refused = match gateway.refund(&refund).await {
        Ok(()) => None,
        Err(GatewayError::Refused(why)) => Some(why),
        Err(error) => return Err(error.into()),
    };
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner_of(&row)], now).await?;
    let row = locked(&tx, &row.id).await?;
    match refused {
        None => {
            // What the processor may announce besides, in words of its own.
            let event = Event {
                id: format!("refund:{}", row.id),
                purchase: row.id.clone(),
                announced: Announced::Refunded,
                dispute: None,
            };
            act(&tx, (app, offers), &mut books, &row, &event, now).await?;
        }
        Some(why) => {
            tracing::warn!(purchase = %row.id, why, "the processor refused a refund: the credits come back");
            // Unless the purchase moved on meanwhile.
            if row.status == Status::Refunding && move_to(&tx, &row, Status::Paid, now).await? {
                let buyer = buyer(&tx, &row).await?;
                give(&tx, (app, offers), &mut books, &row, buyer.as_ref(), now).await?;
            }
        }
    }
    books.close(&tx).await?;
    // A worker that was only slow leaves the end to the one that took over.
    jobs::complete(&tx, lease).await??;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_rounded_down_to_whole_minor_units() {
        let credits = |micro| Credits::from_micro(micro);
        let all = credits(100_000_000);
        assert_eq!(share(900, all, all), Some(900));
        assert_eq!(share(900, credits(99_997_000), all), Some(899));
        assert_eq!(share(900, credits(50_000_000), all), Some(450));
        // Worth less than the smallest coin.
        assert_eq!(share(900, credits(111_111), all), None);
        assert_eq!(share(900, credits(0), all), None);
        assert_eq!(share(i64::MAX, all, all), Some(i64::MAX));
    }
}
