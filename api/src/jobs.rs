//! The queue: a table beside the ledger, so that work is accepted, done and
//! paid for in the same transactions.
//!
//! A job is enqueued in the transaction that causes it. A worker claims it with
//! a lease and a token, renews the lease while it works, and deletes the job in
//! the transaction that completes it. A worker that dies loses its lease; the
//! token makes sure that one that was only slow changes nothing afterwards.

use std::time::Duration;

use entity::{AccountId, JobId, Timestamp, job};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, Value};

use crate::db::{self, Db};

/// A piece of work to be done by a handler: one a kind and subject.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub kind: &'static str,
    pub subject: String,
    pub account_id: Option<AccountId>,
    pub run_at: Timestamp,
}

/// A claimed job. Whoever has it may complete it, while the lease holds.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Lease {
    pub id: JobId,
    pub kind: String,
    pub subject: String,
    /// How often it was claimed, this time included.
    pub attempts: i32,
    pub lease_token: String,
}

/// The lease was lost to another worker, or the job is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the lease was lost")]
pub struct LeaseLost;

/// Adds jobs; one that exists already stays as it is.
///
/// # Errors
/// What the database answers.
pub async fn enqueue(tx: &impl ConnectionTrait, jobs: Vec<NewJob>, now: Timestamp) -> Result<(), DbErr> {
    if jobs.is_empty() {
        return Ok(());
    }
    let rows = jobs.into_iter().map(|new| job::ActiveModel {
        id: Set(JobId::new(now)),
        kind: Set(new.kind.to_owned()),
        subject: Set(new.subject),
        account_id: Set(new.account_id),
        run_at: Set(new.run_at),
        attempts: Set(0),
        lease_token: Set(None),
        lease_until: Set(None),
        created_at: Set(now),
    });
    let existing = sea_orm::sea_query::OnConflict::columns([job::Column::Kind, job::Column::Subject])
        .do_nothing()
        .to_owned();
    job::Entity::insert_many(rows)
        .on_conflict(existing)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Claims up to `limit` due jobs, the longest due first.
///
/// # Errors
/// What the database answers.
pub async fn claim(db: &Db, limit: u32, lease: Duration, now: Timestamp) -> Result<Vec<Lease>, DbErr> {
    let clock = db::clock_sql(db.write());
    // The CTE fences the choice: PostgreSQL may evaluate a plain subquery again
    // and lock more rows than the limit.
    let sql = format!(
        "WITH due AS MATERIALIZED (
             SELECT id FROM job
             WHERE run_at <= $1 AND (lease_until IS NULL OR lease_until < {clock})
             ORDER BY run_at, id LIMIT $2 {skip}
         )
         UPDATE job SET lease_token = $3, lease_until = {clock} + $4, attempts = attempts + 1
         WHERE id IN (SELECT id FROM due)
         RETURNING id, kind, subject, attempts, lease_token",
        skip = db::skip_locked_sql(db.write()),
    );
    let token = JobId::new(now).to_string();
    let values: Vec<Value> = vec![
        now.into(),
        i64::from(limit).into(),
        token.into(),
        micros(lease).into(),
    ];
    db::query(db.write(), &sql, values).await
}

/// Prolongs leases; those that were lost stay lost.
///
/// # Errors
/// What the database answers.
pub async fn renew(db: &Db, leases: &[Lease], lease: Duration) -> Result<(), DbErr> {
    let clock = db::clock_sql(db.write());
    let rows = leases
        .iter()
        .map(|held| vec![held.id.clone().into(), held.lease_token.clone().into()]);
    let update = format!(
        "UPDATE job SET lease_until = {clock} + {} FROM v WHERE job.id = v.id AND job.lease_token = v.token",
        micros(lease)
    );
    db::update_each(
        db.write(),
        &[("id", "TEXT"), ("token", "TEXT")],
        rows.collect(),
        &update,
    )
    .await?;
    Ok(())
}

/// Deletes the job in the transaction that did its work.
///
/// # Errors
/// [`LeaseLost`] inside when another worker has it: roll back.
pub async fn complete(tx: &impl ConnectionTrait, lease: &Lease) -> Result<Result<(), LeaseLost>, DbErr> {
    let sql = "DELETE FROM job WHERE id = $1 AND lease_token = $2";
    let deleted = db::execute(
        tx,
        sql,
        vec![lease.id.clone().into(), lease.lease_token.clone().into()],
    )
    .await?;
    Ok(if deleted == 1 { Ok(()) } else { Err(LeaseLost) })
}

/// Deletes a job that has nothing left to do, if it is still ours.
///
/// # Errors
/// What the database answers.
pub async fn drop_done(db: &Db, lease: &Lease) -> Result<(), DbErr> {
    // Another worker that has it by now finds nothing to do either.
    complete(db.write(), lease).await.map(|_lost| ())
}

/// Gives the job back, to be claimed again from `run_at` on.
///
/// # Errors
/// What the database answers.
pub async fn give_back(tx: &impl ConnectionTrait, lease: &Lease, run_at: Timestamp) -> Result<(), DbErr> {
    let sql = "UPDATE job SET lease_token = NULL, lease_until = NULL, run_at = $3
               WHERE id = $1 AND lease_token = $2";
    let values = vec![
        lease.id.clone().into(),
        lease.lease_token.clone().into(),
        run_at.into(),
    ];
    db::execute(tx, sql, values).await?;
    Ok(())
}

/// Removes the job of a subject that no longer needs it, whoever holds it.
///
/// # Errors
/// What the database answers.
pub async fn cancel(tx: &impl ConnectionTrait, kind: &str, subject: &str) -> Result<(), DbErr> {
    let sql = "DELETE FROM job WHERE kind = $1 AND subject = $2";
    db::execute(tx, sql, vec![kind.into(), subject.into()]).await?;
    Ok(())
}

/// Ends all leases. Only for a process that is alone with its database.
///
/// # Errors
/// What the database answers.
pub async fn release_all(db: &Db) -> Result<u64, DbErr> {
    let sql = "UPDATE job SET lease_token = NULL, lease_until = NULL WHERE lease_token IS NOT NULL";
    db::execute(db.write(), sql, vec![]).await
}

/// Jobs that are due, worked on or not; of the kind that may wait for somebody
/// else for long, only those that nobody works on yet.
///
/// # Errors
/// What the database answers.
pub async fn count_due(db: &Db, now: Timestamp, long: &str) -> Result<i64, DbErr> {
    let sql = "SELECT COUNT(*) AS due FROM job WHERE run_at <= $1 AND (lease_token IS NULL OR kind <> $2)";
    let row = db
        .read()
        .query_one_raw(db::statement(db.read(), sql, vec![now.into(), long.into()]))
        .await?;
    row.map_or(Ok(0), |row| row.try_get("", "due"))
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
