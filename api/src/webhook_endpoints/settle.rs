//! Writing down what came of attempts, and what an endpoint's health is.

use std::time::Duration;

use entity::delivery::Status;
use entity::{Timestamp, webhook_endpoint};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, Value,
};

use super::disable::{Reason, disable};
use super::lanes::{Lane, renew};
use super::send::{Outcome, Verdict};
use crate::app::App;
use crate::bulk::{self, Update};

/// After so long with nothing but failures, an endpoint is disabled.
const PATIENCE: Duration = Duration::from_secs(5 * 24 * 3600);

const OUTCOME: Update<'_> = Update {
    table: "delivery",
    columns: &[
        ("id", "TEXT"),
        ("status", "TEXT"),
        ("attempts", "INTEGER"),
        ("next_at", "BIGINT"),
        ("last_at", "BIGINT"),
        ("status_code", "INTEGER"),
        ("error", "TEXT"),
        ("excerpt", "TEXT"),
        ("milliseconds", "BIGINT"),
        ("ended_at", "BIGINT"),
    ],
    keys: 1,
    set: "status = v.status, attempts = v.attempts, next_attempt_at = v.next_at,
        last_attempt_at = COALESCE(v.last_at, delivery.last_attempt_at), status_code = v.status_code,
        error = v.error, response_excerpt = v.excerpt, milliseconds = v.milliseconds, ended_at = v.ended_at",
    // What ended meanwhile, by an erasure, stays as it ended.
    only: "delivery.status = 'pending'",
};

/// Writes outcomes; `false` when the lane is another process's by now, which
/// sends the same again.
pub async fn settle(
    app: &App,
    lane: &Lane,
    endpoint: Option<&webhook_endpoint::Model>,
    outcomes: &[Outcome],
    lease: Duration,
) -> Result<bool, DbErr> {
    let tx = app.db.begin().await?;
    if !renew(&tx, lane, lease).await? {
        return Ok(false);
    }
    let waits = &app.config.webhooks.retry_seconds;
    let rows = outcomes.iter().map(|outcome| row(outcome, waits));
    bulk::update(&tx, &OUTCOME, rows.collect()).await?;
    if let Some(endpoint) = endpoint {
        judge(app, &tx, endpoint, outcomes).await?;
    }
    tx.commit().await?;
    Ok(true)
}

fn row(outcome: &Outcome, waits: &[u64]) -> Vec<Value> {
    let sent = outcome.verdict != Verdict::Dropped;
    let attempts = outcome.row.attempts + i32::from(sent);
    let again = usize::try_from(attempts - 1)
        .ok()
        .and_then(|failures| waits.get(failures))
        .map(|seconds| outcome.at.plus(Duration::from_secs(*seconds)));
    let (status, next) = match (outcome.verdict, again) {
        (Verdict::Arrived, _) => (Status::Delivered, None),
        (Verdict::Dropped, _) => (Status::Canceled, None),
        // An endpoint is disabled and may come back; a request's own address is gone for good.
        (Verdict::Gone, _) if outcome.row.endpoint_id.is_none() => (Status::Failed, None),
        (Verdict::Failed | Verdict::Gone, Some(again)) => (Status::Pending, Some(again)),
        (Verdict::Failed | Verdict::Gone, None) => (Status::Failed, None),
    };
    let ended_at = next.is_none().then_some(outcome.at);
    vec![
        outcome.row.id.clone().into(),
        status.to_value().into(),
        attempts.into(),
        next.into(),
        sent.then_some(outcome.at).into(),
        outcome.status_code.map(i32::from).into(),
        outcome.error.clone().into(),
        outcome.excerpt.clone().into(),
        i64::try_from(outcome.took.as_millis())
            .ok()
            .filter(|_| sent)
            .into(),
        ended_at.into(),
    ]
}

/// One success forgives all failures before it.
async fn judge(
    app: &App,
    tx: &impl ConnectionTrait,
    endpoint: &webhook_endpoint::Model,
    outcomes: &[Outcome],
) -> Result<(), DbErr> {
    let any = |verdict| outcomes.iter().find(|outcome| outcome.verdict == verdict);
    let now = app.now();
    if let Some(gone) = any(Verdict::Gone) {
        return disable(app, tx, endpoint, Reason::Gone, gone.at).await;
    }
    if any(Verdict::Arrived).is_some() {
        return since(tx, endpoint, None).await;
    }
    let Some(failed) = any(Verdict::Failed) else {
        return Ok(());
    };
    // As it stands now: another turn may have had a success since this one began.
    let current = webhook_endpoint::Entity::find_by_id(endpoint.id.clone())
        .one(tx)
        .await?;
    match current.and_then(|row| row.failing_since_at) {
        None => since(tx, endpoint, Some(failed.at)).await,
        Some(begun) if begun.plus(PATIENCE) <= now => {
            disable(app, tx, endpoint, Reason::Failing, begun).await
        }
        Some(_) => Ok(()),
    }
}

async fn since(
    tx: &impl ConnectionTrait,
    endpoint: &webhook_endpoint::Model,
    begun: Option<Timestamp>,
) -> Result<(), DbErr> {
    use webhook_endpoint::Column;
    let stale = match begun {
        Some(_) => Column::FailingSinceAt.is_null(),
        None => Column::FailingSinceAt.is_not_null(),
    };
    webhook_endpoint::Entity::update_many()
        .col_expr(Column::FailingSinceAt, Expr::value(begun))
        .filter(Column::Id.eq(endpoint.id.clone()))
        .filter(stale)
        .exec(tx)
        .await?;
    Ok(())
}
