//! Sending once more what was sent before, to where it went.

use entity::{DeliveryId, delivery, event, webhook_endpoint};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, QueryFilter as _};

use crate::app::App;
use crate::credits::Owner;
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::signals::Signal;
use crate::webhook_endpoints::{stays_open, to_same, write_deliveries};

pub const ROUTE: &str = "webhook_deliveries.replay";

#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    #[error("there is no such delivery")]
    NotFound,
    #[error("the account is closed")]
    AccountGone,
    #[error("the endpoint was deleted")]
    EndpointGone,
    #[error("the endpoint is disabled")]
    Disabled,
    #[error("what it tells of was erased, and the address with it")]
    Erased,
    #[error("the event is no longer kept")]
    EventGone,
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

pub struct Replayed {
    pub row: delivery::Model,
    /// The idempotency key was used for the same request before.
    pub replayed: bool,
}

/// Has a delivery's event sent once more to where it went, whether it arrived or
/// not: a delivery of its own, so that the log keeps both.
///
/// # Errors
/// When there is no such delivery, or nothing can be sent there any more.
pub async fn replay(
    app: &App,
    owner: &Owner,
    id: &DeliveryId,
    place: Option<&Place<'_>>,
) -> Result<Replayed, ReplayError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    if !stays_open(&tx, &owner.account).await? {
        return Err(ReplayError::AccountGone);
    }
    let before = load(&tx, owner, id).await?;
    let new = DeliveryId::new(now);
    if let Some(place) = place {
        let answer = Answer {
            status: 202,
            resource: new.to_string(),
            sealed: None,
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            let answer = idempotency::recall(&tx, place, now).await??;
            let id = answer.and_then(|answer| answer.resource.parse().ok());
            let row = load(&tx, owner, &id.ok_or(ReplayError::NotFound)?).await?;
            return Ok(Replayed { row, replayed: true });
        }
    }
    may_go(&tx, owner, &before).await?;
    let event = event::Entity::of(&owner.account, owner.livemode)
        .filter(event::Column::Id.eq(before.event_id.clone()))
        .one(&tx)
        .await?
        .ok_or(ReplayError::EventGone)?;
    let again = delivery::ActiveModel {
        id: Set(new.clone()),
        ..to_same(&event, &before, now)
    };
    write_deliveries(&tx, vec![again], now).await?;
    let row = load(&tx, owner, &new).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(Replayed { row, replayed: false })
}

async fn load(
    tx: &impl ConnectionTrait,
    owner: &Owner,
    id: &DeliveryId,
) -> Result<delivery::Model, ReplayError> {
    delivery::Entity::of(&owner.account, owner.livemode)
        .filter(delivery::Column::Id.eq(id.clone()))
        .one(tx)
        .await?
        .ok_or(ReplayError::NotFound)
}

/// Whether there still is somewhere to send it.
async fn may_go(
    tx: &impl ConnectionTrait,
    owner: &Owner,
    before: &delivery::Model,
) -> Result<(), ReplayError> {
    let Some(endpoint) = &before.endpoint_id else {
        return before.url.as_ref().map(drop).ok_or(ReplayError::Erased);
    };
    let endpoint = webhook_endpoint::Entity::of(&owner.account, owner.livemode)
        .filter(webhook_endpoint::Column::Id.eq(endpoint.clone()))
        .one(tx)
        .await?;
    match endpoint {
        None => Err(ReplayError::EndpointGone),
        Some(endpoint) if !endpoint.enabled => Err(ReplayError::Disabled),
        Some(_) => Ok(()),
    }
}
