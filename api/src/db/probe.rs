//! Whether the database keeps what it is given: for load balancers and the audit.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sea_orm::{DbErr, FromQueryResult};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::{Db, query};

/// How long an answer is given again: anybody may ask, and each probe is a commit.
const FRESH: Duration = Duration::from_secs(1);

/// How long a probe may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// The last answer, and when it was found.
pub(super) type Last = Arc<Mutex<Option<(Instant, bool)>>>;

#[derive(FromQueryResult)]
struct Probe {
    writes: i64,
}

impl Db {
    /// Whether a write is committed and then seen by other connections. Asked again
    /// within a second, it answers the same.
    pub async fn keeps_writes(&self) -> bool {
        let mut last = self.last_probe.lock().await;
        if let Some((at, answer)) = *last
            && at.elapsed() < FRESH
        {
            return answer;
        }
        let answer = match timeout(PATIENCE, self.probe()).await {
            Ok(Ok(true)) => true,
            Ok(Ok(false)) => {
                tracing::error!("the database acknowledges writes and does not keep them");
                false
            }
            Ok(Err(error)) => {
                tracing::error!(%error, "the database takes no writes");
                false
            }
            Err(_) => {
                tracing::error!(
                    seconds = PATIENCE.as_secs(),
                    "the database did not take a write in time"
                );
                false
            }
        };
        *last = Some((Instant::now(), answer));
        answer
    }

    async fn probe(&self) -> Result<bool, DbErr> {
        let tx = self.begin().await?;
        let written: Vec<Probe> = query(
            &tx,
            "UPDATE write_probe SET writes = writes + 1 RETURNING writes",
            vec![],
        )
        .await?;
        tx.commit().await?;
        let seen: Vec<Probe> = query(self.read(), "SELECT writes FROM write_probe", vec![]).await?;
        Ok(match (written.first(), seen.first()) {
            (Some(written), Some(seen)) => seen.writes >= written.writes,
            _ => false,
        })
    }
}
