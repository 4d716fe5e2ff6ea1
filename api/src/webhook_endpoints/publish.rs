//! From events to deliveries: what is new is numbered, and written once for every
//! receiver that wants it, all in one transaction.
//!
//! That transaction waits for no row of an account: one that another holds locked, be it
//! a process that froze, has the events of its account wait, and nobody else's.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use entity::event::Kind;
use entity::{AccountId, event, webhook_endpoint};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::deliveries::{owner_of, to_endpoint, to_url};
use super::lanes::wake_free;
use super::open::unerased_and_free;
use super::wishes::wants;
use crate::app::App;
use crate::credits::Owner;
use crate::{bulk, events};

/// Events in one transaction.
const SOME: u64 = 250;

/// Publishes some of what is new; `false` when nothing was. The accounts whose events
/// have to wait are `held`: they are left out, and others of their kind are added.
pub async fn publish(app: &App, held: &mut BTreeSet<AccountId>) -> Result<bool, DbErr> {
    if !events::waits(app.db.read()).await? {
        return Ok(false);
    }
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut new = events::unnumbered(&tx, SOME, held).await?;
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
    let accounts = deliveries.iter().map(|row| row.account_id.as_ref().clone());
    let accounts = unerased_and_free(&tx, accounts.collect()).await?;
    held.extend(accounts.locked);
    deliveries.retain(|row| accounts.free.contains(row.account_id.as_ref()));
    let lanes = deliveries.iter();
    let lanes: BTreeMap<String, Owner> = lanes
        .map(|row| (row.lane_id.as_ref().clone(), owner_of(row)))
        .collect();
    let locked = wake_free(&tx, &lanes, now).await?;
    held.extend(locked.iter().map(|lane| lanes[lane].account.clone()));
    // All of an account, so that its events keep their order.
    new.retain(|event| !held.contains(&event.account_id));
    deliveries.retain(|row| !held.contains(row.account_id.as_ref()));
    events::number(&tx, &new).await?;
    bulk::insert(&tx, deliveries).await?;
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
