//! Generations of a batch come into the queue as their key and account have room: a
//! batch takes nobody past what they may have under way, and leaves a part of that to
//! what is asked for one by one.
//!
//! Until then they have no job, so that however many wait, nobody steps over them. They
//! are looked for when something moved, and once a second in any case: limits change, too.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use entity::{AccountId, BatchId, GenerationId, KeyId, Timestamp, api_key};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
};
use tokio::time::sleep;

use super::{route, run};
use crate::app::App;
use crate::auth::Bounds;
use crate::bulk::{self, Update};
use crate::catalog::Catalog;
use crate::credits::{Books, Owner};
use crate::db::{self, Locked};
use crate::jobs::{self, NewJob};
use crate::signals::Signal;

/// Generations that are let in at a time.
const AT_ONCE: i64 = 250;

/// What moves meanwhile is looked at together.
const PAUSE: Duration = Duration::from_millis(20);

/// How many more may come in, of what is under way and the limit, by key and by account.
pub(super) fn room(of_key: (i64, u32), of_account: (i64, u32)) -> i64 {
    let left = |(under_way, limit): (i64, u32)| i64::from(limit - limit / 4) - under_way;
    left(of_key).min(left(of_account)).max(0)
}

/// Lets in as soon as something ended, for as long as the process works.
pub async fn keep_letting_in(app: App, catalog: Arc<Catalog>) {
    loop {
        app.signals.moved().await;
        if let Err(error) = let_in(&app, &catalog).await {
            tracing::warn!(%error, "generations of batches wait longer than they must; trying again");
        }
        sleep(PAUSE).await;
    }
}

/// A batch of which some wait.
#[derive(FromQueryResult)]
struct Held {
    id: BatchId,
    account_id: AccountId,
    livemode: bool,
    key_id: Option<KeyId>,
    of_account: i64,
    of_key: Option<i64>,
    own_limit: Option<i64>,
}

const WAITS: &str = "batch_id IS NOT NULL AND NOT let_in AND status = 'queued'";

/// From one batch to the next in the index, whatever the number of generations.
fn held_sql() -> String {
    format!(
        "WITH RECURSIVE held(batch_id) AS (
            SELECT MIN(batch_id) FROM generation WHERE {WAITS}
            UNION ALL
            SELECT (SELECT MIN(batch_id) FROM generation WHERE {WAITS} AND batch_id > held.batch_id)
            FROM held WHERE held.batch_id IS NOT NULL
        )
        SELECT batch.id, batch.account_id, batch.livemode, batch.key_id, wallet.in_flight AS of_account,
            api_key.in_flight AS of_key, api_key.concurrent_generations AS own_limit
        FROM held JOIN batch ON batch.id = held.batch_id
        JOIN wallet ON wallet.account_id = batch.account_id AND wallet.livemode = batch.livemode
        LEFT JOIN api_key ON api_key.id = batch.key_id
        WHERE batch.cancel_requested_at IS NULL ORDER BY batch.id"
    )
}

/// Lets in what there is room for.
///
/// # Errors
/// What the database answers.
pub async fn let_in(app: &App, catalog: &Catalog) -> Result<(), DbErr> {
    let held: Vec<Held> = db::query(app.db.read(), &held_sql(), vec![]).await?;
    let mut of_owner: BTreeMap<Owner, Vec<Held>> = BTreeMap::new();
    for batch in held {
        let own = batch.own_limit.and_then(|limit| u32::try_from(limit).ok());
        let of_key = (batch.of_key.unwrap_or(batch.of_account), key_limit(app, own));
        if room(of_key, (batch.of_account, account_limit(app))) > 0 {
            let owner = Owner {
                account: batch.account_id.clone(),
                livemode: batch.livemode,
            };
            of_owner.entry(owner).or_default().push(batch);
        }
    }
    for (owner, batches) in of_owner {
        let_in_some(app, catalog, &owner, batches).await?;
    }
    Ok(())
}

fn key_limit(app: &App, own: Option<u32>) -> u32 {
    let most = app.config.limits.concurrent_generations;
    own.map_or(most, |own| own.min(most))
}

