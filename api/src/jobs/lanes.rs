//! Lanes: what limits how fast the jobs of one provider may be begun, shared by all
//! processes.
//!
//! A lane's row is locked while jobs are claimed from it, so the limits hold
//! however many processes claim. It closes for a while when the provider says so,
//! or fails again and again; then one job goes ahead to see whether it is well.

use std::time::Duration;

use entity::{Timestamp, lane};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbErr,
    EntityTrait as _, FromQueryResult, IntoActiveModel as _, QueryFilter as _, QuerySelect as _,
};

use super::Lease;
use crate::db::{self, Db};

/// Failures in a row after which a lane closes.
const TRIP: i32 = 5;

/// How long it closes then; twice as long each time that the next job fails too.
const CLOSED: Duration = Duration::from_secs(5);
const LONGEST_CLOSED: Duration = Duration::from_secs(300);

/// How long the job that goes ahead may keep the others waiting.
const PROBE: Duration = Duration::from_secs(60);

const MINUTE: i64 = 60_000_000;
const DAY: i64 = 86_400_000_000;

/// What a lane allows; `None`: as much as comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Limits {
    pub concurrency: Option<u32>,
    pub per_minute: Option<u32>,
    pub per_day: Option<u32>,
}

/// What was heard of whoever serves the lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// An answer, be it a refusal.
    Well,
    /// Nothing, or an error of its own.
    Failing,
    /// Still nothing of a job that was lost sight of before: news of that job
    /// alone, not of how its provider fares.
    Lost,
    /// It asked to wait.
    Wait { until: Timestamp },
    /// A quota is used up.
    Exhausted { until: Timestamp },
}

/// Claims up to `limit` due jobs, within what the lane allows.
///
/// # Errors
/// What the database answers.
pub async fn claim(
    db: &Db,
    name: &str,
    limits: Limits,
    limit: u32,
    lease: Duration,
    now: Timestamp,
) -> Result<Vec<Lease>, DbErr> {
    let tx = db.begin().await?;
    let mut lane = lock(&tx, name).await?;
    if lane.closed_until.is_some_and(|until| until > now) {
        return Ok(Vec::new());
    }
    let mut free = i64::from(limit);
    let ailing = lane.failures >= TRIP;
    if ailing {
        if lane.probing_until.is_some_and(|until| until > now) {
            return Ok(Vec::new());
        }
        free = free.min(1);
    }
    let (minute, day) = (now.micros() / MINUTE, now.micros() / DAY);
    if lane.minute != minute {
        (lane.minute, lane.minute_count) = (minute, 0);
    }
    if lane.day != day {
        (lane.day, lane.day_count) = (day, 0);
    }
    for (most, begun) in [
        (limits.per_minute, lane.minute_count),
        (limits.per_day, lane.day_count),
    ] {
        free = most.map_or(free, |most| free.min(i64::from(most) - begun));
    }
    if let Some(most) = limits.concurrency.filter(|_| free > 0) {
        free = free.min(i64::from(most) - running(&tx, name).await?);
    }
    let Some(free) = u32::try_from(free).ok().filter(|free| *free > 0) else {
        return Ok(Vec::new());
    };
    // A coin says who goes ahead: a few that are lost for good must not keep what is
    // new waiting, nor must what is new hide that the lost are found again.
    let mut claimed = match ailing && rand::random() {
        true => super::claim_untried(&tx, name, lease, now).await?,
        false => Vec::new(),
    };
    if claimed.is_empty() {
        claimed = super::claim_where(&tx, name, "TRUE", free, lease, now).await?;
    }
    if !claimed.is_empty() {
        let begun = i64::try_from(claimed.len()).unwrap_or(i64::MAX);
        lane.minute_count += begun;
        lane.day_count += begun;
        if ailing {
            lane.probing_until = Some(now.plus(PROBE));
        }
        lane.into_active_model().reset_all().update(&tx).await?;
    }
    tx.commit().await?;
    Ok(claimed)
}

