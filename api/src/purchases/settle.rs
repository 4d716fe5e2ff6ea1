//! From an announcement to credits: once, whatever the number, the order and the
//! process of its deliveries.
//!
//! One transaction: the wallet is locked, then the purchase, then the event is
//! written down. An event that stands there already was acted on. Different
//! events that say the same find the purchase moved on, and should that ever
//! fail, the database refuses a second lot for one purchase.

use entity::purchase::{self, Status};
use entity::{Timestamp, payment_event};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _, TryInsertResult,
};

use super::offers::Offers;
use super::owner_of;
use super::state::{self, Effect};
use crate::app::App;
use crate::credits::{Books, NewLot};
use crate::payments::Event;

/// Credits that were bought are spent after those that were given.
const PRIORITY: i32 = 10;

/// What an announcement came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    Moved(Status),
    /// It was news, and changed nothing.
    Unchanged,
    /// It was acted on before.
    Repeated,
    /// No purchase of this processor has that id.
    Unknown,
}

/// Acts on what a processor announced.
///
/// # Errors
/// What the database answers; the processor delivers it again then.
pub async fn settle(app: &App, offers: &Offers, processor: &str, event: &Event) -> Result<Settled, DbErr> {
    // Another processor's word about a purchase counts for nothing.
    let found = purchase::Entity::find_by_id(event.purchase.clone())
        .filter(purchase::Column::Processor.eq(processor))
        .one(app.db.read())
        .await?;
    let Some(found) = found else {
        tracing::warn!(processor, purchase = %event.purchase, "a payment was announced for no purchase of ours");
        return Ok(Settled::Unknown);
    };
    let owner = owner_of(&found);
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner], now).await?;
    let row = purchase::Entity::find_by_id(found.id)
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(event.purchase.to_string()))?;
    if !is_news(&tx, &row, event, now).await? {
        return Ok(Settled::Repeated);
    }
    let mut settled = Settled::Unchanged;
    if let Some((next, effect)) = state::after(row.status, event.announced)
        && move_to(&tx, &row, next, now).await?
    {
        settled = Settled::Moved(next);
        match effect {
            Effect::Grant => {
                // An offer that was withdrawn meanwhile sets no limit to what was sold under it.
                let expires_at = offers.find(&row.offer).and_then(|offer| offer.expires_at(now));
                let lot = NewLot {
                    amount: row.credits,
                    priority: PRIORITY,
                    purchase: Some(row.id.clone()),
                    reason: row.offer.clone(),
                    expires_at,
                };
                books.grant(&owner, lot);
            }
            Effect::TakeBack => drop(books.revoke(&tx, &owner, &row.id).await?),
            Effect::Nothing => {}
        }
    }
    books.close(&tx).await?;
    tx.commit().await?;
    tracing::info!(processor, purchase = %row.id, announced = event.announced.as_str(), ?settled, "a payment event");
    Ok(settled)
}

/// Writes the event down; `false` when it stands there already.
async fn is_news(
    tx: &impl ConnectionTrait,
    row: &purchase::Model,
    event: &Event,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let written = payment_event::Entity::insert(payment_event::ActiveModel {
        processor: Set(row.processor.clone()),
        event_id: Set(event.id.clone()),
        account_id: Set(row.account_id.clone()),
        purchase_id: Set(row.id.clone()),
        kind: Set(event.announced.as_str().to_owned()),
        received_at: Set(now),
    })
    .on_conflict_do_nothing()
    .exec_without_returning(tx)
    .await?;
    Ok(matches!(written, TryInsertResult::Inserted(1)))
}

/// Moves a purchase on from where it was read; `false` when it is elsewhere by now.
pub(super) async fn move_to(
    tx: &impl ConnectionTrait,
    row: &purchase::Model,
    next: Status,
    now: Timestamp,
) -> Result<bool, DbErr> {
    use purchase::Column;
    // Money that was returned or is in dispute was paid, even if nobody said so.
    let paid_at = match next {
        Status::Pending | Status::Failed => None,
        _ => row.paid_at.or(Some(now)),
    };
    let refunded_at = (next == Status::Refunded).then_some(now);
    let moved = purchase::Entity::update_many()
        .col_expr(Column::Status, Expr::value(next))
        .col_expr(Column::PaidAt, Expr::value(paid_at))
        .col_expr(Column::RefundedAt, Expr::value(refunded_at))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::Status.eq(row.status))
        .exec(tx)
        .await?;
    Ok(moved.rows_affected == 1)
}
