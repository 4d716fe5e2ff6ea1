//! Ends keys, in every process: one alone, or with those that it made.

use entity::{KeyId, Timestamp, api_key, key_ancestor};
use sea_orm::sea_query::{Expr, LockType, Query};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::visible;
use crate::app::App;
use crate::auth::{Caller, look_again};
use crate::bulk;

/// Keys that are ended at a time.
const AT_ONCE: u64 = 250;

/// What became of a key and of those that it made.
#[derive(Debug, Clone)]
pub struct Revoked {
    pub id: KeyId,
    pub at: Timestamp,
    /// Made by it, directly or not, and revoked with it.
    pub descendants_revoked: u64,
    /// Made by it, directly or not, and good.
    pub descendants_active: u64,
}

/// Revokes a key that the caller may see; `None` when there is none. One that was
/// revoked before stays as it is.
///
/// # Errors
/// What the database answers.
pub async fn revoke(
    app: &App,
    caller: &Caller,
    id: &KeyId,
    with_descendants: bool,
) -> Result<Option<Revoked>, DbErr> {
    let now = app.now();
    let find = || visible(caller).filter(api_key::Column::Id.eq(id.clone()));
    if find().one(app.db.read()).await?.is_none() {
        return Ok(None);
    }
    let tx = app.db.begin().await?;
    let mut ended = end(&tx, find(), now).await?;
    let before = ended.len();
    if with_descendants {
        ended.extend(end_descendants(&tx, id, now).await?);
    }
    let Some(key) = find().one(&tx).await? else {
        return Ok(None);
    };
    let revoked = Revoked {
        id: key.id,
        at: key.revoked_at.unwrap_or(now),
        descendants_revoked: u64::try_from(ended.len() - before).unwrap_or(u64::MAX),
        descendants_active: good(descendants(id), now).count(&tx).await?,
    };
    tx.commit().await?;
    ended.iter().for_each(|key| look_again(app, key));
    Ok(Some(revoked))
}

/// Ends those of these keys that were not revoked, and says which, as they were. They are
/// locked in the order of their ids, as by everyone who ends several.
pub(super) async fn end(
    tx: &impl ConnectionTrait,
    keys: Select<api_key::Entity>,
    now: Timestamp,
) -> Result<Vec<api_key::Model>, DbErr> {
    use api_key::Column;
    let ended = keys
        .filter(Column::RevokedAt.is_null())
        .order_by_asc(Column::Id)
        .limit(AT_ONCE)
        // Not against those who only refer to them, as a key's makers are referred to.
        .lock(LockType::NoKeyUpdate)
        .all(tx)
        .await?;
    if ended.is_empty() {
        return Ok(ended);
    }
    let ids = ended.iter().map(|key| key.id.clone());
    api_key::Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(Some(now)))
        .filter(Column::Id.is_in(bulk::filled(ids)))
        .exec(tx)
        .await?;
    Ok(ended)
}

/// Ends the keys that a key made, directly or not. One that is being made now by one of
/// them is there when that one is locked, and is found by the next look.
pub(super) async fn end_descendants(
    tx: &impl ConnectionTrait,
    id: &KeyId,
    now: Timestamp,
) -> Result<Vec<api_key::Model>, DbErr> {
    let mut all = Vec::new();
    loop {
        let ended = end(tx, descendants(id), now).await?;
        if ended.is_empty() {
            return Ok(all);
        }
        all.extend(ended);
    }
}

/// The keys that a key made, directly or not.
fn descendants(id: &KeyId) -> Select<api_key::Entity> {
    let made = Query::select()
        .column(key_ancestor::Column::KeyId)
        .from(key_ancestor::Entity)
        .and_where(key_ancestor::Column::AncestorId.eq(id.clone()))
        .to_owned();
    api_key::Entity::find().filter(api_key::Column::Id.in_subquery(made))
}

fn good(keys: Select<api_key::Entity>, now: Timestamp) -> Select<api_key::Entity> {
    use api_key::Column;
    let lasts = Condition::any()
        .add(Column::ExpiresAt.is_null())
        .add(Column::ExpiresAt.gt(now));
    keys.filter(Column::RevokedAt.is_null()).filter(lasts)
}
