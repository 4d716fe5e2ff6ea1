//! The job of a generation: ask the provider, keep what comes, settle.
//!
//! Safe to run twice. The attempt's row commits before the provider is called;
//! a second run of the job finds it and asks the provider what became of it,
//! instead of paying for another. What says that nothing ran is tried again, here
//! or at another provider; what says nothing is looked up until the deadline.

use std::sync::Arc;
use std::time::Duration;

use entity::generation::{self, Status};
use entity::{GenerationId, Timestamp, attempt};
use sea_orm::{DbErr, EntityTrait as _};

use super::ask::{Asked, ask};
use super::attempts;
use super::callback::callback;
use super::end::{End, From};
use super::expire::overdue;
use super::route::{Place, places};
use super::settle::{end_of, finish, settle_all, succeed};
use super::state;
use super::withdraw::{gone, is_offered, withdraw};
use crate::app::App;
use crate::catalog::{Catalog, Model};
use crate::db::Locked;
use crate::jobs::lanes::{self, Heard};
use crate::jobs::{self, Lease};
use crate::providers::{Failure, Line, Request};

pub const KIND: &str = "generation.run";

/// Tries at providers that were not available, before the generation fails.
const MOST_ATTEMPTS: i32 = 4;

/// Tries at providers that asked to wait.
const MOST_LIMITED: i32 = 50;

/// The longest between two looks at what became of an attempt.
const LONGEST_LOOK: Duration = Duration::from_secs(60);

/// A wait for which nobody else is asked.
const SHORT: Duration = Duration::from_secs(10);

const DAY_MICROS: i64 = 86_400_000_000;

#[derive(Debug, thiserror::Error)]
pub enum RunError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error("a file could not be kept: {0}")]
    Store(#[from] crate::storage::StoreError),
    #[error("the job's subject is no generation")]
    BadSubject,
}

/// Runs the job to its end, or leaves it to be run again.
///
/// # Errors
/// What keeps it from being run now; the job is tried again.
pub async fn run(app: &App, catalog: &Catalog, lease: &Lease) -> Result<(), RunError> {
    let id: GenerationId = lease.subject.parse().map_err(|_| RunError::BadSubject)?;
    let row = generation::Entity::find_by_id(id).one(app.db.read()).await?;
    let Some(row) = row.filter(|row| !state::has_ended(row.status)) else {
        return Ok(jobs::drop_done(&app.db, lease).await?);
    };
    if row.status == Status::Queued && !is_offered(catalog, &row.model_resolved, app.now()) {
        // Its job ends with it, or waits for another model.
        return Ok(withdraw(app, catalog, &row).await?);
    }
    // What runs goes on where it runs, whatever became of the model's row.
    let model = catalog.find(&row.model_resolved);
    let model = model.filter(|model| model.row.id == row.model_resolved);
    let open = match row.status {
        Status::Queued => None,
        _ => attempts::open(app.db.read(), &row).await?,
    };
    let place = place(model.as_deref(), &row, open.as_ref(), lease);
    let provider = place
        .as_ref()
        .and_then(|place| app.providers.find(&place.provider));
    let (Some(place), Some(provider)) = (place, provider) else {
        return finish(app, &row, gone(None)).await;
    };
    let Some((attempt, fresh)) = attempts::begin(app, &row, &place.provider).await? else {
        // Ended, and its job with it; or begun by a worker that had the job before and
        // was only slow: then this one looks what became of that.
        return Ok(jobs::give_back(app.db.write(), lease, app.now()).await?);
    };
    if attempt.provider != place.provider {
        // Begun elsewhere since it was read: whoever has the job next goes on there.
        return Ok(jobs::give_back(app.db.write(), lease, app.now()).await?);
    }
    // As it is read here, it may not have begun.
    let started_at = row.started_at.or(Some(attempt.started_at));
    let row = generation::Model { started_at, ..row };
    if model.is_none() && fresh {
        return finish(app, &row, gone(None)).await;
    }
    let request = Request {
        callback: callback(app, &attempt),
        line: Arc::new(Line::default()),
        reference: attempt.id.to_string(),
        kind: row.kind,
        model: place.model.clone(),
        input: row.input.as_object().cloned().unwrap_or_default(),
    };
    let asked = ask(
        app,
        provider.as_ref(),
        &request,
        &row,
        (&attempt, fresh),
        model.is_some(),
    )
    .await?;
    let job = Job {
        lease,
        row: &row,
        attempt: &attempt,
        model: model.as_deref(),
    };
    match asked {
        Asked::Answered(Ok(made)) => {
            // What was made is kept first: nothing else may cost it.
            let kept = succeed(app, catalog, &row, made).await;
            hear(app, &place, Heard::Well).await?;
            kept
        }
        Asked::Answered(Err(failure)) => job.failed(app, &place, failure).await,
        Asked::TooLate => {
            let ends = overdue(app.db.read(), vec![row.clone()]).await?;
            settle_all(app, ends, From::Anywhere, Locked::Wait).await?;
            Ok(())
        }
        Asked::Gone => finish(app, &row, gone(None)).await,
    }
}

/// Where it runs: where it was begun, or else whoever's lane it waited in.
fn place(
    model: Option<&Model>,
    row: &generation::Model,
    open: Option<&attempt::Model>,
    lease: &Lease,
) -> Option<Place> {
    let places = model.map_or_else(Vec::new, |model| places(model, row));
    let of = |name: &str| places.iter().find(|place| place.provider == name).cloned();
    match open {
        Some(open) => of(&open.provider).or_else(|| {
            Some(Place {
                provider: open.provider.clone(),
                model: row.model_resolved.clone(),
                countries: Vec::new(),
            })
        }),
        None => of(&lease.lane).or_else(|| places.first().cloned()),
    }
}

