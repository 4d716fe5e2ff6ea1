//! No key mints wider than itself: whatever a key makes, changes or gets the secret of
//! is compared with what that key may do now, in the transaction that does it.

use std::collections::BTreeMap;

use entity::key_cap::Period;
use entity::{Credits, KeyId, Timestamp, account, api_key, key_ancestor, key_cap};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::KeyError;
use crate::auth::{Bounds, Caller, Scopes, secret_until};
use crate::bulk;

/// The key that calls, as its row says now: what the door knows may be seconds old.
pub(super) struct Own {
    pub row: api_key::Model,
    pub scopes: Scopes,
    pub bounds: Bounds,
    /// Whether it showed its secret of before, which is about to end.
    pub by_old_secret: bool,
}

/// Keeps the account as it is: an erasure that begins now waits, and takes what is made
/// with it.
pub(super) async fn lock_account(tx: &impl ConnectionTrait, caller: &Caller) -> Result<(), KeyError> {
    let owner = account::Entity::find_by_id(caller.account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_shared()
        .one(tx)
        .await?;
    owner.map(drop).ok_or(KeyError::CallerRevoked)
}

/// The same, and keeps others from making keys meanwhile: of two at once, the second
/// counts the first.
pub(super) async fn lock_account_alone(tx: &impl ConnectionTrait, caller: &Caller) -> Result<(), KeyError> {
    let owner = account::Entity::find_by_id(caller.account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(tx)
        .await?;
    owner.map(drop).ok_or(KeyError::CallerRevoked)
}

/// Keeps the key that calls from being revoked until this transaction has ended: whoever
/// revokes it then finds what it made.
pub(super) async fn lock_key(tx: &impl ConnectionTrait, caller: &Caller) -> Result<(), DbErr> {
    if let Some(id) = &caller.key {
        let key = api_key::Entity::find_by_id(id.clone());
        key.lock_shared().one(tx).await?;
    }
    Ok(())
}

/// The key that calls; `None` for a session, which has no bounds.
pub(super) async fn own(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    now: Timestamp,
) -> Result<Option<Own>, KeyError> {
    let Some((id, secret)) = caller.key.as_ref().zip(caller.secret_hash.as_deref()) else {
        return Ok(None);
    };
    let row = api_key::Entity::find_by_id(id.clone())
        .filter(api_key::Column::RevokedAt.is_null())
        .one(tx)
        .await?
        .ok_or(KeyError::CallerRevoked)?;
    let until = secret_until(&row, secret).ok_or(KeyError::CallerRevoked)?;
    if until.is_some_and(|until| until <= now) {
        return Err(KeyError::CallerRevoked);
    }
    Ok(Some(Own {
        scopes: Scopes::from_row(&row.scopes),
        bounds: Bounds::of(&row),
        by_old_secret: row.secret_hash != secret,
        row,
    }))
}

impl Own {
    /// Whether a key that has all this may do no more than this one.
    pub fn covers(
        &self,
        scopes: Scopes,
        bounds: &Bounds,
        expires_at: Option<Timestamp>,
    ) -> Result<(), KeyError> {
        let beyond = scopes.beyond(self.scopes);
        if !beyond.is_empty() {
            return Err(KeyError::BeyondScopes(beyond));
        }
        if let Some(field) = bounds.beyond(&self.bounds).pop_first() {
            return Err(KeyError::Wider(field));
        }
        match self.row.expires_at {
            Some(end) if expires_at.is_none_or(|wanted| wanted > end) => Err(KeyError::Outlives(end)),
            _ => Ok(()),
        }
    }
}

/// The caps of a key itself.
pub(super) async fn limits(
    tx: &impl ConnectionTrait,
    key: &KeyId,
) -> Result<BTreeMap<Period, Credits>, DbErr> {
    let caps = key_cap::Entity::find()
        .filter(key_cap::Column::KeyId.eq(key.clone()))
        .all(tx)
        .await?;
    Ok(caps.into_iter().map(|row| (row.period, row.cap)).collect())
}

/// Whether what `key` spends counts for `maker` too.
pub(super) async fn counts_for(tx: &impl ConnectionTrait, key: &KeyId, maker: &KeyId) -> Result<bool, DbErr> {
    let found = key_ancestor::Entity::find_by_id((key.clone(), maker.clone()))
        .one(tx)
        .await?;
    Ok(found.is_some())
}

/// The keys that stand behind this one, from the first to the one that made it.
pub(super) async fn makers(tx: &impl ConnectionTrait, key: &KeyId) -> Result<Vec<KeyId>, DbErr> {
    // Whoever made another is older, and so is its id.
    let rows = key_ancestor::Entity::find()
        .filter(key_ancestor::Column::KeyId.eq(key.clone()))
        .order_by_asc(key_ancestor::Column::AncestorId)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.ancestor_id).collect())
}

/// The caps that hold for a key: its own and those of the keys behind it, of each period
/// the lowest.
pub(super) async fn holding(
    tx: &impl ConnectionTrait,
    key: &api_key::Model,
) -> Result<BTreeMap<Period, Credits>, DbErr> {
    let mut lowest = BTreeMap::new();
    if !key.capped {
        return Ok(lowest);
    }
    let mut keys = makers(tx, &key.id).await?;
    keys.push(key.id.clone());
    let caps = key_cap::Entity::find()
        .filter(key_cap::Column::KeyId.is_in(bulk::filled(keys)))
        .all(tx)
        .await?;
    for cap in caps {
        let least = lowest.entry(cap.period).or_insert(cap.cap);
        *least = cap.cap.min(*least);
    }
    Ok(lowest)
}
