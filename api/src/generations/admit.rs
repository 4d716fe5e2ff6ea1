//! Admission: many waiting requests, one transaction.
//!
//! A batch locks the wallets concerned, decides about each request in memory, and
//! writes everything with one statement a table. A commit is the dear part; shared
//! by fifty requests it is cheap. What is refused leaves no trace.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use entity::{BatchId, Credits, GenerationId, KeyId, Timestamp, generation};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde_json::{Map, Value};

use super::askers::Askers;
use super::remembered::Remembered;
use super::rows::{Rows, row};
use super::wanted::Webhook;
use crate::app::App;
use crate::catalog::Model;
use crate::credits::{Books, InsufficientCredits, Owner};
use crate::db::{self, Locked};
use crate::http::Fingerprint;
use crate::keys::spend::CapState;
use crate::moderation::Flag;

pub const ROUTE: &str = "generations.create";

/// How long it waits before each further try to learn what became of a commit.
const PATIENCE: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
];

/// How long requests wait for a wallet that another transaction holds.
const LOCK_WAIT: Duration = Duration::from_secs(2);

/// A checked and priced request.
#[derive(Clone)]
pub struct NewGeneration {
    pub id: GenerationId,
    pub owner: Owner,
    pub key: Option<KeyId>,
    /// What it was asked for together with.
    pub batch: Option<BatchId>,
    pub model: Arc<Model>,
    pub asked: String,
    pub input: Map<String, Value>,
    pub metadata: Map<String, Value>,
    pub end_user: Option<String>,
    pub saved: bool,
    /// The countries in which it may be processed; `None`: any.
    pub regions: Option<Vec<String>>,
    pub webhook: Option<Webhook>,
    pub estimated: Credits,
    pub price_version: String,
    pub deadline_at: Timestamp,
    pub once: Option<(String, Fingerprint)>,
    /// What moderation objected to, where it is admitted all the same.
    pub flag: Option<Flag>,
    /// Moderation refuses it by now: it may be answered as before, and no more.
    pub only_again: bool,
}

#[derive(Debug, Clone)]
pub enum Admitted {
    New(Box<generation::Model>),
    /// The idempotency key was used for the same request before.
    Replayed {
        id: GenerationId,
        status: i32,
    },
}

