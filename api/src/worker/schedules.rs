//! What is done by the clock: what becomes due, and what has no use any more.
//!
//! Each schedule runs by itself, once a second: one that has much to do, or waits, holds
//! up none of the others.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::{Timestamp, schedule_run};
use futures_util::future::{BoxFuture, join, join_all, join3};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};
use tokio::sync::Notify;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, sleep, timeout};

use super::{Failure, LOOK, told};
use crate::app::App;
use crate::catalog::Catalog;
use crate::jobs;
use crate::purchases::{self, Offers};
use crate::signals::Signal;
use crate::{
    accounts, admin, credits, data_rights, estimates, events, files, generations, http, moderation, oauth,
    webhook_endpoints,
};

/// How often what has no use any more is looked for.
const SWEEP: Duration = Duration::from_secs(3600);

/// How exactly it is written down when schedules ran.
const NOTED: Duration = Duration::from_secs(10);

/// Something that is done again and again, and what it is.
type Chore = (
    &'static str,
    for<'a> fn(&'a App, &'a Catalog) -> BoxFuture<'a, Result<(), Failure>>,
);

/// What becomes due by the clock alone.
static SCHEDULES: [Chore; 9] = [
    ("generations expire", |app, _| {
        Box::pin(told(generations::expire::expire_due(app, app.now())))
    }),
    ("generations of batches are let in", |app, catalog| {
        Box::pin(told(generations::held_back::let_in(app, catalog)))
    }),
    (
        "what waits for ended models is moved or released",
        |app, catalog| Box::pin(told(generations::withdraw::withdraw_all(app, catalog))),
    ),
    (
        "what waits for a closed provider is given to another",
        |app, catalog| Box::pin(told(generations::fallback::divert_all(app, catalog))),
    ),
    ("what waits for suspended accounts is released", |app, _| {
        Box::pin(told(generations::suspended::release_suspended(app)))
    }),
    ("credits expire", |app, _| {
        Box::pin(told(credits::expire_due(&app.db, app.now())))
    }),
    ("unconfirmed requests expire", |app, _| {
        Box::pin(told(data_rights::expire_unverified(app, app.now())))
    }),
    ("closed accounts are erased", |app, _| {
        Box::pin(told(data_rights::erase_closed(app, app.now())))
    }),
    ("archives are removed", |app, _| {
        Box::pin(told(data_rights::remove_old_archives(app, app.now())))
    }),
];

/// What has no use any more goes.
static SWEEPS: [Chore; 9] = [
    ("objects without a row go", |app, _| {
        Box::pin(told(files::sweep(app)))
    }),
    ("estimates go", |app, _| Box::pin(told(estimates::sweep(app)))),
    ("sessions and codes go", |app, _| {
        Box::pin(told(accounts::sweep(app)))
    }),
    ("sessions of staff go", |app, _| Box::pin(told(admin::sweep(app)))),
    ("review items go", |app, _| {
        Box::pin(told(moderation::review::sweep(app)))
    }),
    ("sign-ins by providers go", |app, _| {
        Box::pin(told(oauth::sweep(app)))
    }),
    ("deliveries go", |app, _| {
        Box::pin(told(webhook_endpoints::sweep(app)))
    }),
    ("events go", |app, _| Box::pin(told(events::sweep(app)))),
    ("idempotency keys go", |app, _| {
        let forgotten = http::idempotency::forget_old(app.db.write(), app.now());
        Box::pin(told(forgotten))
    }),
];

/// When each schedule last began of the times that it came to its end.
type Began = Mutex<[Option<Timestamp>; SCHEDULES.len()]>;

pub(super) async fn keep(app: App, catalog: Arc<Catalog>) {
    let (began, ran) = (Began::default(), Notify::new());
    let schedules = (0..SCHEDULES.len()).map(async |at| {
        let mut ticks = every(LOOK, Instant::now());
        loop {
            ticks.tick().await;
            let now = app.now();
            if carry_out(&app, &catalog, &SCHEDULES[at]).await {
                began.lock().unwrap_or_else(PoisonError::into_inner)[at] = Some(now);
                ran.notify_one();
            }
        }
    });
    let sweeps = async {
        let mut ticks = every(SWEEP, Instant::now() + SWEEP);
        loop {
            ticks.tick().await;
            sweep(&app, &catalog).await;
        }
    };
    join3(join_all(schedules), sweeps, keep_noting(&app, &began, &ran)).await;
}

/// What began before the earliest of them has been seen to by all.
async fn keep_noting(app: &App, began: &Began, ran: &Notify) {
    let mut noted: Option<Timestamp> = None;
    loop {
        ran.notified().await;
        let all = *began.lock().unwrap_or_else(PoisonError::into_inner);
        let all: Option<Vec<Timestamp>> = all.into_iter().collect();
        let Some(earliest) = all.and_then(|all| all.into_iter().min()) else {
            continue;
        };
        if !noted.is_some_and(|noted| is_near(noted, earliest)) && note(app, earliest).await {
            noted = Some(earliest);
        }
    }
}

/// Whether that is as good as written down. Not after a clock that was ahead was set back.
fn is_near(noted: Timestamp, began: Timestamp) -> bool {
    noted <= began && began.since(noted) < NOTED
}

fn every(period: Duration, first: Instant) -> Interval {
    let mut ticks = interval_at(first, period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    ticks
}

/// One after the other: none of them is in a hurry.
async fn sweep(app: &App, catalog: &Catalog) {
    for chore in &SWEEPS {
        carry_out(app, catalog, chore).await;
    }
}

/// Whether it was done.
async fn carry_out(app: &App, catalog: &Catalog, (what, chore): &Chore) -> bool {
    let result = chore(app, catalog).await;
    if let Err(error) = &result {
        tracing::warn!(error = error.reason, what, "not done; trying again");
    }
    result.is_ok()
}

/// Writes down that schedules ran: what is due and not done by then is late.
async fn note(app: &App, began: Timestamp) -> bool {
    let written = write_down(app, began).await;
    if let Err(error) = &written {
        tracing::warn!(%error, "when schedules ran was not written down");
    }
    written.is_ok()
}

async fn write_down(app: &App, began: Timestamp) -> Result<(), DbErr> {
    use schedule_run::{Column, Entity};
    let before = Entity::find_by_id(1).one(app.db.read()).await?;
    if before.is_some_and(|run| is_near(run.began_at, began)) {
        return Ok(());
    }
    Entity::update_many()
        .col_expr(Column::BeganAt, Expr::value(began))
        .filter(Column::Id.eq(1))
        .exec(app.db.write())
        .await
        .map(drop)
}

/// Runs what is due now and waits until it is done, a while at most: for a clock
/// that was moved. What is with a provider already takes its own time.
pub async fn run_due(app: &App, catalog: &Catalog, offers: &Offers) {
    let now = app.now();
    let all = SCHEDULES.iter().map(|chore| carry_out(app, catalog, chore));
    let (done, asked) = join(join_all(all), purchases::ask_due(app, offers)).await;
    if done.into_iter().all(|done| done) {
        note(app, now).await;
    }
    if let Err(error) = asked {
        tracing::warn!(%error, "processors could not be asked about purchases");
    }
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
    sweep(app, catalog).await;
}
