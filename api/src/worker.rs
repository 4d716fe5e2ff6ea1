//! Runs every slice's jobs and schedules.
//!
//! Each lane of the queue is worked on by itself. Jobs are claimed as soon as a
//! signal says that there may be one, and once a second in any case. Each runs in a task of its own under a lease that is
//! renewed while it works. A process that is asked to stop claims nothing more,
//! waits for what it has, and gives back what it can't finish.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::JobId;
use futures_util::FutureExt as _;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use crate::app::App;
use crate::catalog::Catalog;
use crate::jobs::lanes::Limits;
use crate::jobs::{self, Lease};
use crate::signals::Signal;
use crate::{
    accounts, admin, batches, credits, data_rights, estimates, events, files, generations, http, moderation,
    oauth, purchases, webhook_endpoints,
};

/// How often the queue is looked at when no signal came.
const LOOK: Duration = Duration::from_secs(1);

/// How often what has no use any more is looked for.
const SWEEP: Duration = Duration::from_secs(3600);

/// Claims after which an error is no longer answered by another try.
const MOST_ATTEMPTS: i32 = 8;

/// The leases that this process holds.
type Held = Arc<Mutex<BTreeMap<JobId, Lease>>>;

/// Works until the process is asked to stop.
pub async fn run(app: App, catalog: Arc<Catalog>) {
    let held = Held::default();
    let lease = Duration::from_secs(app.config.worker.lease_seconds);
    let heartbeat = tokio::spawn(renew(app.clone(), Arc::clone(&held), lease));
    let sender = tokio::spawn(webhook_endpoints::run(app.clone()));
    let schedules = tokio::spawn(keep_schedules(app.clone(), Arc::clone(&catalog)));
    if let Err(error) = begin(&app).await {
        tracing::warn!(%error, "what the configuration changes is not applied; it is at the next start");
    }
    let mut lanes = JoinSet::new();
    let mut known = BTreeSet::new();
    let mut found: Vec<String> = app.providers.names().map(str::to_owned).collect();
    found.push(jobs::HOUSE.to_owned());
    while !app.shutdown.is_cancelled() {
        for lane in found {
            if known.insert(lane.clone()) {
                lanes.spawn(run_lane(
                    app.clone(),
                    Arc::clone(&catalog),
                    Arc::clone(&held),
                    lane,
                ));
            }
        }
        tokio::select! {
            () = app.shutdown.cancelled() => {}
            () = sleep(LOOK) => {}
        }
        // Jobs for a provider that is no longer configured must come to an end too.
        found = jobs::lanes_in_use(&app.db).await.unwrap_or_default();
    }
    let grace = Duration::from_secs(app.config.worker.grace_seconds);
    let finished = timeout(grace, async { while lanes.join_next().await.is_some() {} }).await;
    lanes.shutdown().await;
    heartbeat.abort();
    schedules.abort();
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
async fn run_lane(app: App, catalog: Arc<Catalog>, held: Held, lane: String) {
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
            running.spawn(work(app.clone(), Arc::clone(&catalog), Arc::clone(&held), lease));
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
        None => jobs::claim(app.db.write(), lane, free, lease, app.now()).await,
    };
    claimed.unwrap_or_else(|error| {
        tracing::warn!(%error, lane, "no jobs could be claimed; trying again");
        Vec::new()
    })
}

async fn work(app: App, catalog: Arc<Catalog>, held: Held, lease: Lease) {
    held.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .insert(lease.id.clone(), lease.clone());
    let result = dispatch(&app, &catalog, &lease).await;
    if let Err(error) = result {
        tracing::error!(job = %lease.id, kind = lease.kind, attempts = lease.attempts, error, "a job failed");
        retry(&app, &lease).await;
    }
    held.lock()
        .unwrap_or_else(PoisonError::into_inner)
        .remove(&lease.id);
}

