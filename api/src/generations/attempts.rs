//! Attempts: each try at a provider is written down before it is made, with the
//! reference that we give it, and afterwards with what became of it.

use std::collections::HashSet;
use std::time::Duration;

use entity::generation::{self, Status};
use entity::{AttemptId, GenerationId, Timestamp, attempt};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::state;
use super::told::tell;
use crate::app::App;
use crate::bulk;
use crate::signals::Signal;

/// The attempt of which we don't know the outcome yet.
pub(super) async fn open(
    connection: &impl ConnectionTrait,
    row: &generation::Model,
) -> Result<Option<attempt::Model>, DbErr> {
    attempt::Entity::find()
        .filter(attempt::Column::GenerationId.eq(row.id.clone()))
        .filter(attempt::Column::EndedAt.is_null())
        .one(connection)
        .await
}

/// Which of these have an attempt whose answer was lost.
pub(super) async fn doubted(
    connection: &impl ConnectionTrait,
    rows: &[generation::Model],
) -> Result<HashSet<GenerationId>, DbErr> {
    let ids = rows.iter().map(|row| vec![row.id.clone().into()]).collect();
    let columns = &[("generation_id", "TEXT")];
    let lost = "AND attempt.ended_at IS NULL AND attempt.doubted_at IS NOT NULL";
    let doubted = bulk::find::<attempt::Entity>(connection, columns, ids, lost).await?;
    Ok(doubted.into_iter().map(|attempt| attempt.generation_id).collect())
}

/// Moves to `running` and writes down the attempt; or finds the one that an
/// earlier run left open. `None` when it ended meanwhile.
pub(super) async fn begin(
    app: &App,
    row: &generation::Model,
    provider: &str,
) -> Result<Option<(attempt::Model, bool)>, DbErr> {
    use generation::Column;
    // A clock that was set back begins nothing before it was asked for.
    let now = app.now().max(row.created_at);
    let tx = app.db.begin().await?;
    let is_first = row.status == Status::Queued;
    let may = match is_first {
        true => start(&tx, row, provider, now).await?,
        false => go_on(&tx, row).await?,
    };
    if !may {
        return Ok(None);
    }
    let last = match is_first {
        true => None,
        false => last(&tx, row).await?,
    };
    let number = last.as_ref().map_or(1, |last| last.number + 1);
    if let Some(open) = last.filter(|last| last.ended_at.is_none()) {
        tx.commit().await?;
        return Ok(Some((open, false)));
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
        detail: None,
        provider_ref: None,
        sends: 1,
        doubted_at: None,
        retry_after: None,
    };
    attempt::Entity::insert(attempt.clone().into_active_model())
        .exec_without_returning(&tx)
        .await?;
    if !is_first {
        generation::Entity::update_many()
            .col_expr(Column::Provider, Expr::value(provider))
            .filter(Column::Id.eq(row.id.clone()))
            .exec(&tx)
            .await?;
    }
    tx.commit().await?;
    app.signals.tell(Signal::Moved(row.id.clone()));
    Ok(Some((attempt, true)))
}

/// Moves what nobody tried yet to `running`. `false`: it is no longer as it was read.
async fn start(
    tx: &impl ConnectionTrait,
    row: &generation::Model,
    provider: &str,
    now: Timestamp,
) -> Result<bool, DbErr> {
    use generation::Column;
    let moved = generation::Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Running))
        .col_expr(Column::StartedAt, Expr::value(now))
        .col_expr(Column::Provider, Expr::value(provider))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::Status.is_in(state::origins(Status::Running).iter().copied()))
        // Another model may have been put in its place since.
        .filter(Column::ModelResolved.eq(row.model_resolved.clone()))
        .exec_with_returning(tx)
        .await?;
    match moved.into_iter().next() {
        Some(moved) => tell(tx, vec![moved], now).await.map(|()| true),
        None => Ok(false),
    }
}

/// Locks what runs, so that whoever ends it now finds the attempt that begins here.
async fn go_on(tx: &impl ConnectionTrait, row: &generation::Model) -> Result<bool, DbErr> {
    let running = generation::Entity::find_by_id(row.id.clone())
        .filter(generation::Column::EndedAt.is_null())
        .lock_exclusive()
        .one(tx)
        .await?;
    Ok(running.is_some())
}

async fn last(tx: &impl ConnectionTrait, row: &generation::Model) -> Result<Option<attempt::Model>, DbErr> {
    attempt::Entity::find()
        .filter(attempt::Column::GenerationId.eq(row.id.clone()))
        .order_by_desc(attempt::Column::Number)
        .one(tx)
        .await
}

/// Closes an attempt at which nothing ran.
pub(super) async fn close(
    tx: &impl ConnectionTrait,
    app: &App,
    attempt: &attempt::Model,
    outcome: &'static str,
    (detail, wait): (&str, Option<Duration>),
) -> Result<(), DbErr> {
    use attempt::Column;
    let wait = wait.map(|wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
    attempt::Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(app.now()))
        .col_expr(Column::Outcome, Expr::value(outcome))
        .col_expr(Column::Detail, Expr::value(detail))
        .col_expr(Column::RetryAfter, Expr::value(wait))
        .filter(Column::Id.eq(attempt.id.clone()))
        .filter(Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes down that it is not known what became of it.
pub(super) async fn doubt(
    tx: &impl ConnectionTrait,
    app: &App,
    attempt: &attempt::Model,
    detail: &str,
) -> Result<(), DbErr> {
    use attempt::Column;
    attempt::Entity::update_many()
        .col_expr(
            Column::DoubtedAt,
            Expr::value(attempt.doubted_at.unwrap_or(app.now())),
        )
        .col_expr(Column::Detail, Expr::value(detail))
        .filter(Column::Id.eq(attempt.id.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

/// Writes down that it is sent once more, before it is.
pub(super) async fn send_again(app: &App, attempt: &attempt::Model) -> Result<(), DbErr> {
    use attempt::Column;
    attempt::Entity::update_many()
        .col_expr(Column::Sends, Expr::value(attempt.sends + 1))
        .col_expr(Column::DoubtedAt, Expr::value(Option::<Timestamp>::None))
        .filter(Column::Id.eq(attempt.id.clone()))
        .exec(app.db.write())
        .await?;
    Ok(())
}

/// Writes down the provider's own name for it.
pub(super) async fn accepted(app: &App, id: &AttemptId, name: Option<String>) -> Result<(), DbErr> {
    attempt::Entity::update_many()
        .col_expr(attempt::Column::ProviderRef, Expr::value(name))
        .filter(attempt::Column::Id.eq(id.clone()))
        .exec(app.db.write())
        .await?;
    Ok(())
}