async fn lock(tx: &impl ConnectionTrait, name: &str) -> Result<lane::Model, DbErr> {
    let find = || lane::Entity::find_by_id(name).lock_exclusive().one(tx);
    if let Some(lane) = find().await? {
        return Ok(lane);
    }
    let new = lane::ActiveModel {
        name: Set(name.to_owned()),
        failures: Set(0),
        closed_until: Set(None),
        closed_why: Set(None),
        probing_until: Set(None),
        minute: Set(0),
        minute_count: Set(0),
        day: Set(0),
        day_count: Set(0),
    };
    let existing = OnConflict::column(lane::Column::Name).do_nothing().to_owned();
    lane::Entity::insert(new)
        .on_conflict(existing)
        .exec_without_returning(tx)
        .await?;
    find()
        .await?
        .ok_or_else(|| DbErr::RecordNotFound(name.to_owned()))
}

#[derive(FromQueryResult)]
struct Count {
    running: i64,
}

async fn running(tx: &impl ConnectionTrait, name: &str) -> Result<i64, DbErr> {
    let sql = format!(
        "SELECT COUNT(*) AS running FROM job WHERE lane = $1 AND lease_until >= {}",
        db::clock_sql(tx)
    );
    let rows: Vec<Count> = db::query(tx, &sql, vec![name.into()]).await?;
    Ok(rows.first().map_or(0, |row| row.running))
}

/// Takes in what was heard.
///
/// # Errors
/// What the database answers.
pub async fn hear(db: &Db, name: &str, heard: Heard, now: Timestamp) -> Result<(), DbErr> {
    use lane::Column;
    let of_lane = || lane::Entity::update_many().filter(Column::Name.eq(name));
    let close = |until: Timestamp, why: lane::Why| {
        of_lane()
            .col_expr(Column::ClosedUntil, Expr::value(until))
            .col_expr(Column::ClosedWhy, Expr::value(why))
            .filter(
                Condition::any()
                    .add(Column::ClosedUntil.is_null())
                    .add(Column::ClosedUntil.lt(until)),
            )
            .exec(db.write())
    };
    match heard {
        Heard::Well => {
            of_lane()
                .col_expr(Column::Failures, Expr::value(0))
                .col_expr(Column::ProbingUntil, Expr::value(Option::<Timestamp>::None))
                .filter(Column::Failures.gt(0))
                .exec(db.write())
                .await?;
        }
        Heard::Lost => {
            of_lane()
                .col_expr(Column::ProbingUntil, Expr::value(Option::<Timestamp>::None))
                .filter(Column::ProbingUntil.is_not_null())
                .exec(db.write())
                .await?;
        }
        Heard::Wait { until } => {
            close(until, lane::Why::AskedToWait).await?;
        }
        Heard::Exhausted { until } => {
            close(until, lane::Why::QuotaUsedUp).await?;
        }
        Heard::Failing => {
            let tx = db.begin().await?;
            let mut lane = lock(&tx, name).await?;
            lane.failures = lane.failures.saturating_add(1);
            lane.probing_until = None;
            if lane.failures >= TRIP {
                let until = now.plus(closed_for(lane.failures));
                lane.closed_until = lane.closed_until.max(Some(until));
                lane.closed_why = Some(lane::Why::Failing);
            }
            lane.into_active_model().reset_all().update(&tx).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// Whether the lane lets nothing through now, and until when.
///
/// # Errors
/// What the database answers.
pub async fn closed_until(db: &Db, name: &str, now: Timestamp) -> Result<Option<Timestamp>, DbErr> {
    let lane = lane::Entity::find_by_id(name).one(db.read()).await?;
    Ok(lane
        .and_then(|lane| lane.closed_until)
        .filter(|until| *until > now))
}

/// How long a lane closes after so many failures in a row.
fn closed_for(failures: i32) -> Duration {
    let doublings = u32::try_from(failures - TRIP).unwrap_or(0).min(16);
    CLOSED.saturating_mul(1 << doublings).min(LONGEST_CLOSED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_closes_for_longer_each_time_but_not_for_ever() {
        let times: Vec<u64> = [5, 6, 7, 10, 11, 12, i32::MAX]
            .map(|failures| closed_for(failures).as_secs())
            .to_vec();
        assert_eq!(times, [5, 10, 20, 160, 300, 300, 300]);
    }
}
