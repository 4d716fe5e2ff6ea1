//! The queue: a table beside the ledger, so that work is accepted, done and
//! paid for in the same transactions.
//!
//! A job is enqueued in the transaction that causes it. A worker claims it with
//! a lease and a token, renews the lease while it works, and deletes the job in
//! the transaction that completes it. A worker that dies loses its lease; the
//! token makes sure that one that was only slow changes nothing afterwards.

pub mod lanes;
mod own;
mod turns;

use std::time::Duration;

use entity::{AccountId, JobId, Timestamp, job};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, FromQueryResult, Value};

pub use own::{DATA_RIGHTS, HOUSE, MAIL, OWN, PAYMENTS, STORE};

use self::turns::NEXT;
use crate::bulk::{self, Update};
use crate::db::{self, Db};

/// A piece of work to be done by a handler: one a kind and subject.
#[derive(Debug, Clone)]
pub struct NewJob {
    pub kind: &'static str,
    pub subject: String,
    pub account_id: Option<AccountId>,
    pub lane: String,
    pub run_at: Timestamp,
    /// After this it is no longer claimed: whoever it concerns ends it otherwise.
    pub deadline_at: Option<Timestamp>,
}

/// A claimed job. Whoever has it may complete it, while the lease holds.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Lease {
    pub id: JobId,
    pub kind: String,
    pub subject: String,
    /// Where it was claimed.
    pub lane: String,
    turn: i64,
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
    let turns = turns::assign(tx, &jobs).await?;
    let rows = jobs.into_iter().zip(turns).map(|(new, turn)| job::ActiveModel {
        id: Set(JobId::new(now)),
        kind: Set(new.kind.to_owned()),
        subject: Set(new.subject),
        account_id: Set(new.account_id),
        lane: Set(new.lane),
        turn: Set(turn),
        run_at: Set(new.run_at),
        attempts: Set(0),
        lease_token: Set(None),
        lease_until: Set(None),
        created_at: Set(now),
        deadline_at: Set(new.deadline_at),
    });
    bulk::insert_or(tx, rows, "ON CONFLICT (kind, subject) DO NOTHING").await?;
    Ok(())
}

/// Claims up to `limit` due jobs of a lane that has no limits, by their turns.
///
/// # Errors
/// What the database answers.
pub async fn claim(
    db: &Db,
    lane: &str,
    limit: u32,
    lease: Duration,
    now: Timestamp,
) -> Result<Vec<Lease>, DbErr> {
    if OWN.contains(&lane) {
        // Nobody takes turns there, so one statement does it.
        return claim_where(db.write(), lane, "TRUE", limit, lease, now).await;
    }
    let tx = db.begin().await?;
    let claimed = claim_where(&tx, lane, "TRUE", limit, lease, now).await?;
    tx.commit().await?;
    Ok(claimed)
}

/// Claims a due job that was never put off, if there is one: it says more of how
/// the lane fares than one that waits to be looked at again.
async fn claim_untried(
    tx: &impl ConnectionTrait,
    lane: &str,
    lease: Duration,
    now: Timestamp,
) -> Result<Vec<Lease>, DbErr> {
    claim_where(tx, lane, "run_at = created_at", 1, lease, now).await
}

async fn claim_where(
    tx: &impl ConnectionTrait,
    lane: &str,
    which: &str,
    limit: u32,
    lease: Duration,
    now: Timestamp,
) -> Result<Vec<Lease>, DbErr> {
    let clock = db::clock_sql(tx);
    // The CTE fences the choice: PostgreSQL may evaluate a plain subquery again
    // and lock more rows than the limit. The limit stands in the text, in one of few
    // sizes, so that the planner knows how little is wanted.
    let limit = match limit {
        0 => return Ok(Vec::new()),
        some => (some + 1).next_power_of_two() / 2,
    };
    let sql = format!(
        "WITH due AS MATERIALIZED (
             SELECT id FROM job WHERE lane = $4 AND {which} AND {CLAIMABLE}
             ORDER BY turn, id LIMIT {limit} {skip}
         )
         UPDATE job SET lease_token = $2, lease_until = {clock} + $3, attempts = attempts + 1
         WHERE id IN (SELECT id FROM due) AND {among}
         RETURNING id, kind, subject, lane, turn, attempts, lease_token",
        skip = db::skip_locked_sql(tx),
        among = db::among_sql(tx, "id", "SELECT id FROM due"),
    );
    let token = JobId::new(now).to_string();
    let values: Vec<Value> = vec![now.into(), token.into(), micros(lease).into(), lane.into()];
    let claimed: Vec<Lease> = db::query(tx, &sql, values).await?;
    if let Some(turn) = claimed.iter().map(|lease| lease.turn).max() {
        turns::serve(tx, lane, turn).await?;
    }
    Ok(claimed)
}

