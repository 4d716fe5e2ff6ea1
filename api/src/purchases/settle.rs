//! From an announcement to credits: once, whatever the number, the order and the
//! process of its deliveries.
//!
//! One transaction: the wallet is locked, then the purchase, then the event is
//! written down. An event that stands there already was acted on. Different
//! events that say the same find the purchase moved on, and should that ever
//! fail, the database refuses a second lot for one purchase.

use entity::purchase::{self, Status};
use entity::{Money, Timestamp, account, payment_event};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _, TryInsertResult,
};
use serde_json::json;

use super::offers::Offers;
use super::owner_of;
use super::state::{self, Effect};
use super::{refund, view};
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::credits::{Books, NewLot, Owner};
use crate::events::{self, NewEvent};
use crate::jobs;
use crate::payments::Event;
use crate::signals::Signal;

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
    // Behind the wallet: an erasure comes before, or takes what is granted here.
    let buyer = account::Entity::find_by_id(row.account_id.clone())
        .one(&tx)
        .await?;
    let buyer = buyer.filter(|buyer| buyer.status != account::Status::Erased);
    let mut settled = Settled::Unchanged;
    let moves = state::after(row.status, event.announced);
    if let Some((next, effect)) = moves.map(|moves| state::for_buyer(moves, buyer.is_some()))
        && move_to(&tx, &row, next, now).await?
    {
        settled = Settled::Moved(next);
        match effect {
            Effect::Grant => {
                mail_receipt(&tx, app, offers, (&row, buyer), now).await?;
                // An offer that was withdrawn meanwhile sets no limit to what was sold under it.
                let expires_at = offers.find(&row.offer).and_then(|offer| offer.expires_at(now));
                books.grant(&owner, lot_of(&row, expires_at));
            }
            Effect::TakeBack => drop(books.revoke(&tx, &owner, &row.id).await?),
            Effect::Return => jobs::enqueue(&tx, vec![refund::job(&row.id, now)], now).await?,
            Effect::Nothing => {}
        }
    }
    books.close(&tx).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    tracing::info!(processor, purchase = %row.id, announced = event.announced.as_str(), ?settled, "a payment event");
    Ok(settled)
}

/// What was bought.
pub(super) fn lot_of(row: &purchase::Model, expires_at: Option<Timestamp>) -> NewLot {
    NewLot {
        amount: row.credits,
        priority: PRIORITY,
        purchase: Some(row.id.clone()),
        reason: row.offer.clone(),
        expires_at,
    }
}

/// Thanks the buyer, with all that a receipt says.
async fn mail_receipt(
    tx: &impl ConnectionTrait,
    app: &App,
    offers: &Offers,
    (row, buyer): (&purchase::Model, Option<account::Model>),
    now: Timestamp,
) -> Result<(), DbErr> {
    let Some(to) = buyer.and_then(|buyer| buyer.email) else {
        return Ok(());
    };
    let price = Money {
        amount: row.amount,
        currency: row.currency.clone(),
    };
    let offer = offers.find(&row.offer);
    let text = Text::Receipt {
        number: view::number(&row.id),
        paid_at: now,
        offer: offer.map_or_else(|| row.offer.clone(), |offer| offer.display_name.clone()),
        credits: row.credits.to_string(),
        price: price.to_string(),
        seller: app.config.policy.controller.clone(),
    };
    emails::post(tx, app, &row.account_id, &to, &text, now).await?;
    Ok(())
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
        (Status::Pending | Status::Failed, Status::Paid) => events::Kind::PurchasePaid,
        (_, Status::Refunded) => events::Kind::PurchaseRefunded,
        _ => return Ok(()),
    };
    let event = NewEvent {
        owner: Owner {
            account: row.account_id.clone(),
            livemode: row.livemode,
        },
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
