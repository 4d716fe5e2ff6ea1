//! The job of a generation: ask the provider, keep what comes, settle.
//!
//! Safe to run twice. The attempt's row commits before the provider is called;
//! a second run of the job finds it and asks the provider what became of it,
//! instead of paying for another.

use std::sync::Arc;
use std::time::Duration;

use entity::generation::{self, Status};
use entity::{AttemptId, GenerationId, attempt};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use super::end::{End, end};
use super::state;
use crate::app::App;
use crate::catalog::{Catalog, Model, Usage};
use crate::credits::{Books, Owner};
use crate::files;
use crate::jobs::{self, Lease};
use crate::providers::{Failure, LookUp, Made, Outcome, Provider, Request};
use crate::signals::Signal;

pub const KIND: &str = "generation.run";

/// Tries at a provider that was not available, before the generation fails.
const MOST_ATTEMPTS: i32 = 4;

/// How often the row is looked at for a wish to cancel, if no signal came.
const LOOK: Duration = Duration::from_secs(1);

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
    let found = catalog.find(&row.model_resolved);
    let provider = found.and_then(|model| app.providers.find(&model.row.provider));
    let (Some(model), Some(provider)) = (found, provider) else {
        let message = "The model was withdrawn before the generation ran.".to_owned();
        return finish(
            app,
            &row,
            End::Failed {
                code: "model_gone",
                message,
            },
        )
        .await;
    };
    let (model, row, attempt, fresh) = match begin(app, &row, provider.name()).await? {
        Some((row, attempt, fresh)) => (Arc::clone(model), row, attempt, fresh),
        None => return Ok(jobs::drop_done(&app.db, lease).await?),
    };
    let request = Request {
        reference: attempt.id.to_string(),
        kind: row.kind,
        model: match model.row.provider_model.as_str() {
            "" => model.row.id.clone(),
            name => name.to_owned(),
        },
        input: row.input.as_object().cloned().unwrap_or_default(),
    };
    match ask(app, provider.as_ref(), &request, &row, fresh).await? {
        Asked::Answered(Ok(made)) => succeed(app, &model, &row, made).await,
        Asked::Answered(Err(Failure::Unavailable(_))) if attempt.number < MOST_ATTEMPTS => {
            try_again(app, lease, &attempt).await
        }
        Asked::Answered(Err(failure)) => finish(app, &row, end_of(failure)).await,
        Asked::Unknown => {
            let message = "The provider's answer was lost; nothing is charged.".to_owned();
            finish(
                app,
                &row,
                End::Failed {
                    code: "provider_outcome_unknown",
                    message,
                },
            )
            .await
        }
        Asked::TooLate => finish(app, &row, End::Expired).await,
    }
}

/// Moves to `running` and writes down the attempt; or finds the one that an
/// earlier run left open. `None` when it ended meanwhile.
async fn begin(
    app: &App,
    row: &generation::Model,
    provider: &'static str,
) -> Result<Option<(generation::Model, attempt::Model, bool)>, DbErr> {
    use generation::Column;
    let now = app.now();
    let tx = app.db.begin().await?;
    if row.status == Status::Queued {
        let moved = generation::Entity::update_many()
            .col_expr(Column::Status, Expr::value(Status::Running))
            .col_expr(Column::StartedAt, Expr::value(now))
            .filter(Column::Id.eq(row.id.clone()))
            .filter(Column::Status.is_in(state::origins(Status::Running).iter().copied()))
            .exec(&tx)
            .await?;
        if moved.rows_affected == 0 {
            return Ok(None);
        }
    } else {
        // Locked: whoever ends it now finds the attempt that begins here.
        let open = generation::Entity::find_by_id(row.id.clone())
            .filter(Column::EndedAt.is_null())
            .lock_exclusive()
            .one(&tx)
            .await?;
        if open.is_none() {
            return Ok(None);
        }
    }
    let last = attempt::Entity::find()
        .filter(attempt::Column::GenerationId.eq(row.id.clone()))
        .order_by_desc(attempt::Column::Number)
        .one(&tx)
        .await?;
    let number = last.as_ref().map_or(1, |last| last.number + 1);
    if let Some(open) = last.filter(|last| last.ended_at.is_none()) {
        tx.commit().await?;
        return Ok(Some((row.clone(), open, false)));
    }
    let attempt = attempt::Model {
        id: AttemptId::new(now),
        account_id: row.account_id.clone(),
        generation_id: row.id.clone(),
        number,
        provider: provider.to_owned(),
        started_at: now,
        ended_at: None,
        outcome: None,
    };
    attempt::Entity::insert(sea_orm::IntoActiveModel::into_active_model(attempt.clone()))
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    app.signals.tell(Signal::Moved(row.id.clone()));
    Ok(Some((row.clone(), attempt, true)))
}

enum Asked {
    Answered(Outcome),
    Unknown,
    TooLate,
}

