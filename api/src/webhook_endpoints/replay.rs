//! Sending again: a test, one event, or all of a range, which is a job.

use entity::event::Kind;
use entity::{EventId, Timestamp, WebhookEndpointId, event, webhook_endpoint};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use serde_json::json;

use super::create::EndpointError;
use super::deliveries::{to_endpoint, write};
use super::direct;
use super::open::stays_open;
use super::publish::is_for;
use crate::app::App;
use crate::auth::Scopes;
use crate::credits::Owner;
use crate::events::{self, NewEvent};
use crate::http::idempotency::{self, Answer, Place};
use crate::jobs::{self, Lease, NewJob};
use crate::signals::Signal;

/// The job that sends a range again.
pub const KIND: &str = "webhook.replay";

pub const TEST: &str = "webhook_endpoints.test";
pub const REPLAY: &str = "webhook_endpoints.replay";

/// Events in one run of the job.
const SOME: u64 = 250;

/// What is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    One(EventId),
    /// From the first moment on, until before the second.
    Range(Timestamp, Timestamp),
}

/// Has a test event sent to an endpoint. `true`: it was asked for before, with
/// this idempotency key.
///
/// # Errors
/// When there is no such endpoint, or it is disabled.
pub async fn test(
    app: &App,
    owner: &Owner,
    id: &WebhookEndpointId,
    place: Option<&Place<'_>>,
) -> Result<bool, EndpointError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    if !stays_open(&tx, &owner.account).await? {
        return Err(EndpointError::AccountGone);
    }
    let endpoint = load(&tx, owner, id).await?;
    if let Some(place) = place
        && !idempotency::remember(&tx, place, accepted(id), now).await?
    {
        idempotency::recall(&tx, place, now).await??;
        return Ok(true);
    }
    if !endpoint.enabled {
        return Err(EndpointError::Disabled);
    }
    let event = NewEvent {
        owner: owner.clone(),
        kind: Kind::WebhookEndpointTest,
        subject: id.to_string(),
        data: json!({"id": id, "url": endpoint.url}),
    };
    events::record(&tx, vec![event], now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(false)
}

/// Has events sent to an endpoint again, whether they arrived or not. `true`: it was
/// asked for before, with this idempotency key.
///
/// # Errors
/// When there is no such endpoint or event, the endpoint is disabled, or the caller may
/// not read the event.
pub async fn replay(
    app: &App,
    owner: &Owner,
    id: &WebhookEndpointId,
    which: &Which,
    scopes: Scopes,
    place: Option<&Place<'_>>,
) -> Result<bool, EndpointError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    if !stays_open(&tx, &owner.account).await? {
        return Err(EndpointError::AccountGone);
    }
    let endpoint = load(&tx, owner, id).await?;
    if let Some(place) = place
        && !idempotency::remember(&tx, place, accepted(id), now).await?
    {
        idempotency::recall(&tx, place, now).await??;
        return Ok(true);
    }
    if !endpoint.enabled {
        return Err(EndpointError::Disabled);
    }
    match which {
        Which::One(event) => {
            let event = event::Entity::of(&owner.account, owner.livemode)
                .filter(event::Column::Id.eq(event.clone()))
                .one(&tx)
                .await?
                .ok_or(EndpointError::NoEvent)?;
            // It goes there whether the endpoint was to have such events or not.
            direct::check(&[event.kind], scopes)?;
            write(&tx, vec![to_endpoint(&event, &endpoint, now)], now).await?;
        }
        Which::Range(from, to) => {
            let rest = Rest {
                endpoint: id.clone(),
                from: EventId::least(*from).to_string(),
                to: EventId::least(*to).to_string(),
            };
            jobs::enqueue(&tx, vec![rest.job(&owner.account, now)], now).await?;
        }
    }
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(false)
}

async fn load(
    tx: &impl ConnectionTrait,
    owner: &Owner,
    id: &WebhookEndpointId,
) -> Result<webhook_endpoint::Model, EndpointError> {
    webhook_endpoint::Entity::of(&owner.account, owner.livemode)
        .filter(webhook_endpoint::Column::Id.eq(id.clone()))
        .one(tx)
        .await?
        .ok_or(EndpointError::NotFound)
}

fn accepted(id: &WebhookEndpointId) -> Answer {
    Answer {
        status: 202,
        resource: id.to_string(),
        sealed: None,
    }
}

/// What of a range is left; the job's subject.
struct Rest {
    endpoint: WebhookEndpointId,
    from: String,
    to: String,
}

impl Rest {
    fn job(&self, account: &entity::AccountId, now: Timestamp) -> NewJob {
        NewJob {
            kind: KIND,
            subject: format!("{} {} {}", self.endpoint, self.from, self.to),
            account_id: Some(account.clone()),
            lane: jobs::HOUSE.to_owned(),
            run_at: now,
            deadline_at: None,
        }
    }

    fn parse(subject: &str) -> Option<Self> {
        let mut words = subject.split(' ');
        Some(Self {
            endpoint: words.next()?.parse().ok()?,
            from: words.next()?.to_owned(),
            to: words.next()?.to_owned(),
        })
    }
}

/// The job: some of a range, and then another job for the rest.
///
/// # Errors
/// What the database answers; the job is tried again.
pub async fn replay_job(app: &App, lease: &Lease) -> Result<(), DbErr> {
    let Some(rest) = Rest::parse(&lease.subject) else {
        return jobs::drop_done(&app.db, lease).await;
    };
    let now = app.now();
    let tx = app.db.begin().await?;
    let endpoint = webhook_endpoint::Entity::find_by_id(rest.endpoint.clone())
        .filter(webhook_endpoint::Column::Enabled.eq(true))
        .one(&tx)
        .await?;
    let Some(endpoint) = endpoint else {
        drop(tx);
        return jobs::drop_done(&app.db, lease).await;
    };
    let rows = match stays_open(&tx, &endpoint.account_id).await? {
        false => Vec::new(),
        true => {
            event::Entity::of(&endpoint.account_id, endpoint.livemode)
                .filter(event::Column::Id.gte(rest.from.as_str()))
                .filter(event::Column::Id.lt(rest.to.as_str()))
                .order_by_asc(event::Column::Id)
                .limit(SOME)
                .all(&tx)
                .await?
        }
    };
    let wanted = rows.iter().filter(|event| is_for(event, &endpoint));
    let deliveries = wanted.map(|event| to_endpoint(event, &endpoint, now));
    write(&tx, deliveries.collect(), now).await?;
    if let Some(last) = rows.last().filter(|_| rows.len() as u64 == SOME) {
        // The least text that is greater.
        let from = format!("{}0", last.id);
        let rest = Rest { from, ..rest };
        jobs::enqueue(&tx, vec![rest.job(&endpoint.account_id, now)], now).await?;
    }
    match jobs::complete(&tx, lease).await? {
        Ok(()) => tx.commit().await?,
        // Another worker has it now and writes the same.
        Err(_) => return tx.rollback().await,
    }
    app.signals.tell(Signal::Work);
    Ok(())
}
