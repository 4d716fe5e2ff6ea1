//! Has a batch admitted: all of it, in one transaction, or nothing.

use std::time::Duration;

use entity::{BatchId, Credits, KeyId, Timestamp, batch, batch_item};
use futures_util::stream::{self, StreamExt as _};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, DbErr, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _,
};
use serde_json::{Map, Value};

use super::webhook::of_each;
use crate::app::App;
use crate::bulk;
use crate::catalog::Catalog;
use crate::credits::{Books, Owner};
use crate::db::{self, Transaction};
use crate::generations::admit::{NewGeneration, Refused};
use crate::generations::batched::admit_batch;
use crate::generations::check::{CreateError, check};
use crate::generations::create::new_generation;
use crate::generations::dispatch::Admissions;
use crate::generations::locked::lock;
use crate::generations::wanted::{Wanted, Webhook, reachable};
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::signals::Signal;

pub const ROUTE: &str = "batches.create";

/// How long it waits before each further try to learn what became of a commit.
const PATIENCE: [Duration; 3] = [Duration::ZERO, Duration::from_millis(200), Duration::from_secs(2)];

/// Generations that moderation looks at side by side.
const SCREENED_AT_ONCE: usize = 16;

/// A request as it came, parsed.
pub struct NewBatch {
    pub owner: Owner,
    pub key: Option<KeyId>,
    pub items: Vec<Item>,
    pub max_cost: Option<Credits>,
    pub webhook: Option<Webhook>,
    pub metadata: Map<String, Value>,
}

/// One of the batch: what is wanted, or why it can't be told.
pub struct Item {
    pub reference: Option<String>,
    /// Whether it was to be tried out only.
    pub is_trial: bool,
    pub wanted: Result<Wanted, CreateError>,
}

#[derive(Debug)]
pub enum Created {
    New(batch::Model),
    /// The idempotency key was used for the same request before.
    Replayed(batch::Model),
}

/// Why one of the batch can't be admitted.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error(transparent)]
    Refused(#[from] CreateError),
    #[error("another of the batch has this reference")]
    SameReference,
    #[error("one of a batch can't be tried out")]
    Trial,
}

#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// By their places in the request.
    #[error("some of the batch are refused")]
    Items(Vec<(usize, Fault)>),
    #[error("all of it could cost {estimated}, more than {max_cost}")]
    MaxCost { estimated: Credits, max_cost: Credits },
    #[error("the batch's own address is refused: {0}")]
    Webhook(CreateError),
    #[error("{limit} batches are open")]
    TooManyOpen { limit: u32 },
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The batch that the key stands for is gone.
    #[error("there is no such batch")]
    NotFound,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Checks, prices and admits all of it, or nothing.
///
/// # Errors
/// Why nothing was admitted, as far as that can be told.
pub async fn create(
    app: &App,
    catalog: &Catalog,
    admissions: &Admissions,
    new: NewBatch,
    place: Option<&Place<'_>>,
) -> Result<Created, BatchError> {
    let now = app.now();
    if let Some(place) = place
        && let Some(before) = idempotency::recall(app.db.read(), place, now).await??
    {
        return again(app, place, &before).await;
    }
    reachable(app, new.webhook.as_ref()).map_err(BatchError::Webhook)?;
    let id = BatchId::new(now);
    let references: Vec<_> = new.items.iter().map(|item| item.reference.clone()).collect();
    let mut items = new.items;
    let of_each = new.webhook.as_ref().and_then(of_each);
    for item in &mut items {
        complete(app, catalog, item, of_each.as_ref()).await;
    }
    // A thousand inputs take a while to check; others have their turn meanwhile.
    let requests = tokio::task::block_in_place(|| checked(catalog, &id, items, now))?;
    let requests = screened(admissions, requests).await?;
    let estimated = requests.iter().map(|request| request.estimated).sum();
    if let Some(max_cost) = new.max_cost.filter(|max_cost| estimated > *max_cost) {
        return Err(BatchError::MaxCost { estimated, max_cost });
    }
    let row = batch::Model {
        id: id.clone(),
        account_id: new.owner.account.clone(),
        livemode: new.owner.livemode,
        key_id: new.key,
        metadata: Value::Object(new.metadata),
        total: i32::try_from(requests.len()).unwrap_or(i32::MAX),
        succeeded: 0,
        failed: 0,
        canceled: 0,
        expired: 0,
        held: estimated,
        captured: Credits::ZERO,
        released: Credits::ZERO,
        webhook_url: new.webhook.as_ref().map(|webhook| webhook.url.clone()),
        webhook_events: new.webhook.and_then(|webhook| webhook.events),
        created_at: now,
        cancel_requested_at: None,
        ended_at: None,
    };
    let items = references.into_iter().zip(&requests).zip(0..);
    let items = items.map(|((reference, request), position)| batch_item::ActiveModel {
        batch_id: Set(id.clone()),
        position: Set(position),
        account_id: Set(new.owner.account.clone()),
        generation_id: Set(request.id.clone()),
        reference: Set(reference),
    });
    let items = items.collect();
    let tx = app.db.begin().await?;
    let books = Books::open(&tx, [&new.owner], now).await?;
    if let Some(place) = place
        && !idempotency::remember(&tx, place, answer(&id), now).await?
    {
        tx.rollback().await?;
        let before = idempotency::recall(app.db.read(), place, now).await??;
        return again(app, place, &before.ok_or(BatchError::NotFound)?).await;
    }
    may_open(app, &tx, &new.owner).await?;
    admit_batch(app, &tx, books, (&new.owner, row.key_id.as_ref()), &id, &requests).await?;
    write(&tx, &row, items).await?;
    match tx.commit().await {
        Err(error) if db::is_cut(&error) => find_out(app, &new.owner, &id, error).await?,
        committed => committed?,
    }
    app.signals.tell(Signal::Work);
    Ok(Created::New(row))
}