/// Calls the provider, or asks it about the earlier call, and watches for a wish
/// to cancel and for the deadline meanwhile.
async fn ask(
    app: &App,
    provider: &dyn Provider,
    request: &Request,
    row: &generation::Model,
    fresh: bool,
) -> Result<Asked, DbErr> {
    if !fresh {
        match provider.look_up(request).await {
            LookUp::NeverRan => {}
            LookUp::Ended(outcome) => return Ok(Asked::Answered(outcome)),
            LookUp::Unknown => return Ok(Asked::Unknown),
        }
    }
    let cancel = CancellationToken::new();
    let watch = app.signals.watch(&row.id);
    let answered = provider.run(request, &cancel);
    tokio::pin!(answered);
    loop {
        let now = app.now();
        if now >= row.deadline_at {
            cancel.cancel();
            return Ok(Asked::TooLate);
        }
        tokio::select! {
            outcome = &mut answered => return Ok(Asked::Answered(outcome)),
            () = watch.moved() => {}
            () = tokio::time::sleep(LOOK.min(row.deadline_at.since(now))) => {}
        }
        if !cancel.is_cancelled() {
            let current = generation::Entity::find_by_id(row.id.clone())
                .one(app.db.read())
                .await?;
            match current {
                Some(current) if !state::has_ended(current.status) => {
                    if current.cancel_requested_at.is_some() {
                        cancel.cancel();
                    }
                }
                // Ended by someone else: what the provider makes is not wanted.
                _ => {
                    cancel.cancel();
                    return Ok(Asked::Answered(Err(Failure::Canceled)));
                }
            }
        }
    }
}

fn end_of(failure: Failure) -> End {
    match failure {
        Failure::Refused(message) => End::Failed {
            code: "content_refused",
            message,
        },
        Failure::Failed(message) => End::Failed {
            code: "provider_failed",
            message,
        },
        Failure::Unavailable(message) => End::Failed {
            code: "provider_unavailable",
            message,
        },
        Failure::Canceled => End::Canceled,
    }
}

/// Keeps the files and settles. What a lost race leaves in the store is removed.
async fn succeed(app: &App, model: &Model, row: &generation::Model, made: Made) -> Result<(), RunError> {
    let planned = model.planned(input(row));
    let used = used(model, planned, &made);
    if made.media.is_empty() && made.text.is_none() {
        let message = "The provider returned nothing.".to_owned();
        return finish(
            app,
            row,
            End::Failed {
                code: "provider_failed",
                message,
            },
        )
        .await;
    }
    let captured = model.price(input(row), used).unwrap_or(row.held).min(row.held);
    let mut files = Vec::new();
    for media in made.media {
        files.push(files::keep(app, &row.account_id, media).await?);
    }
    let keys: Vec<String> = files.iter().map(|kept| kept.key.clone()).collect();
    let moved = settle(
        app,
        row,
        End::Succeeded {
            files,
            text: made.text,
            captured,
        },
    )
    .await;
    if !matches!(moved, Ok(true) | Err(_)) {
        for key in keys {
            app.store.delete(&key).await?;
        }
    }
    moved?;
    Ok(())
}

fn input(row: &generation::Model) -> &serde_json::Map<String, Value> {
    static EMPTY: std::sync::LazyLock<serde_json::Map<String, Value>> =
        std::sync::LazyLock::new(Default::default);
    row.input.as_object().unwrap_or(&EMPTY)
}

/// What is paid for: what came, and never more than was planned.
fn used(model: &Model, planned: Usage, made: &Made) -> Usage {
    match model.row.kind {
        generation::Kind::Image => Usage {
            images: planned.images.min(made.media.len() as u64),
            ..planned
        },
        generation::Kind::Video => {
            let seconds = made
                .media
                .iter()
                .filter_map(|media| media.milliseconds)
                .sum::<u64>()
                .div_ceil(1000);
            Usage {
                seconds: planned.seconds.min(seconds),
                ..planned
            }
        }
        generation::Kind::Speech => planned,
        generation::Kind::Text => Usage {
            tokens: made
                .units
                .map_or(planned.tokens, |units| units.min(planned.tokens)),
            ..planned
        },
    }
}

async fn finish(app: &App, row: &generation::Model, how: End) -> Result<(), RunError> {
    settle(app, row, how).await?;
    Ok(())
}

/// Ends the generation in a transaction of its own.
///
/// # Errors
/// What the database answers.
pub async fn settle(app: &App, row: &generation::Model, how: End) -> Result<bool, DbErr> {
    let now = app.now();
    let owner = Owner {
        account: row.account_id.clone(),
        livemode: row.livemode,
    };
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner], now).await?;
    let moved = end(&tx, &mut books, row, how, now).await?;
    if moved {
        books.close(&tx).await?;
        tx.commit().await?;
        app.signals.tell(Signal::Moved(row.id.clone()));
    }
    Ok(moved)
}

/// Closes the attempt, at which nothing ran, and lets the job wait a little.
async fn try_again(app: &App, lease: &Lease, attempt: &attempt::Model) -> Result<(), RunError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    attempt::Entity::update_many()
        .col_expr(attempt::Column::EndedAt, Expr::value(now))
        .col_expr(attempt::Column::Outcome, Expr::value("provider_unavailable"))
        .filter(attempt::Column::Id.eq(attempt.id.clone()))
        .exec(&tx)
        .await?;
    let wait = Duration::from_secs(1 << attempt.number.clamp(0, 6));
    jobs::give_back(&tx, lease, now.plus(wait)).await?;
    tx.commit().await?;
    Ok(())
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