/// Due at `$1`, wanted still, and nobody's.
const CLAIMABLE: &str = "lease_token IS NULL AND run_at <= $1 AND (deadline_at IS NULL OR deadline_at > $1)";

/// Whether a due job of a lane waits to be claimed.
///
/// # Errors
/// What the database answers.
pub async fn waits(db: &Db, lane: &str, now: Timestamp) -> Result<bool, DbErr> {
    let sql = format!("SELECT id FROM job WHERE lane = $2 AND {CLAIMABLE} ORDER BY turn, id LIMIT 1");
    let row = db
        .read()
        .query_one_raw(db::statement(db.read(), &sql, vec![now.into(), lane.into()]))
        .await?;
    Ok(row.is_some())
}

/// Frees the jobs of workers that fell silent.
///
/// # Errors
/// What the database answers.
pub async fn end_lost_leases(db: &Db) -> Result<u64, DbErr> {
    let clock = db::clock_sql(db.read());
    let lost = format!("lease_until < {clock}");
    let sql = format!("SELECT id FROM job WHERE {lost} LIMIT 1");
    // Reading first keeps a quiet process from the writers' way.
    let found = db
        .read()
        .query_one_raw(db::statement(db.read(), &sql, vec![]))
        .await?;
    if found.is_none() {
        return Ok(0);
    }
    let sql = format!("UPDATE job SET lease_token = NULL, lease_until = NULL WHERE {lost}");
    db::execute(db.write(), &sql, vec![]).await
}

/// The lanes in which there are jobs.
///
/// # Errors
/// What the database answers.
pub async fn lanes_in_use(db: &Db) -> Result<Vec<String>, DbErr> {
    // From one lane to the next in the index, whatever the number of jobs.
    let sql = "WITH RECURSIVE found(lane) AS (
            SELECT MIN(lane) FROM job
            UNION ALL
            SELECT (SELECT MIN(lane) FROM job WHERE job.lane > found.lane) FROM found WHERE found.lane IS NOT NULL
        ) SELECT lane AS name FROM found WHERE lane IS NOT NULL";
    let rows = db
        .read()
        .query_all_raw(db::statement(db.read(), sql, vec![]))
        .await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
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
    let renew = Update {
        table: "job",
        columns: &[("id", "TEXT"), ("token", "TEXT")],
        keys: 1,
        set: &format!("lease_until = {clock} + {}", micros(lease)),
        only: "job.lease_token = v.token",
    };
    bulk::update(db.write(), &renew, rows.collect()).await?;
    Ok(())
}

