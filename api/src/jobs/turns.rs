//! Whose turn it is: accounts take turns in a lane, however much each has queued.
//!
//! A job's turn comes one after the last that its account has in the lane, and
//! never before the turn that is being served: start-time fair queueing. Ten
//! thousand jobs of one account take ten thousand turns; the single job of another
//! takes the next.

use std::collections::{BTreeMap, BTreeSet};

use entity::AccountId;
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};

use super::{HOUSE, NewJob};
use crate::{bulk, db};

#[derive(FromQueryResult)]
struct Place {
    lane: String,
    account: String,
    /// The first turn that waits in the lane.
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

/// The turns after which each account goes on, by lane and account.
async fn load(tx: &impl ConnectionTrait, jobs: &[NewJob]) -> Result<BTreeMap<(String, String), i64>, DbErr> {
    let places: BTreeSet<(&str, &AccountId)> = jobs
        .iter()
        .filter(|job| job.lane != HOUSE)
        .filter_map(|job| Some((job.lane.as_str(), job.account_id.as_ref()?)))
        .collect();
    if places.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = bulk::filled(places);
    let tuples = (0..places.len())
        .map(|at| format!("(CAST(${} AS TEXT), CAST(${} AS TEXT))", 2 * at + 1, 2 * at + 2))
        .collect::<Vec<_>>();
    let sql = format!(
        "WITH v(lane, account) AS (VALUES {})
         SELECT v.lane AS lane, v.account AS account,
            (SELECT turn FROM job WHERE job.lane = v.lane AND lease_token IS NULL
                ORDER BY turn LIMIT 1) AS served,
            (SELECT turn FROM job WHERE job.lane = v.lane AND job.account_id = v.account
                ORDER BY turn DESC LIMIT 1) AS own
         FROM v",
        tuples.join(", ")
    );
    let values = places
        .into_iter()
        .flat_map(|(lane, account)| [lane.into(), account.clone().into()]);
    let rows: Vec<Place> = db::query(tx, &sql, values.collect()).await?;
    let last = rows.into_iter().map(|row| {
        // Whoever is new stands beside the first that waits, not behind it.
        let turn = row.served.map_or(0, |first| first - 1).max(row.own.unwrap_or(0));
        ((row.lane, row.account), turn)
    });
    Ok(last.collect())
}
