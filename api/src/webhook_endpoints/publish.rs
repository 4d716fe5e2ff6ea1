//! From events to deliveries: what is new is numbered, and written once for every
//! receiver that wants it, all in one transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::event::Kind;
use entity::{AccountId, DeliveryId, Timestamp, delivery, event, webhook_endpoint};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};
use url::Url;

use super::lanes::wake;
use super::open::unerased;
use super::wishes::wants;
use crate::app::App;
use crate::bulk;
use crate::credits::Owner;
use crate::events;
use crate::secrets::sha256_hex;

/// Events in one transaction.
const SOME: u64 = 250;

/// Publishes some of what is new; `false` when nothing was.
pub async fn publish(app: &App) -> Result<bool, DbErr> {
    if !events::waits(app.db.read()).await? {
        return Ok(false);
    }
    let now = app.now();
    let tx = app.db.begin().await?;
    let new = events::take(&tx, SOME).await?;
    if new.is_empty() {
        return Ok(false);
    }
    let endpoints = endpoints_of(&tx, &new).await?;
    let mut deliveries = Vec::new();
    for event in &new {
        let owner = (event.account_id.clone(), event.livemode);
        for endpoint in endpoints.get(&owner).into_iter().flatten() {
            if is_for(event, endpoint) {
                deliveries.push(to_endpoint(event, endpoint, now));
            }
        }
        if let Some(url) = &event.webhook_url {
            deliveries.push(to_url(event, url, now));
        }
    }
    // An erasure that begins now takes what is written here with it.
    let accounts = deliveries.iter().map(|row| row.account_id.clone().unwrap());
    let unerased = unerased(&tx, accounts.collect()).await?;
    deliveries.retain(|row| unerased.contains(row.account_id.as_ref()));
    write(&tx, deliveries, now).await?;
    tx.commit().await?;
    Ok(true)
}

type Owned = (AccountId, bool);

async fn endpoints_of(
    tx: &impl ConnectionTrait,
    events: &[event::Model],
) -> Result<HashMap<Owned, Vec<webhook_endpoint::Model>>, DbErr> {
    use webhook_endpoint::Column;
    let accounts: BTreeSet<AccountId> = events.iter().map(|event| event.account_id.clone()).collect();
    let rows = webhook_endpoint::Entity::find()
        .filter(Column::AccountId.is_in(bulk::filled(accounts)))
        .filter(Column::DeletedAt.is_null())
        .filter(Column::Enabled.eq(true))
        .all(tx)
        .await?;
    let mut by_owner: HashMap<Owned, Vec<_>> = HashMap::new();
    for row in rows {
        by_owner
            .entry((row.account_id.clone(), row.livemode))
            .or_default()
            .push(row);
    }
    Ok(by_owner)
}

/// A test goes to the endpoint that is tested, whatever else that one wants.
pub fn is_for(event: &event::Model, endpoint: &webhook_endpoint::Model) -> bool {
    match event.kind {
        Kind::WebhookEndpointTest => event.subject == endpoint.id.as_str(),
        kind => wants(&endpoint.events, kind),
    }
}

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

fn to_url(event: &event::Model, url: &str, now: Timestamp) -> delivery::ActiveModel {
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

/// Writes deliveries and wakes their lanes, in order, so that nobody waits in a circle.
///
/// # Errors
/// What the database answers.
pub async fn write(
    tx: &impl ConnectionTrait,
    deliveries: Vec<delivery::ActiveModel>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let lanes: BTreeMap<String, Owner> = deliveries
        .iter()
        .map(|row| {
            let owner = Owner {
                account: row.account_id.clone().unwrap(),
                livemode: row.livemode.clone().unwrap(),
            };
            (row.lane_id.clone().unwrap(), owner)
        })
        .collect();
    for (lane, owner) in &lanes {
        wake(tx, lane, owner, now).await?;
    }
    bulk::insert(tx, deliveries).await?;
    Ok(())
}
