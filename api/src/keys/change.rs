//! Changes what a key may do. A key changes others, and itself, to what it may do
//! itself, or to less than they were.
//!
//! The wallet is locked as for an admission, which reads caps and limits: none sees
//! half of a change, and none that comes after it sees the old.

use std::collections::{BTreeMap, BTreeSet};

use entity::key_cap::Period;
use entity::{Credits, KeyId, Timestamp, api_key, key_cap};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _,
};

use super::within::{self, Own};
use super::{KeyError, issue, spend, visible};
use crate::app::App;
use crate::auth::{Bounds, Caller, Networks, Scopes, look_again};
use crate::credits::{Books, Owner};

/// What becomes different; `None` stays, `Some(None)` goes.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    pub scopes: Option<Scopes>,
    pub expires_at: Option<Option<Timestamp>>,
    /// All of them.
    pub caps: Option<BTreeMap<Period, Credits>>,
    pub bounds: BoundsChange,
}

#[derive(Debug, Clone, Default)]
pub struct BoundsChange {
    pub models: Option<Option<BTreeSet<String>>>,
    pub networks: Option<Option<Networks>>,
    /// Requests a minute, and generations at once.
    pub rate: Option<(Option<u32>, Option<u32>)>,
}

impl BoundsChange {
    fn apply(self, before: &Bounds) -> Bounds {
        let before = before.clone();
        let own = (before.requests_per_minute, before.concurrent_generations);
        let (requests_per_minute, concurrent_generations) = self.rate.unwrap_or(own);
        Bounds {
            models: self.models.unwrap_or(before.models),
            networks: self.networks.unwrap_or(before.networks),
            requests_per_minute,
            concurrent_generations,
        }
    }
}

/// Changes a key that the caller may see.
///
/// # Errors
/// When there is none, it was revoked, or it would be wider than the caller.
pub async fn change(
    app: &App,
    caller: &Caller,
    id: &KeyId,
    change: Change,
) -> Result<api_key::Model, KeyError> {
    let now = app.now();
    let find = || visible(caller).filter(api_key::Column::Id.eq(id.clone()));
    let found = find().one(app.db.read()).await?.ok_or(KeyError::NotFound)?;
    let owner = Owner {
        account: found.account_id,
        livemode: found.livemode,
    };
    let tx = app.db.begin().await?;
    let _books = Books::open(&tx, [&owner], now).await?;
    within::lock_account(&tx, caller).await?;
    let row = find().lock_exclusive().one(&tx).await?;
    let before = row.ok_or(KeyError::NotFound)?;
    if before.revoked_at.is_some() {
        return Err(KeyError::Ended);
    }
    let own = within::own(&tx, caller, now).await?;
    let mut after = before.clone();
    if let Some(name) = change.name {
        after.name = name;
    }
    if let Some(scopes) = change.scopes {
        after.scopes = scopes.to_string();
    }
    if let Some(expires_at) = change.expires_at {
        if expires_at.is_some_and(|expires_at| expires_at <= now) {
            return Err(KeyError::Expired);
        }
        after.expires_at = expires_at;
    }
    change.bounds.apply(&Bounds::of(&before)).write(&mut after);
    if let Some(own) = &own {
        no_wider(own, &before, &after)?;
    }
    if let Some(caps) = change.caps {
        if let Some(own) = &own {
            no_more(&tx, own, &before, &caps).await?;
        }
        after.capped = !caps.is_empty() || !within::makers(&tx, id).await?.is_empty();
        key_cap::Entity::delete_many()
            .filter(key_cap::Column::KeyId.eq(id.clone()))
            .exec(&tx)
            .await?;
        issue::write_caps(&tx, &before, caps).await?;
        note_used(&tx, id, now).await?;
    }
    let changed = api_key::ActiveModel {
        id: Set(after.id.clone()),
        name: Set(after.name.clone()),
        scopes: Set(after.scopes.clone()),
        models: Set(after.models.clone()),
        ip_allow: Set(after.ip_allow.clone()),
        requests_per_minute: Set(after.requests_per_minute),
        concurrent_generations: Set(after.concurrent_generations),
        expires_at: Set(after.expires_at),
        capped: Set(after.capped),
        ..Default::default()
    };
    changed.update(&tx).await?;
    tx.commit().await?;
    look_again(app, &after);
    Ok(after)
}

/// Writes down what a key with new caps has used already: that much may be beyond them.
async fn note_used(tx: &impl ConnectionTrait, key: &KeyId, now: Timestamp) -> Result<(), DbErr> {
    use key_cap::Column;
    let caps = spend::caps_of(tx, BTreeSet::from([key.clone()]), now).await?;
    for cap in caps.into_values().flatten() {
        key_cap::Entity::update_many()
            .col_expr(Column::SetAt, Expr::value(now))
            .col_expr(Column::UsedThen, Expr::value(cap.used + cap.reserved))
            .filter(Column::KeyId.eq(key.clone()))
            .filter(Column::Period.eq(cap.period))
            .exec(tx)
            .await?;
    }
    Ok(())
}

/// Each property is no wider than it was, or no wider than the caller's.
fn no_wider(own: &Own, before: &api_key::Model, after: &api_key::Model) -> Result<(), KeyError> {
    let (were, are) = (Scopes::from_row(&before.scopes), Scopes::from_row(&after.scopes));
    let beyond = are.beyond(were).beyond(own.scopes);
    if !beyond.is_empty() {
        return Err(KeyError::BeyondScopes(beyond));
    }
    let (were, are) = (Bounds::of(before), Bounds::of(after));
    let wider = are.beyond(&were);
    if let Some(field) = are.beyond(&own.bounds).intersection(&wider).next() {
        return Err(KeyError::Wider(field));
    }
    let later = |end: Option<Timestamp>| match end {
        None => false,
        Some(end) => after.expires_at.is_none_or(|wanted| wanted > end),
    };
    match own.row.expires_at {
        Some(end) if later(Some(end)) && later(before.expires_at) => Err(KeyError::Outlives(end)),
        _ => Ok(()),
    }
}

/// The caps are no higher than they were; or, of a key whose spending counts for the
/// caller, no higher than the caller's.
async fn no_more(
    tx: &impl ConnectionTrait,
    own: &Own,
    key: &api_key::Model,
    caps: &BTreeMap<Period, Credits>,
) -> Result<(), KeyError> {
    let holding = within::holding(tx, &own.row).await?;
    if holding.is_empty() {
        return Ok(());
    }
    let higher = |than: &BTreeMap<Period, Credits>| {
        let mut than = than.iter().map(|(period, limit)| (*period, *limit));
        than.find(|(period, limit)| caps.get(period).is_none_or(|wanted| wanted > limit))
    };
    let Some((period, limit)) = higher(&within::limits(tx, &key.id).await?) else {
        return Ok(());
    };
    if own.row.id == key.id {
        return Err(KeyError::WiderCap { period, limit });
    }
    if !within::counts_for(tx, &key.id, &own.row.id).await? {
        return Err(KeyError::NotOfTheCaller);
    }
    match higher(&holding) {
        Some((period, limit)) => Err(KeyError::WiderCap { period, limit }),
        None => Ok(()),
    }
}