/// Deletes the job in the transaction that did its work.
///
/// # Errors
/// [`LeaseLost`] inside when another worker has it: roll back.
pub async fn complete(tx: &impl ConnectionTrait, lease: &Lease) -> Result<Result<(), LeaseLost>, DbErr> {
    let sql = "DELETE FROM job WHERE id = $1 AND lease_token = $2";
    let values = vec![lease.id.clone().into(), lease.lease_token.clone().into()];
    let deleted = db::execute(tx, sql, values).await?;
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

/// Gives the job back as one at which nothing went wrong: it waits for something
/// that takes its time. What it was claimed for before is forgotten. `false`:
/// somebody else has it.
///
/// # Errors
/// What the database answers.
pub async fn postpone(tx: &impl ConnectionTrait, lease: &Lease, run_at: Timestamp) -> Result<bool, DbErr> {
    let sql = "UPDATE job SET lease_token = NULL, lease_until = NULL, run_at = $3, attempts = 0
               WHERE id = $1 AND lease_token = $2";
    let values = vec![
        lease.id.clone().into(),
        lease.lease_token.clone().into(),
        run_at.into(),
    ];
    Ok(db::execute(tx, sql, values).await? == 1)
}

/// Gives the job on to another lane. `false`: somebody else has it.
///
/// # Errors
/// What the database answers.
pub async fn move_on(
    tx: &impl ConnectionTrait,
    lease: &Lease,
    lane: &str,
    run_at: Timestamp,
) -> Result<bool, DbErr> {
    let sql = format!(
        "UPDATE job SET lease_token = NULL, lease_until = NULL, run_at = $3, lane = $4, turn = {NEXT},
             attempts = 0
         WHERE id = $1 AND lease_token = $2"
    );
    let values = vec![
        lease.id.clone().into(),
        lease.lease_token.clone().into(),
        run_at.into(),
        lane.into(),
    ];
    Ok(db::execute(tx, &sql, values).await? == 1)
}

/// Lets a job that waits in one lane wait in another. Whoever claimed it meanwhile
/// keeps it.
///
/// # Errors
/// What the database answers.
pub async fn divert(db: &Db, (kind, subject): (&str, &str), (from, to): (&str, &str)) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job SET lane = $4, turn = {NEXT}
         WHERE kind = $1 AND subject = $2 AND lane = $3 AND lease_token IS NULL"
    );
    let values = vec![kind.into(), subject.into(), from.into(), to.into()];
    db::execute(db.write(), &sql, values).await?;
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

/// Removes the jobs of many subjects.
///
/// # Errors
/// What the database answers.
pub async fn cancel_all(tx: &impl ConnectionTrait, kind: &str, subjects: Vec<String>) -> Result<(), DbErr> {
    let rows = subjects
        .into_iter()
        .map(|subject| vec![kind.into(), subject.into()]);
    let sql = format!(
        "DELETE FROM job WHERE (kind, subject) IN (SELECT kind, subject FROM v) AND {}",
        db::among_sql(tx, "subject", "SELECT subject FROM v")
    );
    bulk::execute(tx, &[("kind", "TEXT"), ("subject", "TEXT")], rows.collect(), &sql).await?;
    Ok(())
}

/// Lets a subject's job wait for another lane. Whoever held it holds it no longer.
///
/// # Errors
/// What the database answers.
pub async fn change_lane(
    tx: &impl ConnectionTrait,
    kind: &str,
    subject: &str,
    lane: &str,
    run_at: Timestamp,
) -> Result<(), DbErr> {
    let sql = format!(
        "UPDATE job SET lane = $4, turn = {NEXT}, run_at = $3, lease_token = NULL, lease_until = NULL
         WHERE kind = $1 AND subject = $2"
    );
    let values = vec![kind.into(), subject.into(), run_at.into(), lane.into()];
    db::execute(tx, &sql, values).await?;
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

/// Lets a job that waits be claimed at once.
///
/// # Errors
/// What the database answers.
pub async fn hasten(db: &Db, kind: &str, subject: &str, now: Timestamp) -> Result<(), DbErr> {
    let sql = "UPDATE job SET run_at = $3
               WHERE kind = $1 AND subject = $2 AND lease_token IS NULL AND run_at > $3";
    db::execute(db.write(), sql, vec![kind.into(), subject.into(), now.into()]).await?;
    Ok(())
}

/// Jobs that are due, worked on or not; of the kind that may wait for somebody
/// else for long, only those that nobody works on yet. A lane with limits says
/// itself when it goes on, and is not counted.
///
/// # Errors
/// What the database answers.
pub async fn count_due(db: &Db, now: Timestamp, long: &str) -> Result<i64, DbErr> {
    let sql = "SELECT COUNT(*) AS due FROM job WHERE run_at <= $1 AND (lease_token IS NULL OR kind <> $2)
                 AND lane NOT IN (SELECT name FROM lane)";
    let row = db
        .read()
        .query_one_raw(db::statement(db.read(), sql, vec![now.into(), long.into()]))
        .await?;
    row.map_or(Ok(0), |row| row.try_get("", "due"))
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
