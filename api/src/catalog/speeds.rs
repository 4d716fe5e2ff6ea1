//! How long models take here: of the last runs that succeeded, from the start to
//! the end. Looked at again now and then, never more than a bounded number of rows.

use std::collections::HashMap;
use std::time::Duration;

use entity::Timestamp;
use sea_orm::{DbErr, FromQueryResult};
use tokio::sync::Mutex;

use crate::db::{self, Db};

/// How long what was measured is good.
const FRESH: Duration = Duration::from_secs(30);

/// Models whose speed is kept in memory; ids come from configuration.
const MOST: usize = 1000;

/// The last runs that count.
const RUNS: u32 = 200;

/// Half of the runs took no longer than `p50`; of twenty, all but one than `p95`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Speed {
    pub p50_seconds: Option<f64>,
    pub p95_seconds: Option<f64>,
}

#[derive(Default)]
pub(super) struct Speeds {
    known: Mutex<HashMap<String, (Timestamp, Speed)>>,
}

impl Speeds {
    pub async fn of(&self, db: &Db, model: &str, now: Timestamp) -> Result<Speed, DbErr> {
        // Whoever else wants to know waits, and finds it measured.
        let mut known = self.known.lock().await;
        if let Some((at, speed)) = known.get(model)
            && *at <= now
            && now.since(*at) < FRESH
        {
            return Ok(*speed);
        }
        let speed = measure(db, model).await?;
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(model.to_owned(), (now, speed));
        Ok(speed)
    }
}

#[derive(FromQueryResult)]
struct Took {
    micros: i64,
}

async fn measure(db: &Db, model: &str) -> Result<Speed, DbErr> {
    let sql = format!(
        "SELECT ended_at - started_at AS micros FROM generation
         WHERE model_resolved = $1 AND status = 'succeeded' ORDER BY ended_at DESC LIMIT {RUNS}"
    );
    let took: Vec<Took> = db::query(db.read(), &sql, vec![model.into()]).await?;
    let mut micros: Vec<i64> = took.into_iter().map(|took| took.micros).collect();
    micros.sort_unstable();
    Ok(Speed {
        p50_seconds: rank(&micros, 50),
        p95_seconds: rank(&micros, 95),
    })
}

/// The nearest rank, in hundredths of a second.
fn rank(sorted: &[i64], percent: usize) -> Option<f64> {
    let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    let micros = *sorted.get(place)?;
    Some((micros as f64 / 10_000.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_times_that_were_measured() {
        let times: Vec<i64> = (1..=100).map(|second| second * 1_000_000).collect();
        assert_eq!((rank(&times, 50), rank(&times, 95)), (Some(50.0), Some(95.0)));
        assert_eq!(
            (rank(&[123_456], 50), rank(&[123_456], 95)),
            (Some(0.12), Some(0.12))
        );
        assert_eq!(rank(&[], 50), None);
    }
}
