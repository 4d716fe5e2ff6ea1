//! Admission: many waiting requests, one transaction.
//!
//! Requests wait in a bounded queue. Whoever is free takes all that wait, up to a
//! batch, locks the wallets concerned, decides about each in memory, and writes
//! everything with one statement a table. A commit is the dear part; shared by
//! fifty requests it is cheap. What is refused leaves no trace.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use entity::{Credits, GenerationId, KeyId, Timestamp, api_key, generation, idempotency_key};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbErr,
    EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde_json::{Map, Value};
use tokio::sync::{Mutex, mpsc, oneshot};

use super::run;
use crate::app::App;
use crate::catalog::Model;
use crate::credits::{Books, InsufficientCredits, Owner};
use crate::http::idempotency::REMEMBERED;
use crate::jobs::{self, NewJob};
use crate::signals::Signal;

pub const ROUTE: &str = "generations.create";

/// Requests in one transaction at most.
const BATCH: usize = 64;

/// Requests that may wait; more are told to come back.
const WAITING: usize = 4096;

/// A checked and priced request.
#[derive(Clone)]
pub struct NewGeneration {
    pub id: GenerationId,
    pub owner: Owner,
    pub key: Option<KeyId>,
    pub model: Arc<Model>,
    pub asked: String,
    pub input: Map<String, Value>,
    pub metadata: Map<String, Value>,
    pub end_user: Option<String>,
    pub saved: bool,
    pub estimated: Credits,
    pub deadline_at: Timestamp,
    pub once: Option<(String, String)>,
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
    #[error("{limit} generations are under way already")]
    TooMany { limit: u32 },
    #[error("the idempotency key was used for another request")]
    KeyReused,
    /// Closed or revoked since the caller was let in.
    #[error("the credential is no longer valid")]
    Gone,
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
    queue: mpsc::Sender<Waiting>,
}

impl Admissions {
    /// Starts admitting. PostgreSQL gets two lanes, so that one gathers while the
    /// other commits; SQLite has one writer.
    #[must_use]
    pub fn start(app: &App) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        let lanes = if app.db.is_postgres() { 2 } else { 1 };
        for _ in 0..lanes {
            tokio::spawn(admit_forever(app.clone(), Arc::clone(&waiting)));
        }
        Self { queue }
    }

    /// Waits until the request was decided and the decision is durable.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn admit(&self, new: NewGeneration) -> Answer {
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
        let answers = admit_all(&app, &requests).await;
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
    match admit_together(app, requests).await {
        Ok(answers) => answers,
        Err(Refused::Database(error)) if requests.len() > 1 && !crate::db::is_unreachable(&error) => {
            let mut answers = Vec::with_capacity(requests.len());
            for request in requests {
                let alone = admit_together(app, std::slice::from_ref(request)).await;
                answers.push(alone.and_then(|mut one| one.pop().unwrap_or(Err(Refused::Busy))));
            }
            answers
        }
        Err(refused) => vec![Err(refused); requests.len()],
    }
}

async fn admit_together(app: &App, requests: &[NewGeneration]) -> Result<Vec<Answer>, Refused> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let owners: BTreeSet<&Owner> = requests.iter().map(|request| &request.owner).collect();
    let mut books = Books::open(&tx, owners, now).await?;
    let mut keys = Keys::load(&tx, requests).await?;
    let mut remembered = Remembered::load(&tx, requests, now).await?;

    let mut answers = Vec::with_capacity(requests.len());
    let mut rows = Rows::default();
    for request in requests {
        let answer = decide(app, request, &mut books, &mut keys, &mut remembered, now);
        if let Ok(Admitted::New(row)) = &answer {
            rows.add(request, row, now);
        }
        answers.push(answer);
    }
    rows.write(&tx, now).await?;
    books.close(&tx).await?;
    tx.commit()
        .await
        .map_err(|error| Refused::Unknown(Arc::new(error)))?;
    Ok(answers)
}

fn decide(
    app: &App,
    request: &NewGeneration,
    books: &mut Books,
    keys: &mut Keys,
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
    let limit = app.config.limits.concurrent_generations;
    let in_flight = match &request.key {
        Some(key) => *keys.in_flight.get(key).ok_or(Refused::Gone)?,
        None => books.wallet(&request.owner).ok_or(Refused::Gone)?.in_flight,
    };
    if in_flight >= i64::from(limit) {
        return Err(Refused::TooMany { limit });
    }
    books.hold(&request.owner, &request.id, request.estimated)?;
    books.count(request.key.as_ref(), 1);
    keys.count(request.key.as_ref());
    remembered.remember(request);
    Ok(Admitted::New(Box::new(row(request, now))))
}

fn row(request: &NewGeneration, now: Timestamp) -> generation::Model {
    generation::Model {
        id: request.id.clone(),
        account_id: request.owner.account.clone(),
        livemode: request.owner.livemode,
        key_id: request.key.clone(),
        kind: request.model.row.kind,
        status: generation::Status::Queued,
        model: request.asked.clone(),
        model_resolved: request.model.row.id.clone(),
        input: Value::Object(request.input.clone()),
        metadata: Value::Object(request.metadata.clone()),
        end_user: request.end_user.clone(),
        saved: request.saved,
        text: None,
        progress: 0,
        error_code: None,
        error_message: None,
        estimated: request.estimated,
        held: request.estimated,
        captured: Credits::ZERO,
        released: Credits::ZERO,
        price_version: request.model.row.price_version.clone(),
        created_at: now,
        started_at: None,
        ended_at: None,
        deadline_at: request.deadline_at,
        cancel_requested_at: None,
        erased_at: None,
    }
}

