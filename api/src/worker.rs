//! Runs every slice's jobs and schedules.
//!
//! Jobs are claimed as soon as a signal says that there may be one, and once a
//! second in any case. Each runs in a task of its own under a lease that is
//! renewed while it works. A process that is asked to stop claims nothing more,
//! waits for what it has, and gives back what it can't finish.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::JobId;
use tokio::task::JoinSet;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep, timeout};

use crate::app::App;
use crate::catalog::Catalog;
use crate::jobs::{self, Lease};
use crate::signals::Signal;
use crate::{accounts, credits, data_rights, files, generations, http, purchases};

/// How often the queue is looked at when no signal came.
const LOOK: Duration = Duration::from_secs(1);

/// How often objects without a row are looked for.
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
    let schedules = tokio::spawn(keep_schedules(app.clone()));
    let mut running = JoinSet::new();
    let most = app.config.worker.concurrency as usize;
    while !app.shutdown.is_cancelled() {
        while running.try_join_next().is_some() {}
        let free = most - running.len();
        let claimed = match free {
            0 => Vec::new(),
            free => claim(&app, u32::try_from(free).unwrap_or(u32::MAX), lease).await,
        };
        let full = claimed.len() == free;
        for lease in claimed {
            running.spawn(work(app.clone(), Arc::clone(&catalog), Arc::clone(&held), lease));
        }
        tokio::select! {
            () = app.shutdown.cancelled() => {}
            Some(_) = running.join_next(), if full => {}
            () = app.signals.work(), if !full => {}
            () = sleep(LOOK) => {}
        }
    }
    let grace = Duration::from_secs(app.config.worker.grace_seconds);
    let finished = timeout(grace, async { while running.join_next().await.is_some() {} }).await;
    running.shutdown().await;
    heartbeat.abort();
    schedules.abort();
    if finished.is_err() {
        give_back_all(&app, &held).await;
    }
}

async fn claim(app: &App, limit: u32, lease: Duration) -> Vec<Lease> {
    match jobs::claim(&app.db, limit, lease, app.now()).await {
        Ok(claimed) => claimed,
        Err(error) => {
            tracing::warn!(%error, "no jobs could be claimed; trying again");
            Vec::new()
        }
    }
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
            told(generations::run::give_up(app, lease).await)
        }
        generations::run::KIND => told(generations::run::run(app, catalog, lease).await),
        accounts::emails::KIND => told(accounts::emails::send(app, lease).await),
        purchases::REFUND => told(purchases::refund_job(app, lease).await),
        data_rights::FULFIL => told(data_rights::fulfil(app, lease).await),
        files::REMOVE => told(files::remove(app, lease).await),
        unknown => Err(format!("nobody does jobs of the kind {unknown}")),
    }
}

fn told<E: Display>(result: Result<(), E>) -> Result<(), String> {
    result.map_err(|error| error.to_string())
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

async fn keep_schedules(app: App) {
    let mut ticks = interval(LOOK);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut swept = Instant::now();
    loop {
        ticks.tick().await;
        run_schedules(&app).await;
        if swept.elapsed() >= SWEEP {
            swept = Instant::now();
            sweep(&app).await;
        }
    }
}

/// What has no use any more.
async fn sweep(app: &App) {
    let results = [
        ("objects without a row", told(files::sweep(app).await)),
        ("sessions and codes", told(accounts::sweep(app).await)),
        (
            "idempotency keys",
            told(http::idempotency::forget_old(app.db.write(), app.now()).await),
        ),
    ];
    for (what, result) in results {
        if let Err(error) = result {
            tracing::warn!(error, what, "a sweep failed; trying again in an hour");
        }
    }
}

/// What becomes due by the clock alone.
async fn run_schedules(app: &App) {
    let now = app.now();
    let results = [
        (
            "generations expire",
            generations::expire::expire_due(app, now).await,
        ),
        ("credits expire", credits::expire_due(&app.db, now).await),
        (
            "unconfirmed requests expire",
            data_rights::expire_unverified(app, now).await,
        ),
        (
            "archives are removed",
            data_rights::remove_old_archives(app, now).await,
        ),
    ];
    for (what, result) in results {
        if let Err(error) = result {
            tracing::warn!(%error, what, "a schedule failed; trying again");
        }
    }
}

/// Runs what is due now and waits until it is done, a while at most: for a clock
/// that was moved. What is with a provider already takes its own time.
pub async fn run_due(app: &App) {
    run_schedules(app).await;
    app.signals.tell(Signal::Work);
    let long = generations::run::KIND;
    let done = async {
        while jobs::count_due(&app.db, app.now(), long)
            .await
            .is_ok_and(|due| due > 0)
        {
            sleep(Duration::from_millis(10)).await;
        }
    };
    if timeout(Duration::from_secs(10), done).await.is_err() {
        tracing::info!("some due jobs are still running");
    }
}
