//! Purchases that nobody pays. A word of the processor's may be lost, so it is asked:
//! soon at first, then ever less often, whoever is due longest first, so that each gets
//! its turn. What nobody paid in time expires; money that comes all the same counts.

use std::time::Duration;

use entity::purchase::{self, Status};
use entity::{Timestamp, payment_event};
use futures_util::future::join_all;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use tokio::time::{sleep, timeout};

use super::offers::Offers;
use super::price_of;
use super::settle::settle;
use crate::app::App;
use crate::payments::{Announced, Event, GatewayError, Query};

/// When a processor is asked first: most have told by then.
pub(super) const FIRST: Duration = Duration::from_secs(10 * 60);

/// The longest between two questions.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a buyer may take to begin to pay.
const TO_BEGIN: Duration = Duration::from_secs(24 * 60 * 60);

/// How long money may be on its way.
const TO_ARRIVE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Purchases that are asked about side by side.
const SOME: u64 = 16;

/// How long a processor may take to answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often it is looked who is due.
const LOOK: Duration = Duration::from_secs(5);

/// Asks until the process is asked to stop.
pub async fn keep_asking(app: App, offers: Offers) {
    while !app.shutdown.is_cancelled() {
        if let Err(error) = ask_due(&app, &offers).await {
            tracing::warn!(%error, "processors could not be asked about purchases; trying again");
        }
        tokio::select! {
            () = app.shutdown.cancelled() => {}
            () = sleep(LOOK) => {}
        }
    }
}

/// Asks about all that are due.
///
/// # Errors
/// What the database answers.
pub async fn ask_due(app: &App, offers: &Offers) -> Result<(), DbErr> {
    use purchase::Column;
    while !app.shutdown.is_cancelled() {
        let now = app.now();
        let due = purchase::Entity::find()
            .filter(Column::AskAt.lte(now))
            .filter(Column::Status.is_in([Status::Pending, Status::Failed]))
            .order_by_asc(Column::AskAt)
            .limit(SOME)
            .all(app.db.read())
            .await?;
        if due.is_empty() {
            break;
        }
        for asked in join_all(due.iter().map(|row| ask(app, offers, row, now))).await {
            asked?;
        }
    }
    Ok(())
}

/// Asks about one, unless another process does.
async fn ask(app: &App, offers: &Offers, row: &purchase::Model, now: Timestamp) -> Result<(), DbErr> {
    use purchase::Column;
    let age = now.since(row.created_at);
    // Its next turn comes first: whoever keeps the processor busy holds up nobody.
    let next = now.plus((age / 2).clamp(FIRST, LONGEST));
    let mine = purchase::Entity::update_many()
        .col_expr(Column::AskAt, Expr::value(next))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::AskAt.eq(row.ask_at))
        .exec(app.db.write())
        .await?;
    if mine.rows_affected == 0 {
        return Ok(());
    }
    let answer = answer(app, row).await;
    let nobody = matches!(
        answer,
        Ok(None | Some(Announced::Failed)) | Err(GatewayError::Refused(_))
    );
    let announced = match answer {
        Ok(Some(told)) if !matches!(told, Announced::Pending | Announced::Failed) => told,
        _ if age >= TO_ARRIVE => Announced::Expired,
        _ if nobody && age >= TO_BEGIN && !began(app, row).await? => Announced::Expired,
        Ok(Some(Announced::Failed)) => Announced::Failed,
        _ => return Ok(()),
    };
    let event = Event {
        id: format!("asked:{}:{}", row.id, announced.as_str()),
        purchase: row.id.clone(),
        announced,
        dispute: None,
    };
    settle(app, offers, &row.processor, &event).await.map(drop)
}

/// What the processor says.
async fn answer(app: &App, row: &purchase::Model) -> Result<Option<Announced>, GatewayError> {
    let unavailable = || GatewayError::Unavailable(row.processor.clone());
    let gateway = app.gateways.find(&row.processor).ok_or_else(unavailable)?;
    let query = Query {
        purchase: row.id.clone(),
        price: price_of(row),
    };
    let answer = timeout(PATIENCE, gateway.ask(&query)).await;
    let answer = answer.unwrap_or_else(|_| Err(unavailable()));
    if let Err(error) = &answer {
        tracing::warn!(purchase = %row.id, %error, "a processor did not say whether a purchase was paid");
    }
    answer
}

/// Whether the processor told that money is on its way.
async fn began(app: &App, row: &purchase::Model) -> Result<bool, DbErr> {
    let told = payment_event::Entity::find()
        .filter(payment_event::Column::PurchaseId.eq(row.id.clone()))
        .filter(payment_event::Column::Kind.eq(Announced::Pending.as_str()))
        .limit(1);
    Ok(told.one(app.db.read()).await?.is_some())
}
