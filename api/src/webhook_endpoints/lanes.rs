//! Lanes: what waits for one receiver is taken by one process at a time.
//!
//! A lane says when its next delivery is due, so that looking for work costs the
//! same however much waits. Who adds a delivery and who gives a lane back lock its
//! row first, so neither overlooks the other.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use entity::{AccountId, JobId, Timestamp, delivery, delivery_lane};
use sea_orm::sea_query::{Expr, LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use crate::bulk;
use crate::credits::Owner;
use crate::db::{self, Db};

/// A lane that this process has for a while.
#[derive(Debug, Clone, FromQueryResult)]
pub struct Lane {
    pub id: String,
    pub account_id: AccountId,
    pub livemode: bool,
    pub lease_token: String,
}

impl Lane {
    pub fn owner(&self) -> Owner {
        Owner {
            account: self.account_id.clone(),
            livemode: self.livemode,
        }
    }
}

/// Says that a lane has something to do by `due`, in the transaction that adds it.
pub async fn wake(tx: &impl ConnectionTrait, id: &str, owner: &Owner, due: Timestamp) -> Result<(), DbErr> {
    let sql = "INSERT INTO delivery_lane (id, account_id, livemode, due_at) VALUES ($1, $2, $3, $4)
               ON CONFLICT (id) DO UPDATE SET due_at = CASE
                   WHEN delivery_lane.due_at IS NULL OR delivery_lane.due_at > excluded.due_at
                   THEN excluded.due_at ELSE delivery_lane.due_at END";
    let values = vec![
        id.into(),
        owner.account.clone().into(),
        owner.livemode.into(),
        due.into(),
    ];
    db::execute(tx, sql, values).await.map(drop)
}

/// The same for many, without waiting for anybody: those that another transaction has
/// locked are left as they are, and returned.
///
/// # Errors
/// What the database answers.
pub async fn wake_free(
    tx: &impl ConnectionTrait,
    lanes: &BTreeMap<String, Owner>,
    due: Timestamp,
) -> Result<BTreeSet<String>, DbErr> {
    use delivery_lane::Column;
    let these = |ids: Vec<&String>| {
        let query = delivery_lane::Entity::find().select_only().column(Column::Id);
        query.filter(Column::Id.is_in(bulk::filled(ids)))
    };
    let free = these(lanes.keys().collect())
        .order_by_asc(Column::Id)
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked);
    let free: BTreeSet<String> = free.into_tuple().all(tx).await?.into_iter().collect();
    delivery_lane::Entity::update_many()
        .col_expr(Column::DueAt, Expr::value(due))
        .filter(Column::Id.is_in(bulk::filled(&free)))
        .filter(
            Condition::any()
                .add(Column::DueAt.is_null())
                .add(Column::DueAt.gt(due)),
        )
        .exec(tx)
        .await?;
    let others: Vec<&String> = lanes.keys().filter(|id| !free.contains(*id)).collect();
    if others.is_empty() {
        return Ok(BTreeSet::new());
    }
    let locked: Vec<String> = these(others.clone()).into_tuple().all(tx).await?;
    let locked: BTreeSet<String> = locked.into_iter().collect();
    for new in others.into_iter().filter(|id| !locked.contains(*id)) {
        wake(tx, new, &lanes[new], due).await?;
    }
    Ok(locked)
}

/// Has a lane looked at now, if there is one.
pub async fn look_again(tx: &impl ConnectionTrait, id: &str, now: Timestamp) -> Result<(), DbErr> {
    let sql = "UPDATE delivery_lane SET due_at = $2 WHERE id = $1 AND due_at IS NOT NULL";
    db::execute(tx, sql, vec![id.into(), now.into()]).await.map(drop)
}

/// Takes up to `limit` lanes that are due, the longest due first.
pub async fn claim(db: &Db, limit: u32, lease: Duration, now: Timestamp) -> Result<Vec<Lane>, DbErr> {
    let clock = db::clock_sql(db.write());
    let sql = format!(
        "WITH due AS MATERIALIZED (
             SELECT id FROM delivery_lane
             WHERE due_at <= $1 AND (lease_until IS NULL OR lease_until < {clock})
             ORDER BY due_at, id LIMIT $2 {skip}
         )
         UPDATE delivery_lane SET lease_token = $3, lease_until = {clock} + $4
         WHERE id IN (SELECT id FROM due)
         RETURNING id, account_id, livemode, lease_token",
        skip = db::skip_locked_sql(db.write()),
    );
    let values = vec![
        now.into(),
        i64::from(limit).into(),
        JobId::new(now).to_string().into(),
        micros(lease).into(),
    ];
    db::query(db.write(), &sql, values).await
}

/// Prolongs the lease; `false` when another process has the lane by now.
pub async fn renew(tx: &impl ConnectionTrait, lane: &Lane, lease: Duration) -> Result<bool, DbErr> {
    let sql = format!(
        "UPDATE delivery_lane SET lease_until = {} + $3 WHERE id = $1 AND lease_token = $2",
        db::clock_sql(tx)
    );
    let values = vec![
        lane.id.as_str().into(),
        lane.lease_token.as_str().into(),
        micros(lease).into(),
    ];
    Ok(db::execute(tx, &sql, values).await? == 1)
}

/// Gives a lane back. It queues behind the others, however long it has waited.
pub async fn give_back(db: &Db, lane: &Lane, now: Timestamp) -> Result<(), DbErr> {
    let tx = db.begin().await?;
    // Locked before the look: what is added later finds the lane given back.
    let ours = delivery_lane::Entity::find_by_id(lane.id.clone())
        .filter(delivery_lane::Column::LeaseToken.eq(lane.lease_token.as_str()))
        .lock_exclusive()
        .one(&tx)
        .await?;
    if ours.is_none() {
        return Ok(());
    }
    let next = delivery::Entity::find()
        .filter(delivery::Column::LaneId.eq(lane.id.as_str()))
        .filter(delivery::Column::NextAttemptAt.is_not_null())
        .order_by_asc(delivery::Column::NextAttemptAt)
        .one(&tx)
        .await?;
    let due = next.and_then(|next| next.next_attempt_at).map(|at| at.max(now));
    let sql = "UPDATE delivery_lane SET due_at = $2, lease_token = NULL, lease_until = NULL WHERE id = $1";
    db::execute(&tx, sql, vec![lane.id.as_str().into(), due.into()]).await?;
    tx.commit().await
}

/// Ends all leases. Only for a process that is alone with its database.
///
/// # Errors
/// What the database answers.
pub async fn release_all(db: &Db) -> Result<u64, DbErr> {
    let sql = "UPDATE delivery_lane SET lease_token = NULL, lease_until = NULL WHERE lease_token IS NOT NULL";
    db::execute(db.write(), sql, vec![]).await
}

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}