/// Every kind of job and who does it.
async fn dispatch(app: &App, catalog: &Catalog, lease: &Lease) -> Result<(), String> {
    match lease.kind.as_str() {
        generations::run::KIND if lease.attempts > MOST_ATTEMPTS && lease.attempts % 2 == 0 => {
            told(generations::run::give_up(app, lease)).await
        }
        generations::run::KIND => told(generations::run::run(app, catalog, lease)).await,
        accounts::knock::KIND => told(accounts::knock::answer(app, lease)).await,
        accounts::emails::KIND => told(accounts::emails::send(app, lease)).await,
        purchases::REFUND => told(purchases::refund_job(app, lease)).await,
        data_rights::FULFIL => told(data_rights::fulfil(app, lease)).await,
        batches::CANCEL => told(batches::cancel_job(app, catalog, lease)).await,
        accounts::POLICY_CHANGE => told(accounts::mail_policy(app, lease)).await,
        credits::LOW => told(accounts::mail_low_balance(app, lease)).await,
        accounts::CLOSED => told(generations::closed::cancel_waiting(app, lease)).await,
        files::REMOVE => told(files::remove(app, lease)).await,
        webhook_endpoints::REPLAY => told(webhook_endpoints::replay_job(app, lease)).await,
        unknown => Err(format!("nobody does jobs of the kind {unknown}")),
    }
}

/// What panics has failed: whoever asked for it has more to do.
async fn told<E: Display>(work: impl Future<Output = Result<(), E>>) -> Result<(), String> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(result) => result.map_err(|error| error.to_string()),
        // The panic hook has told where.
        Err(_) => Err("it panicked".to_owned()),
    }
}

/// Lets a failed job wait, longer each time, an hour at most.
async fn retry(app: &App, lease: &Lease) {
    let wait = Duration::from_secs((1 << lease.attempts.clamp(0, 12)).min(3600));
    if let Err(error) = jobs::give_back(app.db.write(), lease, app.now().plus(wait)).await {
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

async fn keep_schedules(app: App, catalog: Arc<Catalog>) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept = Instant::now();
    loop {
        ticks.tick().await;
        run_schedules(&app, &catalog).await;
        if swept.elapsed() >= SWEEP {
            swept = Instant::now();
            sweep(&app).await;
        }
    }
}

/// What has no use any more.
async fn sweep(app: &App) {
    let results = [
        ("objects without a row", told(files::sweep(app)).await),
        ("estimates", told(estimates::sweep(app)).await),
        ("sessions and codes", told(accounts::sweep(app)).await),
        ("sessions of staff", told(admin::sweep(app)).await),
        ("review items", told(moderation::review::sweep(app)).await),
        ("sign-ins by providers", told(oauth::sweep(app)).await),
        ("deliveries", told(webhook_endpoints::sweep(app)).await),
        ("events", told(events::sweep(app)).await),
        (
            "idempotency keys",
            told(http::idempotency::forget_old(app.db.write(), app.now())).await,
        ),
    ];
    for (what, result) in results {
        if let Err(error) = result {
            tracing::warn!(error, what, "a sweep failed; trying again in an hour");
        }
    }
}

/// What becomes due by the clock alone.
async fn run_schedules(app: &App, catalog: &Catalog) {
    let now = app.now();
    let results = [
        (
            "generations expire",
            told(generations::expire::expire_due(app, now)).await,
        ),
        (
            "what waits for ended models is moved or released",
            told(generations::withdraw::withdraw_all(app, catalog)).await,
        ),
        (
            "what waits for a closed provider is given to another",
            told(generations::fallback::divert_all(app, catalog)).await,
        ),
        (
            "what waits for suspended accounts is released",
            told(generations::suspended::release_suspended(app)).await,
        ),
        ("credits expire", told(credits::expire_due(&app.db, now)).await),
        (
            "unconfirmed requests expire",
            told(data_rights::expire_unverified(app, now)).await,
        ),
        (
            "closed accounts are erased",
            told(data_rights::erase_closed(app, now)).await,
        ),
        (
            "archives are removed",
            told(data_rights::remove_old_archives(app, now)).await,
        ),
    ];
    for (what, result) in results {
        if let Err(error) = result {
            tracing::warn!(error, what, "a schedule failed; trying again");
        }
    }
}

/// Runs what is due now and waits until it is done, a while at most: for a clock
/// that was moved. What is with a provider already takes its own time.
pub async fn run_due(app: &App, catalog: &Catalog) {
    run_schedules(app, catalog).await;
    app.signals.tell(Signal::Work);
    let long = generations::run::KIND;
    let done = async {
        while jobs::count_due(&app.db, app.now(), long)
            .await
            .is_ok_and(|due| due > 0)
            || webhook_endpoints::is_idle(app).await.is_ok_and(|idle| !idle)
        {
            sleep(Duration::from_millis(10)).await;
        }
    };
    if timeout(Duration::from_secs(10), done).await.is_err() {
        tracing::info!("some due jobs are still running");
    }
    sweep(app).await;
}