fn account_limit(app: &App) -> u32 {
    app.config.limits.concurrent_generations_per_account
}

/// Counts anew while the wallet is locked. One that somebody else has is left for the
/// next look.
async fn let_in_some(app: &App, catalog: &Catalog, owner: &Owner, batches: Vec<Held>) -> Result<(), DbErr> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let mut books = Books::open_or_skip(&tx, [owner], Locked::Skip, now).await?;
    let Some(mut of_account) = books.wallet(owner).map(|wallet| wallet.in_flight) else {
        return Ok(());
    };
    let mut of_keys = under_way(&tx, &batches).await?;
    let (mut jobs, mut moves) = (Vec::new(), Vec::new());
    for batch in batches {
        let (of_key, own) = match &batch.key_id {
            Some(key) => of_keys.get(key).copied().unwrap_or_default(),
            None => (of_account, None),
        };
        let room = room((of_key, key_limit(app, own)), (of_account, account_limit(app)));
        let mut count = 0;
        for row in first(&tx, &batch.id, room.min(AT_ONCE)).await? {
            // What no model runs any more is withdrawn where it waits.
            let Some(model) = catalog.find(&row.model_resolved) else {
                continue;
            };
            count += 1;
            jobs.push(NewJob {
                kind: run::KIND,
                subject: row.id.to_string(),
                account_id: Some(owner.account.clone()),
                lane: route::first(&model, owner.livemode).to_owned(),
                run_at: now,
                deadline_at: Some(row.deadline_at),
            });
            moves.push(vec![row.id.into()]);
        }
        books.let_in(owner, batch.key_id.as_ref(), count);
        of_account += count;
        if let Some((of_key, _)) = batch.key_id.as_ref().and_then(|key| of_keys.get_mut(key)) {
            *of_key += count;
        }
    }
    if jobs.is_empty() {
        return Ok(());
    }
    bulk::update(&tx, &LET_IN, moves).await?;
    jobs::enqueue(&tx, jobs, now).await?;
    books.close(&tx).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(())
}

const LET_IN: Update<'_> = Update {
    table: "generation",
    columns: &[("id", "TEXT")],
    keys: 1,
    set: "let_in = TRUE",
    only: "",
};

/// What the batches' keys have under way, and limits of their own.
async fn under_way(
    tx: &impl ConnectionTrait,
    batches: &[Held],
) -> Result<HashMap<KeyId, (i64, Option<u32>)>, DbErr> {
    let keys: BTreeSet<KeyId> = batches.iter().filter_map(|batch| batch.key_id.clone()).collect();
    let keys = api_key::Entity::find()
        .filter(api_key::Column::Id.is_in(bulk::filled(keys)))
        .all(tx)
        .await?;
    let own = |key: &api_key::Model| Bounds::of(key).concurrent_generations;
    Ok(keys
        .into_iter()
        .map(|key| (key.id.clone(), (key.in_flight, own(&key))))
        .collect())
}

#[derive(FromQueryResult)]
struct Waiting {
    id: GenerationId,
    model_resolved: String,
    deadline_at: Timestamp,
}

/// The first of a batch that wait. Each is locked: one that is moved to another model
/// meanwhile waits for the next look.
async fn first(tx: &impl ConnectionTrait, batch: &BatchId, count: i64) -> Result<Vec<Waiting>, DbErr> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let lock = db::lock_sql(tx, "generation", Locked::Skip);
    let sql = format!(
        "SELECT id, model_resolved, deadline_at FROM generation WHERE batch_id = $1 AND {WAITS}
        ORDER BY id LIMIT $2 {lock}"
    );
    db::query(tx, &sql, vec![batch.clone().into(), count.into()]).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_is_left_to_what_is_asked_for_one_by_one() {
        let alone = |limit| room((0, limit), (0, u32::MAX));
        assert_eq!([1, 2, 3, 4, 5, 100].map(alone), [1, 2, 3, 3, 4, 75]);
        assert_eq!(room((80, 100), (80, 20_000)), 0);
        assert_eq!(room((10, 100), (14_999, 20_000)), 1);
    }
}
