//! Runs every slice's jobs and schedules.
//!
//! Each lane of the queue is worked on by itself, our own jobs in a lane for each party
//! that they may have to wait for. Jobs are claimed as soon as a signal says that there
//! may be one, and once a second in any case. Each runs in a task of its own under a
//! lease that is renewed while it works. A process that is asked to stop claims nothing
//! more, waits for what it has, and gives back what it can't finish. [`schedules`] has
//! what is done by the clock.

mod schedules;

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::JobId;
use futures_util::FutureExt as _;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::app::App;
use crate::catalog::Catalog;
use crate::jobs::lanes::Limits;
use crate::jobs::{self, Lease};
use crate::purchases::Offers;
use crate::{accounts, batches, credits, data_rights, db, files, generations, purchases, webhook_endpoints};
pub use schedules::run_due;

/// How often the queue is looked at when no signal came.
const LOOK: Duration = Duration::from_secs(1);

/// Claims after which an error is no longer answered by another try.
const MOST_ATTEMPTS: i32 = 8;

/// The leases that this process holds.
type Held = Arc<Mutex<BTreeMap<JobId, Lease>>>;

/// What jobs look things up in.
#[derive(Clone)]
struct Configured {
    catalog: Arc<Catalog>,
    offers: Offers,
}

/// Works until the process is asked to stop.
pub async fn run(app: App, catalog: Arc<Catalog>, offers: Offers) {
    let configured = Configured { catalog, offers };
    let held = Held::default();
    let lease = Duration::from_secs(app.config.worker.lease_seconds);
    let heartbeat = tokio::spawn(renew(app.clone(), Arc::clone(&held), lease));
    let sender = tokio::spawn(webhook_endpoints::run(app.clone()));
    let asking = tokio::spawn(purchases::keep_asking(app.clone(), configured.offers.clone()));
    let schedules = tokio::spawn(schedules::keep(app.clone(), Arc::clone(&configured.catalog)));
    let doorman = tokio::spawn(generations::held_back::keep_letting_in(
        app.clone(),
        Arc::clone(&configured.catalog),
    ));
    if let Err(error) = begin(&app).await {
        tracing::warn!(%error, "what the configuration changes is not applied; it is at the next start");
    }
    let mut lanes = JoinSet::new();
    let mut known = BTreeSet::new();
    let mut found: Vec<String> = app.providers.names().map(str::to_owned).collect();
    found.extend(jobs::OWN.map(str::to_owned));
    while !app.shutdown.is_cancelled() {
        for lane in found {
            if known.insert(lane.clone()) {
                lanes.spawn(run_lane(app.clone(), configured.clone(), Arc::clone(&held), lane));
            }
        }
        tokio::select! {
            () = app.shutdown.cancelled() => {}
            () = sleep(LOOK) => {}
        }
        if let Err(error) = jobs::end_lost_leases(&app.db).await {
            tracing::warn!(%error, "the jobs of silent workers could not be freed; trying again");
        }
        // Jobs for a provider that is no longer configured must come to an end too.
        found = jobs::lanes_in_use(&app.db).await.unwrap_or_default();
    }
    let grace = Duration::from_secs(app.config.worker.grace_seconds);
    let finished = timeout(grace, async { while lanes.join_next().await.is_some() {} }).await;
    lanes.shutdown().await;
    heartbeat.abort();
    schedules.abort();
    doorman.abort();
    asking.abort();
    if let Err(error) = sender.await {
        tracing::error!(%error, "the sender of webhooks ended");
    }
    if finished.is_err() {
        give_back_all(&app, &held).await;
    }
}

/// What a new configuration changes in the rows.
async fn begin(app: &App) -> Result<(), sea_orm::DbErr> {
    credits::watch(&app.db, app.config.credits.low_balance).await?;
    accounts::announce_policy(app).await
}

/// Does the jobs of one lane, so many at a time, so that a provider that hangs keeps
/// nobody else waiting.
async fn run_lane(app: App, configured: Configured, held: Held, lane: String) {
    let mut running = JoinSet::new();
    let mut signals = app.signals.work();
    let most = app.config.worker.concurrency as usize;
    let mut idle = false;
    while !app.shutdown.is_cancelled() {
        while running.try_join_next().is_some() {}
        let free = most - running.len();
        let claimed = match free {
            0 => Vec::new(),
            // Reading first keeps idle lanes from the writers' way.
            _ if idle && !waits(&app, &lane).await => Vec::new(),
            free => claim(&app, &lane, u32::try_from(free).unwrap_or(u32::MAX)).await,
        };
        idle = claimed.is_empty();
        let full = claimed.len() == free;
        for lease in claimed {
            running.spawn(work(app.clone(), configured.clone(), Arc::clone(&held), lease));
        }
        tokio::select! {
            () = app.shutdown.cancelled() => {}
            Some(_) = running.join_next() => {}
            _ = signals.changed(), if !full => {}
            () = sleep(LOOK) => {}
        }
    }
    while running.join_next().await.is_some() {}
}