/// The rows of all that was admitted.
#[derive(Default)]
struct Rows {
    generations: Vec<generation::ActiveModel>,
    jobs: Vec<NewJob>,
    remembered: Vec<idempotency_key::ActiveModel>,
}

impl Rows {
    fn add(&mut self, request: &NewGeneration, row: &generation::Model, now: Timestamp) {
        self.generations.push(row.clone().into_active_model().reset_all());
        self.jobs.push(NewJob {
            kind: run::KIND,
            subject: row.id.to_string(),
            account_id: Some(row.account_id.clone()),
            run_at: now,
        });
        if let Some((key, fingerprint)) = &request.once {
            self.remembered.push(idempotency_key::ActiveModel {
                account_id: Set(row.account_id.clone()),
                livemode: Set(row.livemode),
                route: Set(ROUTE.to_owned()),
                key: Set(key.clone()),
                fingerprint: Set(fingerprint.clone()),
                status: Set(202),
                resource: Set(row.id.to_string()),
                sealed: Set(None),
                created_at: Set(now),
            });
        }
    }

    async fn write(self, tx: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
        if self.generations.is_empty() {
            return Ok(());
        }
        generation::Entity::insert_many(self.generations)
            .exec_without_returning(tx)
            .await?;
        jobs::enqueue(tx, self.jobs, now).await?;
        if !self.remembered.is_empty() {
            idempotency_key::Entity::insert_many(self.remembered)
                .on_conflict(forgotten())
                .exec_without_returning(tx)
                .await?;
        }
        Ok(())
    }
}

/// A key whose day is over may still have its row, which the new one replaces.
fn forgotten() -> OnConflict {
    use idempotency_key::Column;
    OnConflict::columns([Column::AccountId, Column::Livemode, Column::Route, Column::Key])
        .update_columns([
            Column::Fingerprint,
            Column::Status,
            Column::Resource,
            Column::Sealed,
            Column::CreatedAt,
        ])
        .to_owned()
}

/// The keys that are still good, and what each has under way.
struct Keys {
    in_flight: HashMap<KeyId, i64>,
}

impl Keys {
    async fn load(tx: &impl ConnectionTrait, requests: &[NewGeneration]) -> Result<Self, DbErr> {
        let wanted: BTreeSet<KeyId> = requests
            .iter()
            .filter_map(|request| request.key.clone())
            .collect();
        let mut in_flight = HashMap::new();
        if !wanted.is_empty() {
            let good = api_key::Entity::find()
                .filter(api_key::Column::Id.is_in(wanted))
                .filter(api_key::Column::RevokedAt.is_null())
                .all(tx)
                .await?;
            in_flight.extend(good.into_iter().map(|key| (key.id, key.in_flight)));
        }
        Ok(Self { in_flight })
    }

    fn count(&mut self, key: Option<&KeyId>) {
        if let Some(in_flight) = key.and_then(|key| self.in_flight.get_mut(key)) {
            *in_flight += 1;
        }
    }
}

struct Before {
    fingerprint: String,
    id: GenerationId,
    status: i32,
}

/// What was answered before under the same idempotency keys, this batch included.
struct Remembered {
    by_key: HashMap<(Owner, String), Before>,
}

impl Remembered {
    async fn load(
        tx: &impl ConnectionTrait,
        requests: &[NewGeneration],
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        let mut by_key = HashMap::new();
        let asked: Vec<(&Owner, &String)> = requests
            .iter()
            .filter_map(|request| request.once.as_ref().map(|(key, _)| (&request.owner, key)))
            .collect();
        if !asked.is_empty() {
            use idempotency_key::Column;
            let any = asked.iter().fold(Condition::any(), |any, (owner, key)| {
                any.add(
                    Condition::all()
                        .add(Column::AccountId.eq(owner.account.clone()))
                        .add(Column::Livemode.eq(owner.livemode))
                        .add(Column::Key.eq((*key).clone())),
                )
            });
            let rows = idempotency_key::Entity::find()
                .filter(any)
                .filter(Column::Route.eq(ROUTE))
                .filter(Column::CreatedAt.gt(now.minus(REMEMBERED)))
                .all(tx)
                .await?;
            for row in rows {
                let owner = Owner {
                    account: row.account_id,
                    livemode: row.livemode,
                };
                let Ok(id) = row.resource.parse() else { continue };
                by_key.insert(
                    (owner, row.key),
                    Before {
                        fingerprint: row.fingerprint,
                        id,
                        status: row.status,
                    },
                );
            }
        }
        Ok(Self { by_key })
    }

    fn find(&self, request: &NewGeneration) -> Option<&Before> {
        let (key, _) = request.once.as_ref()?;
        self.by_key.get(&(request.owner.clone(), key.clone()))
    }

    fn remember(&mut self, request: &NewGeneration) {
        if let Some((key, fingerprint)) = &request.once {
            let before = Before {
                fingerprint: fingerprint.clone(),
                id: request.id.clone(),
                status: 202,
            };
            self.by_key.insert((request.owner.clone(), key.clone()), before);
        }
    }
}
