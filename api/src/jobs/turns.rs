//! Whose turn it is: accounts take turns in a lane, however much each has queued.
//!
//! A job's turn comes one after the last that its account has in the lane, and
//! never before the turn that is being served: start-time fair queueing. Ten
//! thousand jobs of one account take ten thousand turns; the single job of another
//! takes the next.
//!
//! What is being served is written down when jobs are claimed. Jobs that were put off
//! keep their turn, which is over: they go first when they are due, and move nobody
//! else's. A job that changes its lane takes a turn of the new one.

use std::collections::{BTreeMap, BTreeSet};

use entity::AccountId;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

use super::{NewJob, OWN};
use crate::bulk;
use crate::db;

#[derive(FromQueryResult)]
struct Place {
    lane: String,
    account: String,
    /// The last turn that was served in the lane.
    served: Option<i64>,
    /// The account's last.
    own: Option<i64>,
}

/// The turns of these jobs, in their order. What has no account waits for nobody.
pub(super) async fn assign(tx: &impl ConnectionTrait, jobs: &[NewJob]) -> Result<Vec<i64>, DbErr> {
    let mut last = load(tx, jobs).await?;
    let turn = |job: &NewJob| {
        let place = job
            .account_id
            .as_ref()
            .map(|account| (job.lane.clone(), account.to_string()));
        match place.and_then(|place| last.get_mut(&place)) {
            Some(turn) => {
                *turn += 1;
                *turn
            }
            None => 0,
        }
    };
    Ok(jobs.iter().map(turn).collect())
}

/// Each lookup reads one entry of an index that has the rows in this very order, so
/// there is nothing to sort, however many wait.
const PLACES: &str = "
    SELECT v.lane AS lane, v.account AS account,
        (SELECT served FROM lane_turn WHERE lane_turn.lane = v.lane) AS served,
        (SELECT turn FROM job WHERE job.lane = v.lane AND job.account_id = v.account
            ORDER BY turn DESC LIMIT 1) AS own
    FROM v";

/// The turn of a job, in an `UPDATE` that moves it to the lane `$4`.
pub(super) const NEXT: &str = "1 + (SELECT COALESCE(MAX(place.turn), 0) FROM (
        SELECT served AS turn FROM lane_turn WHERE lane_turn.lane = $4
        UNION ALL
        SELECT own.turn FROM (SELECT other.turn AS turn FROM job AS other
            WHERE other.lane = $4 AND other.account_id = job.account_id
            ORDER BY other.turn DESC LIMIT 1) AS own
    ) AS place)";

/// Writes down that a turn was served in a lane.
pub(super) async fn serve(tx: &impl ConnectionTrait, lane: &str, turn: i64) -> Result<(), DbErr> {
    if OWN.contains(&lane) {
        return Ok(());
    }
    let sql = "INSERT INTO lane_turn (lane, served) VALUES ($1, $2)
               ON CONFLICT (lane) DO UPDATE SET served = excluded.served
               WHERE lane_turn.served < excluded.served";
    db::execute(tx, sql, vec![lane.into(), turn.into()])
        .await
        .map(drop)
}

/// The turns after which each account goes on, by lane and account.
async fn load(tx: &impl ConnectionTrait, jobs: &[NewJob]) -> Result<BTreeMap<(String, String), i64>, DbErr> {
    let places: BTreeSet<(&str, &AccountId)> = jobs
        .iter()
        .filter(|job| !OWN.contains(&job.lane.as_str()))
        .filter_map(|job| Some((job.lane.as_str(), job.account_id.as_ref()?)))
        .collect();
    if places.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = places
        .into_iter()
        .map(|(lane, account)| vec![lane.into(), account.clone().into()]);
    let columns = &[("lane", "TEXT"), ("account", "TEXT")];
    let rows: Vec<Place> = bulk::query(tx, columns, places.collect(), PLACES).await?;
    let last = rows.into_iter().map(|row| {
        let turn = row.served.max(row.own).unwrap_or(0);
        ((row.lane, row.account), turn)
    });
    Ok(last.collect())
}
