//! The sender: publishes what is new, and works off the lanes that are due.

use std::collections::BTreeSet;
use std::time::Duration;

use entity::{WebhookEndpointId, delivery, delivery_lane, webhook_endpoint};
use futures_util::stream::{self, StreamExt as _};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

use super::account_secret;
use super::lanes::{self, Lane};
use super::look::{Look, look};
use super::publish::publish;
use super::send::{Outcome, dropped, send};
use super::settle::settle;
use crate::app::App;
use crate::events;

/// How often it looks when no signal came.
const LOOK: Duration = Duration::from_secs(1);

/// How long signals are gathered.
const GATHER: Duration = Duration::from_millis(20);

/// Deliveries that one receiver gets at the same time.
const AT_ONCE: usize = 8;

/// Deliveries in one turn of a lane; of one that fails, as many as are sent at once.
const TURN: u64 = 128;

/// Transactions of new events before lanes have their turn.
const PUBLISH: usize = 8;

/// How long outcomes are gathered before they are written.
const WRITE: Duration = Duration::from_millis(100);

/// Sends until the process is asked to stop.
pub async fn run(app: App) {
    let lease = Duration::from_secs(app.config.worker.lease_seconds);
    let most = app.config.webhooks.concurrency as usize;
    let mut running = JoinSet::new();
    let mut pause = GATHER;
    while !app.shutdown.is_cancelled() {
        while running.try_join_next().is_some() {}
        let published = publish_some(&app).await;
        let free = u32::try_from(most - running.len()).unwrap_or(u32::MAX);
        if free > 0 {
            match lanes::claim(&app.db, free, lease, app.now()).await {
                Ok(claimed) => {
                    for lane in claimed {
                        running.spawn(take(app.clone(), lane, lease));
                    }
                }
                Err(error) => tracing::warn!(%error, "no deliveries could be taken; trying again"),
            }
        }
        if published.more {
            continue;
        }
        // Most locks are held for a moment; one that is not is asked for ever more seldom.
        pause = if published.held {
            LOOK.min(pause * 2)
        } else {
            GATHER
        };
        tokio::select! {
            () = app.shutdown.cancelled() => {}
            Some(_) = running.join_next(), if !running.is_empty() => {}
            () = app.signals.news() => sleep(GATHER).await,
            () = sleep(if published.held { pause } else { LOOK }) => {}
        }
    }
    let grace = Duration::from_secs(app.config.worker.grace_seconds);
    drop(timeout(grace, async { while running.join_next().await.is_some() {} }).await);
}

/// What came of publishing.
#[derive(Default)]
struct Published {
    /// There may be more that can be published now.
    more: bool,
    /// Some has to wait for a lock.
    held: bool,
}

async fn publish_some(app: &App) -> Published {
    let mut held = BTreeSet::new();
    let mut published = Published::default();
    for _ in 0..PUBLISH {
        match publish(app, &mut held).await {
            Ok(more) => published.more = more,
            Err(error) => {
                tracing::warn!(%error, "events could not be published; trying again");
                published.more = false;
            }
        }
        if !published.more {
            break;
        }
    }
    published.held = !held.is_empty();
    published
}

/// Whether nothing waits to be published or sent now.
///
/// # Errors
/// What the database answers.
pub async fn is_idle(app: &App) -> Result<bool, DbErr> {
    if events::waits(app.db.read()).await? {
        return Ok(false);
    }
    let due = delivery_lane::Entity::find()
        .filter(delivery_lane::Column::DueAt.lte(app.now()))
        .limit(1)
        .one(app.db.read())
        .await?;
    Ok(due.is_none())
}

async fn take(app: App, lane: Lane, lease: Duration) {
    let done = work_off(&app, &lane, lease).await;
    let given_back = match done {
        Ok(true) => lanes::give_back(&app.db, &lane, app.now()).await,
        Ok(false) => return,
        Err(error) => Err(error),
    };
    if let Err(error) = given_back {
        tracing::warn!(lane = lane.id, %error, "deliveries wait until their lane's lease ends");
    }
}

/// One turn of a lane; `false` when it was lost to another process.
async fn work_off(app: &App, lane: &Lane, lease: Duration) -> Result<bool, DbErr> {
    let endpoint = endpoint_of(app, lane).await?;
    let failing = endpoint
        .as_ref()
        .is_some_and(|row| row.failing_since_at.is_some());
    let turn = if failing { AT_ONCE as u64 } else { TURN };
    let due = delivery::Entity::find()
        .filter(delivery::Column::LaneId.eq(lane.id.as_str()))
        .filter(delivery::Column::NextAttemptAt.lte(app.now()))
        .order_by_asc(delivery::Column::NextAttemptAt)
        .order_by_asc(delivery::Column::Id)
        .limit(turn)
        .all(app.db.read())
        .await?;
    if due.is_empty() {
        return Ok(true);
    }
    if endpoint.is_none() {
        account_secret::make_if_wanted(app, &lane.owner()).await?;
    }
    // Each a task of its own: one that was given a connection to the database goes on
    // while outcomes are written here, which takes another.
    let one = |row| AbortOnDropHandle::new(tokio::spawn(attempt(app.clone(), row)));
    let mut sent = std::pin::pin!(stream::iter(due).map(one).buffer_unordered(AT_ONCE));
    let mut ticks = interval(WRITE.min(lease / 3));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut outcomes: Vec<Outcome> = Vec::new();
    let mut idle = Duration::ZERO;
    loop {
        tokio::select! {
            next = sent.next() => match next {
                // What panicked is tried again when its turn comes.
                Some(outcome) => outcomes.extend(outcome.ok().flatten()),
                None => break,
            },
            _ = ticks.tick() => {
                idle += ticks.period();
                // Also to keep the lease.
                if !outcomes.is_empty() || idle >= lease / 3 {
                    idle = Duration::ZERO;
                    if !settle(app, lane, endpoint.as_ref(), &outcomes, lease).await? {
                        return Ok(false);
                    }
                    outcomes.clear();
                }
            }
        }
    }
    settle(app, lane, endpoint.as_ref(), &outcomes, lease).await
}

async fn endpoint_of(app: &App, lane: &Lane) -> Result<Option<webhook_endpoint::Model>, DbErr> {
    let Ok(id) = lane.id.parse::<WebhookEndpointId>() else {
        return Ok(None);
    };
    webhook_endpoint::Entity::find_by_id(id).one(app.db.read()).await
}

/// What became of a delivery whose turn it is; `None`: nothing yet, and its next turn
/// sees it as it is by then.
async fn attempt(app: App, row: delivery::Model) -> Option<Outcome> {
    match look(&app, &row).await {
        Ok(Look::Goes(parcel)) => send(&app, row, *parcel).await,
        Ok(Look::Nowhere(why)) => Some(dropped(row, why, app.now())),
        Err(error) => {
            tracing::warn!(delivery = %row.id, %error, "a delivery can't be read; it waits");
            None
        }
    }
}