/// Tells the lane how its provider fares. The sandbox's always fares well.
async fn hear(app: &App, place: &Place, heard: Heard) -> Result<(), DbErr> {
    match app.config.providers.iter().any(|row| row.name == place.provider) {
        true => lanes::hear(&app.db, &place.provider, heard, app.now()).await,
        false => Ok(()),
    }
}

/// A job at work, and what it works on.
struct Job<'a> {
    lease: &'a Lease,
    row: &'a generation::Model,
    attempt: &'a attempt::Model,
    model: Option<&'a Model>,
}

impl Job<'_> {
    async fn failed(&self, app: &App, place: &Place, failure: Failure) -> Result<(), RunError> {
        match failure {
            Failure::Unknown(why) => {
                let heard = match self.attempt.doubted_at {
                    Some(_) => Heard::Lost,
                    None => Heard::Failing,
                };
                hear(app, place, heard).await?;
                self.look_later(app, &why).await
            }
            Failure::Unavailable(why) => {
                hear(app, place, Heard::Failing).await?;
                if self.attempt.number >= MOST_ATTEMPTS {
                    return finish(app, self.row, end_of(Failure::Unavailable(why))).await;
                }
                let wait = Duration::from_secs(1 << self.attempt.number.clamp(0, 6));
                let next = self.elsewhere(app, place).await?;
                self.try_again(app, ("provider_unavailable", &why, None), next, wait)
                    .await
            }
            Failure::Limited {
                message,
                wait,
                exhausted,
            } => {
                let asked = wait.unwrap_or(SHORT / 2);
                let (heard, outcome) = match exhausted {
                    true => {
                        let until = wait.map_or_else(|| tomorrow(app.now()), |wait| app.now().plus(wait));
                        (Heard::Exhausted { until }, "quota_exhausted")
                    }
                    false => {
                        let until = app.now().plus(asked);
                        (Heard::Wait { until }, "rate_limited")
                    }
                };
                hear(app, place, heard).await?;
                if self.attempt.number >= MOST_LIMITED {
                    return finish(app, self.row, end_of(Failure::Unavailable(message))).await;
                }
                let next = match exhausted || asked > SHORT {
                    true => self.elsewhere(app, place).await?,
                    false => None,
                };
                // The lane keeps it waiting for as long as it must.
                self.try_again(app, (outcome, &message, wait), next, Duration::ZERO)
                    .await
            }
            failure => {
                hear(app, place, Heard::Well).await?;
                finish(app, self.row, end_of(failure)).await
            }
        }
    }

    /// Another who may run it and takes jobs now.
    async fn elsewhere(&self, app: &App, place: &Place) -> Result<Option<Place>, DbErr> {
        let places = self.model.map_or_else(Vec::new, |model| places(model, self.row));
        for other in places {
            let known = other.provider != place.provider && app.providers.find(&other.provider).is_some();
            if known
                && lanes::closed_until(&app.db, &other.provider, app.now())
                    .await?
                    .is_none()
            {
                return Ok(Some(other));
            }
        }
        Ok(None)
    }

    /// Closes the attempt, at which nothing ran, and lets the job wait for another.
    async fn try_again(
        &self,
        app: &App,
        (outcome, detail, asked): (&'static str, &str, Option<Duration>),
        next: Option<Place>,
        wait: Duration,
    ) -> Result<(), RunError> {
        let now = app.now();
        let tx = app.db.begin().await?;
        // First the attempt, then the job: in the order of whoever ends the generation.
        attempts::close(&tx, app, self.attempt, outcome, (detail, asked)).await?;
        let ours = match &next {
            Some(next) => jobs::move_on(&tx, self.lease, &next.provider, now).await?,
            None => jobs::postpone(&tx, self.lease, now.plus(wait)).await?,
        };
        // Another worker has the job and looks after the attempt, if it is not ours.
        if ours {
            tx.commit().await?;
            app.signals.tell(crate::signals::Signal::Work);
        }
        Ok(())
    }

    /// Lets the job wait, to look what became of the attempt: soon at first, then
    /// less and less often, until the deadline.
    async fn look_later(&self, app: &App, why: &str) -> Result<(), RunError> {
        let now = app.now();
        let since = self
            .attempt
            .doubted_at
            .map_or(Duration::ZERO, |since| now.since(since));
        let wait = (since / 2).clamp(Duration::from_secs(1), LONGEST_LOOK);
        let tx = app.db.begin().await?;
        attempts::doubt(&tx, app, self.attempt, why).await?;
        if jobs::postpone(&tx, self.lease, now.plus(wait)).await? {
            tx.commit().await?;
        }
        Ok(())
    }
}

/// When a day's quota is fresh, in UTC.
fn tomorrow(now: Timestamp) -> Timestamp {
    Timestamp::from_micros((now.micros().div_euclid(DAY_MICROS) + 1) * DAY_MICROS)
}

/// Gives up on a generation whose job fails again and again on our side.
///
/// # Errors
/// What the database answers.
pub async fn give_up(app: &App, lease: &Lease) -> Result<(), RunError> {
    let id: GenerationId = lease.subject.parse().map_err(|_| RunError::BadSubject)?;
    let Some(row) = generation::Entity::find_by_id(id).one(app.db.read()).await? else {
        return Ok(jobs::drop_done(&app.db, lease).await?);
    };
    let message = "An error on our side; nothing is charged.".to_owned();
    finish(
        app,
        &row,
        End::Failed {
            code: "internal_error",
            message,
        },
    )
    .await
}
