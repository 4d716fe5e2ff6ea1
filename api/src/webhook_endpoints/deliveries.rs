//! A delivery: one event on its way to one receiver.

use entity::{DeliveryId, Timestamp, delivery, event, webhook_endpoint};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr};
use url::Url;

use super::lanes::wake;
use crate::bulk;
use crate::credits::Owner;
use crate::secrets::sha256_hex;

/// The event on its way to an endpoint.
pub fn to_endpoint(
    event: &event::Model,
    endpoint: &webhook_endpoint::Model,
    now: Timestamp,
) -> delivery::ActiveModel {
    delivery::ActiveModel {
        endpoint_id: Set(Some(endpoint.id.clone())),
        lane_id: Set(endpoint.id.to_string()),
        ..on_its_way(event, now)
    }
}

/// The event on its way once more to where it went before.
#[must_use]
pub fn to_same(event: &event::Model, before: &delivery::Model, now: Timestamp) -> delivery::ActiveModel {
    delivery::ActiveModel {
        endpoint_id: Set(before.endpoint_id.clone()),
        url: Set(before.url.clone()),
        lane_id: Set(before.lane_id.clone()),
        ..on_its_way(event, now)
    }
}

/// The event on its way to a request's own address.
pub(super) fn to_url(event: &event::Model, url: &str, now: Timestamp) -> delivery::ActiveModel {
    let origin = Url::parse(url).map(|url| url.origin().ascii_serialization());
    let origin = origin.unwrap_or_default();
    // One lane a receiver, not one an address: query strings may name each request.
    let digest = sha256_hex(format!("{}\n{}\n{origin}", event.account_id, event.livemode).as_bytes());
    delivery::ActiveModel {
        url: Set(Some(url.to_owned())),
        lane_id: Set(format!("url_{}", &digest[..32])),
        ..on_its_way(event, now)
    }
}

fn on_its_way(event: &event::Model, now: Timestamp) -> delivery::ActiveModel {
    delivery::ActiveModel {
        id: Set(DeliveryId::new(now)),
        account_id: Set(event.account_id.clone()),
        livemode: Set(event.livemode),
        lane_id: Set(String::new()),
        endpoint_id: Set(None),
        event_id: Set(event.id.clone()),
        kind: Set(event.kind),
        subject: Set(event.subject.clone()),
        url: Set(None),
        status: Set(delivery::Status::Pending),
        attempts: Set(0),
        next_attempt_at: Set(Some(now)),
        last_attempt_at: Set(None),
        status_code: Set(None),
        error: Set(None),
        response_excerpt: Set(None),
        milliseconds: Set(None),
        created_at: Set(now),
        ended_at: Set(None),
    }
}

/// Whose the delivery is.
pub(super) fn owner_of(row: &delivery::ActiveModel) -> Owner {
    Owner {
        account: row.account_id.as_ref().clone(),
        livemode: *row.livemode.as_ref(),
    }
}

/// Writes deliveries to one receiver and wakes its lane.
///
/// # Errors
/// What the database answers.
pub async fn write(
    tx: &impl ConnectionTrait,
    deliveries: Vec<delivery::ActiveModel>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let Some(first) = deliveries.first() else {
        return Ok(());
    };
    wake(tx, first.lane_id.as_ref(), &owner_of(first), now).await?;
    bulk::insert(tx, deliveries).await?;
    Ok(())
}