/// Gives it the batch's address, if it has none of its own, and looks up the prices
/// that an estimate locked for it, if it names one.
async fn complete(app: &App, catalog: &Catalog, item: &mut Item, webhook: Option<&Webhook>) {
    let Ok(wanted) = &mut item.wanted else { return };
    wanted.webhook = wanted.webhook.take().or_else(|| webhook.cloned());
    let refused = match reachable(app, wanted.webhook.as_ref()) {
        Ok(()) => lock(app, catalog, wanted).await,
        refused => refused,
    };
    if let Err(refusal) = refused {
        item.wanted = Err(refusal);
    }
}

/// What is to be admitted, or every reason why it can't be.
fn checked(
    catalog: &Catalog,
    batch: &BatchId,
    items: Vec<Item>,
    now: Timestamp,
) -> Result<Vec<NewGeneration>, BatchError> {
    let mut faults = Vec::new();
    let mut requests = Vec::with_capacity(items.len());
    let mut references = std::collections::HashSet::new();
    for (at, item) in items.into_iter().enumerate() {
        if let Some(reference) = item.reference
            && !references.insert(reference)
        {
            faults.push((at, Fault::SameReference));
        }
        if item.is_trial {
            faults.push((at, Fault::Trial));
        }
        let wanted = match item.wanted {
            Ok(wanted) => wanted,
            Err(refusal) => {
                faults.push((at, refusal.into()));
                continue;
            }
        };
        match check(catalog, &wanted, now).admissible() {
            Ok(priced) => requests.push(NewGeneration {
                batch: Some(batch.clone()),
                ..new_generation(wanted, priced, now)
            }),
            Err(refusal) => faults.push((at, refusal.into())),
        }
    }
    match faults.is_empty() {
        true => Ok(requests),
        false => Err(BatchError::Items(faults)),
    }
}

/// Moderation looks at each, a few at a time.
async fn screened(
    admissions: &Admissions,
    requests: Vec<NewGeneration>,
) -> Result<Vec<NewGeneration>, BatchError> {
    let looked_at = stream::iter(requests).map(async |mut request| {
        admissions.screen(&mut request).await?;
        Ok::<_, Refused>(request)
    });
    let looked_at: Vec<_> = looked_at.buffered(SCREENED_AT_ONCE).collect().await;
    let (mut requests, mut faults) = (Vec::with_capacity(looked_at.len()), Vec::new());
    for (at, result) in looked_at.into_iter().enumerate() {
        match result {
            Ok(request) => requests.push(request),
            Err(refused) => faults.push((at, CreateError::from(refused).into())),
        }
    }
    match faults.is_empty() {
        true => Ok(requests),
        false => Err(BatchError::Items(faults)),
    }
}

/// Asked while the wallet is locked, so that nobody opens one meanwhile.
async fn may_open(app: &App, tx: &Transaction, owner: &Owner) -> Result<(), BatchError> {
    let limit = app.config.limits.open_batches;
    let open = batch::Entity::of(&owner.account, owner.livemode)
        .filter(batch::Column::EndedAt.is_null())
        .count(tx)
        .await?;
    match open >= u64::from(limit) {
        true => Err(BatchError::TooManyOpen { limit }),
        false => Ok(()),
    }
}

async fn write(
    tx: &Transaction,
    row: &batch::Model,
    items: Vec<batch_item::ActiveModel>,
) -> Result<(), DbErr> {
    batch::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    bulk::insert(tx, items).await?;
    Ok(())
}

/// Learns what became of a commit whose answer was lost: once the wallet is
/// locked, that transaction has come to its end.
async fn find_out(app: &App, owner: &Owner, id: &BatchId, lost: DbErr) -> Result<(), BatchError> {
    tracing::warn!(error = %lost, "the answer to a commit was lost; asking what became of it");
    for wait in PATIENCE {
        tokio::time::sleep(wait).await;
        let asked = async {
            let tx = app.db.begin().await?;
            Books::open(&tx, [owner], app.now()).await?;
            batch::Entity::find_by_id(id.clone()).one(&tx).await
        };
        match asked.await {
            Ok(Some(_)) => return Ok(()),
            Ok(None) => return Err(lost.into()),
            Err(_) => {}
        }
    }
    Err(Refused::Unknown(std::sync::Arc::new(lost)).into())
}

fn answer(id: &BatchId) -> Answer {
    Answer {
        status: 202,
        resource: id.to_string(),
        sealed: None,
    }
}

async fn again(app: &App, place: &Place<'_>, before: &Answer) -> Result<Created, BatchError> {
    let id: Option<BatchId> = before.resource.parse().ok();
    let row = batch::Entity::of(place.account, place.livemode)
        .filter(batch::Column::Id.eq(id))
        .one(app.db.read())
        .await?;
    row.map(Created::Replayed).ok_or(BatchError::NotFound)
}
