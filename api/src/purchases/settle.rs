//! From an announcement to credits: once, whatever the number, the order and the
//! process of its deliveries.
//!
//! One transaction: the wallet is locked, then the purchase, then the event is
//! written down. An event that stands there already was acted on. All that were
//! written down say where the purchase stands; should it ever be given twice, the
//! database refuses a second lot for one purchase.

use entity::purchase::{self, Status};
use entity::{PurchaseId, Timestamp, payment_event};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _, TryInsertResult,
};
use serde_json::json;

use super::give::{buyer, give};
use super::offers::Offers;
use super::state::{self, Effect, Told};
use super::{owner_of, refund};
use crate::app::App;
use crate::credits::Books;
use crate::events::{self, NewEvent};
use crate::jobs;
use crate::payments::{Announced, Event};
use crate::signals::Signal;

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
    let row = locked(&tx, &found.id).await?;
    let settled = act(&tx, (app, offers), &mut books, &row, event, now).await?;
    books.close(&tx).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    tracing::info!(processor, purchase = %row.id, announced = event.announced.as_str(), ?settled, "a payment event");
    Ok(settled)
}

/// The purchase, locked behind its owner's wallet.
pub(super) async fn locked(tx: &impl ConnectionTrait, id: &PurchaseId) -> Result<purchase::Model, DbErr> {
    purchase::Entity::find_by_id(id.clone())
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(id.to_string()))
}

/// Acts on what is announced of a purchase that is locked.
///
/// # Errors
/// What the database answers.
pub(super) async fn act(
    tx: &impl ConnectionTrait,
    (app, offers): (&App, &Offers),
    books: &mut Books,
    row: &purchase::Model,
    event: &Event,
    now: Timestamp,
) -> Result<Settled, DbErr> {
    if !is_news(tx, row, event, now).await? {
        return Ok(Settled::Repeated);
    }
    let Some(moves) = state::after(row.status, told(tx, &row.id).await?) else {
        return Ok(Settled::Unchanged);
    };
    let buyer = buyer(tx, row).await?;
    let (next, effect) = state::for_buyer(row.status, moves, buyer.is_some());
    if !move_to(tx, row, next, now).await? {
        return Ok(Settled::Unchanged);
    }
    match effect {
        Effect::Give => give(tx, (app, offers), books, row, buyer.as_ref(), now).await?,
        Effect::TakeBack => books.freeze(tx, &owner_of(row), &row.id).await?,
        Effect::Return => jobs::enqueue(tx, vec![refund::job(&row.id, now)], now).await?,
        Effect::Nothing => {}
    }
    Ok(Settled::Moved(next))
}

/// All that was announced of a purchase. One that repeats itself says no more.
async fn told(tx: &impl ConnectionTrait, purchase: &PurchaseId) -> Result<Told, DbErr> {
    let told: Vec<(String, Option<String>)> = payment_event::Entity::find()
        .select_only()
        .column(payment_event::Column::Kind)
        .column(payment_event::Column::Dispute)
        .distinct()
        .filter(payment_event::Column::PurchaseId.eq(purchase.clone()))
        .into_tuple()
        .all(tx)
        .await?;
    let told = told.into_iter();
    Ok(Told::of(told.filter_map(|(kind, dispute)| {
        Some((Announced::parse(&kind)?, dispute))
    })))
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
        dispute: Set(event.dispute.clone()),
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
        Status::Pending | Status::Failed | Status::Expired => None,
        _ => row.paid_at.or(Some(now)),
    };
    let refunded_at = match next {
        Status::Refunded | Status::ChargedBack => row.refunded_at.or(Some(now)),
        _ => None,
    };
    // What is disputed may have been on its way back already.
    let refund_amount = match next {
        Status::Refunding | Status::Refunded => row.refund_amount.or(Some(row.amount)),
        Status::ChargedBack => Some(row.amount),
        Status::Disputed => row.refund_amount,
        _ => None,
    };
    let ask_at = match next {
        Status::Pending | Status::Failed => row.ask_at,
        _ => None,
    };
    let moved = purchase::Entity::update_many()
        .col_expr(Column::Status, Expr::value(next))
        .col_expr(Column::PaidAt, Expr::value(paid_at))
        .col_expr(Column::RefundedAt, Expr::value(refunded_at))
        .col_expr(Column::RefundAmount, Expr::value(refund_amount))
        .col_expr(Column::AskAt, Expr::value(ask_at))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::Status.eq(row.status))
        .exec(tx)
        .await?;
    if moved.rows_affected == 0 {
        return Ok(false);
    }
    tell(tx, row, next, now).await?;
    Ok(true)
}

/// Money that came or went back is an event. A refund that was begun and failed
/// leaves a purchase paid as it was.
async fn tell(
    tx: &impl ConnectionTrait,
    row: &purchase::Model,
    next: Status,
    now: Timestamp,
) -> Result<(), DbErr> {
    let kind = match (row.status, next) {
        (Status::Pending | Status::Failed | Status::Expired, Status::Paid) => events::Kind::PurchasePaid,
        (Status::Disputed, Status::Paid) => events::Kind::PurchaseDisputeWon,
        (_, Status::Refunded) => events::Kind::PurchaseRefunded,
        (_, Status::Disputed) => events::Kind::PurchaseDisputed,
        (_, Status::ChargedBack) => events::Kind::PurchaseDisputeLost,
        _ => return Ok(()),
    };
    let event = NewEvent {
        owner: owner_of(row),
        kind,
        subject: row.id.to_string(),
        data: json!({
            "id": row.id,
            "status": next.to_value(),
            "offer": row.offer,
            "price": {"amount": row.amount, "currency": row.currency},
            "credits": row.credits.to_string(),
            "created_at": row.created_at.to_string(),
        }),
    };
    events::record(tx, vec![event], now).await
}