async fn waits(app: &App, lane: &str) -> bool {
    jobs::waits(&app.db, lane, app.now()).await.unwrap_or(true)
}

async fn claim(app: &App, lane: &str, free: u32) -> Vec<Lease> {
    let lease = Duration::from_secs(app.config.worker.lease_seconds);
    let provider = app.config.providers.iter().find(|row| row.name == lane);
    let claimed = match provider {
        Some(row) => {
            let limits = Limits {
                concurrency: row.concurrency,
                per_minute: row.requests_per_minute,
                per_day: row.requests_per_day,
            };
            jobs::lanes::claim(&app.db, lane, limits, free, lease, app.now()).await
        }
        None => jobs::claim(&app.db, lane, free, lease, app.now()).await,
    };
    claimed.unwrap_or_else(|error| {
        tracing::warn!(%error, lane, "no jobs could be claimed; trying again");
        Vec::new()
    })
}

async fn work(app: App, configured: Configured, held: Held, lease: Lease) {
    held.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(lease.id.clone(), lease.clone());
    let result = dispatch(&app, &configured, &lease).await;
    if let Err(failure) = result {
        let (error, attempts) = (&failure.reason, lease.attempts);
        tracing::error!(job = %lease.id, kind = lease.kind, attempts, error, "a job failed");
        retry(&app, &lease, &failure).await;
    }
    held.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .remove(&lease.id);
}

/// Every kind of job and who does it.
async fn dispatch(app: &App, configured: &Configured, lease: &Lease) -> Result<(), Failure> {
    let Configured { catalog, offers } = configured;
    match lease.kind.as_str() {
        generations::run::KIND if lease.attempts > MOST_ATTEMPTS && lease.attempts % 2 == 0 => {
            told(generations::run::give_up(app, lease)).await
        }
        generations::run::KIND => told(generations::run::run(app, catalog, lease)).await,
        accounts::knock::KIND => told(accounts::knock::answer(app, lease)).await,
        accounts::emails::KIND => told(accounts::emails::send(app, lease)).await,
        purchases::REFUND => told(purchases::refund_job(app, offers, lease)).await,
        data_rights::FULFIL => told(data_rights::fulfil(app, lease)).await,
        batches::CANCEL => told(batches::cancel_job(app, catalog, lease)).await,
        accounts::POLICY_CHANGE => told(accounts::mail_policy(app, lease)).await,
        credits::LOW => told(accounts::mail_low_balance(app, lease)).await,
        accounts::CLOSED => told(generations::closed::cancel_waiting(app, lease)).await,
        files::REMOVE => told(files::remove(app, lease)).await,
        webhook_endpoints::REPLAY => told(webhook_endpoints::replay_job(app, lease)).await,
        unknown => Err(Failure::of_the_job(format!(
            "nobody does jobs of the kind {unknown}"
        ))),
    }
}

/// Why a job was not done.
struct Failure {
    reason: String,
    /// The database was away for the moment: nothing is wrong with the job.
    database: bool,
}

impl Failure {
    fn of_the_job(reason: String) -> Self {
        let database = false;
        Self { reason, database }
    }
}

/// What panics has failed: whoever asked for it has more to do.
async fn told<E: Error + 'static>(work: impl Future<Output = Result<(), E>>) -> Result<(), Failure> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(result) => result.map_err(|error| Failure {
            reason: error.to_string(),
            database: db::is_behind(&error),
        }),
        // The panic hook has told where.
        Err(_) => Err(Failure::of_the_job("it panicked".to_owned())),
    }
}

/// Lets a failed job wait, longer each time, an hour at most. A job that only lacked
/// the database goes on as soon as that is back.
async fn retry(app: &App, lease: &Lease, failure: &Failure) {
    let given_back = if failure.database {
        let later = app.now().plus(LOOK);
        jobs::postpone(app.db.write(), lease, later).await.map(|_ours| ())
    } else {
        let wait = Duration::from_secs((1 << lease.attempts.clamp(0, 12)).min(3600));
        jobs::give_back(app.db.write(), lease, app.now().plus(wait)).await
    };
    if let Err(error) = given_back {
        tracing::warn!(job = %lease.id, %error, "a failed job stays leased until its lease ends");
    }
}

async fn renew(app: App, held: Held, lease: Duration) {
    loop {
        sleep(lease / 3).await;
        let leases: Vec<Lease> = held
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .values()
            .cloned()
            .collect();
        if let Err(error) = jobs::renew(&app.db, &leases, lease).await {
            tracing::warn!(%error, "leases could not be renewed; trying again");
        }
    }
}

async fn give_back_all(app: &App, held: &Held) {
    let leases: Vec<Lease> = held
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .values()
        .cloned()
        .collect();
    for lease in leases {
        if let Err(error) = jobs::give_back(app.db.write(), &lease, app.now()).await {
            tracing::warn!(job = %lease.id, %error, "an unfinished job stays leased until its lease ends");
        }
    }
}
