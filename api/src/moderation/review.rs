//! What was flagged, for a person to look at. Nothing that was not flagged is here.

use entity::review_item::{self, Source, Status};
use entity::{AccountId, KeyId, ReviewItemId, Timestamp, account, generation};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use serde_json::{Value, json};

use super::screen::Flag;
use crate::app::App;
use crate::credits::Owner;
use crate::db;

/// Refusals of one account that wait for a look at most. Who is refused a thousand
/// times has made the reviewer's point.
const MOST: i64 = 1000;

/// How long an item is kept.
const KEPT: std::time::Duration = std::time::Duration::from_secs(180 * 24 * 60 * 60);

/// Rows deleted in one statement.
const SOME: u64 = 500;

/// A request that was refused, and for which nothing else was written.
pub struct Refusal<'a> {
    pub owner: &'a Owner,
    pub key: Option<&'a KeyId>,
    pub flag: &'a Flag,
    pub text: &'a str,
    /// Whether the text is kept for the reviewer, or a digest alone.
    pub keep: bool,
}

/// Puts a refused request into the queue. The same again only counts.
///
/// # Errors
/// What the database answers.
pub async fn refused(app: &App, refusal: Refusal<'_>) -> Result<(), DbErr> {
    let now = app.now();
    let Refusal { owner, key, flag, .. } = refusal;
    let tx = app.db.begin().await?;
    // Locked: an erasure that begins now waits and takes the new row with it.
    let active = account::Entity::find_by_id(owner.account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_shared()
        .one(&tx)
        .await?;
    if active.is_none() {
        return Ok(());
    }
    let sql = "INSERT INTO review_item (id, account_id, livemode, key_id, source, categories, digest, prompt,
            times, status, created_at, last_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, 1, 'open', $9, $9
        WHERE (SELECT COUNT(*) FROM (SELECT 1 FROM review_item WHERE account_id = $2 AND livemode = $3
            AND status = 'open' AND generation_id IS NULL LIMIT {most}) waiting) < {most}
        ON CONFLICT (account_id, livemode, source, digest) WHERE status = 'open' AND generation_id IS NULL
        DO UPDATE SET times = review_item.times + 1, last_at = excluded.last_at";
    let digest = app.secrets.sign("review", refusal.text.as_bytes());
    let prompt = refusal.keep.then(|| refusal.text.to_owned());
    let values = vec![
        ReviewItemId::new(now).into(),
        owner.account.clone().into(),
        owner.livemode.into(),
        key.map(ToString::to_string).into(),
        sea_orm::ActiveEnum::to_value(&flag.source).into(),
        json!(flag.categories).into(),
        digest.into(),
        prompt.into(),
        now.into(),
    ];
    db::execute(&tx, &sql.replace("{most}", &MOST.to_string()), values).await?;
    tx.commit().await
}

/// The row of a generation that was flagged, when it was admitted or by its provider.
#[must_use]
pub fn item_of(row: &generation::Model, flag: &Flag, now: Timestamp) -> review_item::ActiveModel {
    review_item::ActiveModel {
        id: Set(ReviewItemId::new(now)),
        account_id: Set(row.account_id.clone()),
        livemode: Set(row.livemode),
        key_id: Set(row.key_id.clone()),
        source: Set(flag.source),
        categories: Set(json!(flag.categories)),
        generation_id: Set(Some(row.id.clone())),
        digest: Set(String::new()),
        prompt: Set(None),
        times: Set(1),
        status: Set(Status::Open),
        created_at: Set(now),
        last_at: Set(now),
        decided_at: Set(None),
    }
}

/// Puts a generation into the queue that its provider refused.
///
/// # Errors
/// What the database answers.
pub async fn refused_by_provider(
    tx: &impl ConnectionTrait,
    row: &generation::Model,
    now: Timestamp,
) -> Result<(), DbErr> {
    let flag = Flag {
        source: Source::Provider,
        categories: Vec::new(),
    };
    review_item::Entity::insert(item_of(row, &flag, now))
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Items in this state, oldest first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    db: &impl ConnectionTrait,
    status: Status,
    after: Option<&ReviewItemId>,
    limit: u64,
) -> Result<Vec<review_item::Model>, DbErr> {
    use review_item::Column;
    let mut query = review_item::Entity::find().filter(Column::Status.eq(status));
    if let Some(after) = after {
        query = query.filter(Column::Id.gt(after.as_str()));
    }
    query.order_by_asc(Column::Id).limit(limit).all(db).await
}

/// What the reviewer may read of an item: the words that were refused, where they
/// are kept, or those of the generation, unless it was erased.
///
/// # Errors
/// What the database answers.
pub async fn prompt_of(
    db: &impl ConnectionTrait,
    item: &review_item::Model,
) -> Result<Option<String>, DbErr> {
    let Some(generation) = &item.generation_id else {
        return Ok(item.prompt.clone());
    };
    let row = generation::Entity::find_by_id(generation.clone()).one(db).await?;
    let input = row.filter(|row| row.erased_at.is_none()).map(|row| row.input);
    Ok(input
        .as_ref()
        .and_then(Value::as_object)
        .map(super::screen::text_of))
}

/// Decides about an item, once, and says whose it is: `None` when it was decided
/// before, or is none.
///
/// # Errors
/// What the database answers.
pub async fn decide(
    db: &impl ConnectionTrait,
    item: &ReviewItemId,
    decision: Status,
    now: Timestamp,
) -> Result<Option<AccountId>, DbErr> {
    use review_item::Column;
    let decided = review_item::Entity::update_many()
        .col_expr(Column::Status, Expr::value(decision))
        .col_expr(Column::DecidedAt, Expr::value(now))
        .filter(Column::Id.eq(item.clone()))
        .filter(Column::Status.eq(Status::Open))
        .exec(db)
        .await?;
    if decided.rows_affected == 0 {
        return Ok(None);
    }
    let row = review_item::Entity::find_by_id(item.clone()).one(db).await?;
    Ok(row.map(|row| row.account_id))
}

/// Removes items whose time is over.
///
/// # Errors
/// What the database answers.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    let before = app.now().minus(KEPT).micros();
    let condition = format!("last_at < {before}");
    let db = app.db.write();
    loop {
        let some = db::some_rows_sql(db, "review_item", &condition, SOME);
        if db::execute(db, &format!("DELETE FROM review_item WHERE {some}"), vec![]).await? == 0 {
            return Ok(());
        }
    }
}
