//! Admission: many waiting requests, one transaction.
//!
//! Requests wait in a bounded queue. Whoever is free takes all that wait, up to a
//! batch, locks the wallets concerned, decides about each in memory, and writes
//! everything with one statement a table. A commit is the dear part; shared by
//! fifty requests it is cheap. What is refused leaves no trace.

use std::collections::{BTreeSet, HashMap};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use entity::{BatchId, Credits, GenerationId, KeyId, Timestamp, generation};
use futures_util::FutureExt as _;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use serde_json::{Map, Value};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::askers::Askers;
use super::remembered::Remembered;
use super::rows::{Rows, row};
use super::wanted::Webhook;
use crate::app::App;
use crate::catalog::Model;
use crate::credits::{Books, InsufficientCredits, Owner};
use crate::db;
use crate::keys::spend::CapState;
use crate::moderation::{Flag, Moderation};
use crate::signals::Signal;

pub const ROUTE: &str = "generations.create";

/// Requests in one transaction at most.
const BATCH: usize = 64;

/// Requests that may wait; more are told to come back.
const WAITING: usize = 4096;

/// How long it waits before each further try to learn what became of a commit.
const PATIENCE: [Duration; 4] = [
    Duration::ZERO,
    Duration::from_millis(100),
    Duration::from_millis(500),
    Duration::from_secs(2),
];

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
    pub once: Option<(String, String)>,
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

type Answer = Result<Admitted, Refused>;
type Waiting = (NewGeneration, oneshot::Sender<Answer>);

/// The queue of requests that wait to be admitted.
#[derive(Clone)]
pub struct Admissions {
    pub(super) app: App,
    pub(super) moderation: Moderation,
    queue: mpsc::Sender<Waiting>,
}

impl Admissions {
    /// Starts admitting. PostgreSQL gets two lanes, so that one gathers while the
    /// other commits; SQLite has one writer.
    #[must_use]
    pub fn start(app: &App, moderation: Moderation) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let lanes = if app.db.is_postgres() { 2 } else { 1 };
        for _ in 0..lanes {
            tokio::spawn(admit_forever(app.clone(), Arc::clone(&waiting)));
        }
        Self {
            app: app.clone(),
            moderation,
            queue,
        }
    }

    /// Waits until the request was decided and the decision is durable.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn admit(&self, mut new: NewGeneration) -> Answer {
        self.screen(&mut new).await?;
        let (decided, answer) = oneshot::channel();
        self.queue.try_send((new, decided)).map_err(|_| Refused::Busy)?;
        answer.await.unwrap_or(Err(Refused::Busy))
    }
}

async fn admit_forever(app: App, waiting: Arc<Mutex<mpsc::Receiver<Waiting>>>) {
    loop {
        let mut batch = Vec::new();
        if waiting.lock().await.recv_many(&mut batch, BATCH).await == 0 {
            return;
        }
        let (requests, askers): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let answers = AssertUnwindSafe(admit_all(&app, &requests)).catch_unwind().await;
        // Who asked is told to come back, and the next are admitted all the same.
        let Ok(answers) = answers else { continue };
        if answers
            .iter()
            .any(|answer| matches!(answer, Ok(Admitted::New(_))))
        {
            app.signals.tell(Signal::Work);
        }
        for (asker, answer) in askers.into_iter().zip(answers) {
            // An asker who left finds the generation in the list.
            drop(asker.send(answer));
        }
    }
}

/// Admits together; where that fails, each alone, so that one request can't
/// spoil its neighbours'.
async fn admit_all(app: &App, requests: &[NewGeneration]) -> Vec<Answer> {
    match admit_together(app, requests, Try::First).await {
        Ok(answers) => answers,
        Err(Refused::Unknown(error)) => find_out(app, requests, error).await,
        Err(Refused::Database(error)) if requests.len() > 1 && !db::is_unavailable(&error) => {
            let mut answers = Vec::with_capacity(requests.len());
            for request in requests {
                let alone = Box::pin(admit_all(app, std::slice::from_ref(request))).await;
                answers.extend(alone);
            }
            answers
        }
        Err(refused) => vec![Err(refused); requests.len()],
    }
}

/// Asks again after a commit whose answer was lost, a few times.
async fn find_out(app: &App, requests: &[NewGeneration], lost: Arc<DbErr>) -> Vec<Answer> {
    tracing::warn!(error = %lost, "the answer to a commit was lost; asking what became of it");
    for wait in PATIENCE {
        tokio::time::sleep(wait).await;
        if let Ok(answers) = admit_together(app, requests, Try::Again).await {
            return answers;
        }
    }
    vec![Err(Refused::Unknown(lost)); requests.len()]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Try {
    First,
    /// After a commit whose answer was lost. Once the wallets are locked, that
    /// transaction has come to its end, and what it admitted can be seen.
    Again,
}

async fn admit_together(app: &App, requests: &[NewGeneration], this: Try) -> Result<Vec<Answer>, Refused> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let owners: BTreeSet<&Owner> = requests.iter().map(|request| &request.owner).collect();
    let mut books = Books::open(&tx, owners, now).await?;
    let mut askers = Askers::load(&tx, requests, now).await?;
    let mut remembered = Remembered::load(&tx, requests, now).await?;
    let mut admitted = match this {
        Try::First => HashMap::new(),
        Try::Again => load_admitted(&tx, requests).await?,
    };

    let mut answers = Vec::with_capacity(requests.len());
    let mut rows = Rows::default();
    for request in requests {
        if let Some(row) = admitted.remove(&request.id) {
            answers.push(Ok(Admitted::New(Box::new(row))));
            continue;
        }
        let answer = decide(app, request, &mut books, &mut askers, &mut remembered, now);
        if let Ok(Admitted::New(row)) = &answer {
            rows.add(request, row, now);
        }
        answers.push(answer);
    }
    rows.write(&tx, now).await?;
    books.close(&tx).await?;
    askers.close(&tx, now).await?;
    match tx.commit().await {
        Err(error) if db::is_cut(&error) => Err(Refused::Unknown(Arc::new(error))),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(answers),
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
        return match Some(&before.fingerprint) == request.once.as_ref().map(|(_, fingerprint)| fingerprint) {
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