#[derive(Debug, Clone, thiserror::Error)]
pub enum Refused {
    #[error(transparent)]
    InsufficientCredits(#[from] InsufficientCredits),
    #[error("{limit} generations of the {whose} are under way already")]
    TooMany { limit: u32, whose: &'static str },
    #[error("moderation objects to it")]
    Content(Flag),
    #[error("moderation happens outside the regions that were allowed")]
    ModeratedElsewhere { countries: Vec<String> },
    #[error("moderation does not answer")]
    Unmoderated,
    #[error("the key may not spend so much")]
    Capped(Box<CapState>),
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Closed or revoked since the caller was let in.
    #[error("the credential is no longer valid")]
    Gone,
    #[error("the operator has suspended the account")]
    Suspended,
    #[error("too many requests wait")]
    Busy,
    #[error("the database refused: {0}")]
    Database(Arc<DbErr>),
    /// The commit's answer was lost: it may have been admitted.
    #[error("the outcome is unknown: {0}")]
    Unknown(Arc<DbErr>),
}

impl From<DbErr> for Refused {
    fn from(error: DbErr) -> Self {
        Self::Database(Arc::new(error))
    }
}

pub(super) type Answer = Result<Admitted, Refused>;

/// What became of a request in a batch.
pub(super) enum Decided {
    Answered(Answer),
    /// Another transaction holds what it needs. It was left out.
    Locked,
}

/// Admits together; where that fails, each alone, so that one request can't
/// spoil its neighbours'.
pub(super) async fn admit_all(app: &App, requests: &[NewGeneration], locked: Locked) -> Vec<Decided> {
    match admit_together(app, requests, Try::First(locked)).await {
        Ok(decided) => decided,
        Err(Refused::Unknown(error)) => find_out(app, requests, error).await,
        Err(Refused::Database(error)) if requests.len() > 1 && !db::is_unavailable(&error) => {
            let mut decided = Vec::with_capacity(requests.len());
            for request in requests {
                let alone = Box::pin(admit_all(app, std::slice::from_ref(request), locked)).await;
                decided.extend(alone);
            }
            decided
        }
        Err(refused) => all(requests, &refused),
    }
}

fn all(requests: &[NewGeneration], refused: &Refused) -> Vec<Decided> {
    let refused = requests.iter().map(|_| Decided::Answered(Err(refused.clone())));
    refused.collect()
}

/// Asks again after a commit whose answer was lost, a few times.
async fn find_out(app: &App, requests: &[NewGeneration], lost: Arc<DbErr>) -> Vec<Decided> {
    tracing::warn!(error = %lost, "the answer to a commit was lost; asking what became of it");
    for wait in PATIENCE {
        tokio::time::sleep(wait).await;
        if let Ok(decided) = admit_together(app, requests, Try::Again).await {
            return decided;
        }
    }
    all(requests, &Refused::Unknown(lost))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Try {
    First(Locked),
    /// After a commit whose answer was lost. Once the wallets are locked, that
    /// transaction has come to its end, and what it admitted can be seen.
    Again,
}

async fn admit_together(app: &App, requests: &[NewGeneration], this: Try) -> Result<Vec<Decided>, Refused> {
    let now = app.now();
    let (locked, mut admitted) = match this {
        Try::First(locked) => (locked, HashMap::new()),
        Try::Again => (Locked::Wait, HashMap::new()),
    };
    let tx = app.db.begin().await?;
    if locked == Locked::Wait {
        db::limit_lock_waits(&tx, LOCK_WAIT).await?;
    }
    let owners: BTreeSet<&Owner> = requests.iter().map(|request| &request.owner).collect();
    let mut books = Books::open_or_skip(&tx, owners, locked, now).await?;
    let mut askers = Askers::load(&tx, requests, locked, now).await?;
    let mut remembered = Remembered::load(&tx, requests, now).await?;
    if this == Try::Again {
        admitted = load_admitted(&tx, requests).await?;
    }

    let mut decided = Vec::with_capacity(requests.len());
    let mut rows = Rows::default();
    for request in requests {
        if let Some(row) = admitted.remove(&request.id) {
            decided.push(Decided::Answered(Ok(Admitted::New(Box::new(row)))));
            continue;
        }
        // What is not there may only be locked: it is looked for again without haste.
        if locked == Locked::Skip && (books.wallet(&request.owner).is_none() || !askers.knows(request)) {
            decided.push(Decided::Locked);
            continue;
        }
        let answer = decide(app, request, &mut books, &mut askers, &mut remembered, now);
        if let Ok(Admitted::New(row)) = &answer {
            rows.add(request, row, now);
        }
        decided.push(Decided::Answered(answer));
    }
    if rows.is_empty() {
        // Nothing to keep. Lots that expired meanwhile expire with whatever comes next.
        tx.rollback().await?;
        return Ok(decided);
    }
    rows.write(&tx, now).await?;
    books.close(&tx).await?;
    askers.close(&tx, now).await?;
    match tx.commit().await {
        Err(error) if db::is_cut(&error) => Err(Refused::Unknown(Arc::new(error))),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(decided),
    }
}

async fn load_admitted(
    tx: &impl ConnectionTrait,
    requests: &[NewGeneration],
) -> Result<HashMap<GenerationId, generation::Model>, DbErr> {
    let ids = requests.iter().map(|request| request.id.clone());
    let rows = generation::Entity::find()
        .filter(generation::Column::Id.is_in(ids))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id.clone(), row)).collect())
}

fn decide(
    app: &App,
    request: &NewGeneration,
    books: &mut Books,
    askers: &mut Askers,
    remembered: &mut Remembered,
    now: Timestamp,
) -> Answer {
    if let Some(before) = remembered.find(request) {
        let same = |(_, fingerprint): &(String, Fingerprint)| fingerprint.is(&before.fingerprint);
        return match request.once.as_ref().is_some_and(same) {
            true => Ok(Admitted::Replayed {
                id: before.id.clone(),
                status: before.status,
            }),
            false => Err(Refused::KeyReused),
        };
    }
    if request.only_again {
        // Its key was forgotten since.
        return Err(Refused::Unmoderated);
    }
    let (asker, wish) = ((&request.owner, request.key.as_ref()), (1, request.estimated));
    askers.check(asker, books, &app.config.limits, wish)?;
    books.hold(&request.owner, &request.id, request.estimated)?;
    books.count(request.key.as_ref(), 1);
    askers.take(asker, wish);
    remembered.remember(request);
    Ok(Admitted::New(Box::new(row(request, now))))
}
