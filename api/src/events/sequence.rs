//! One order for all events, given after their commits.
//!
//! Transactions commit in another order than they began in, so a reader who goes
//! on from the last id that it saw could miss one. Here, one process at a time
//! numbers what is committed, under a lock that it keeps until its own commit:
//! who sees a number sees all numbers below.

use std::collections::BTreeSet;

use entity::{AccountId, event, event_sequence};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, FromQueryResult, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use crate::bulk::{self, Update};
use crate::db;

/// Whether there are events without a number.
///
/// # Errors
/// What the database answers.
pub async fn waits(db: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let waiting = event::Entity::find()
        .filter(event::Column::Seq.is_null())
        .limit(1)
        .one(db)
        .await?;
    Ok(waiting.is_some())
}

/// Up to `limit` events without a number, of other accounts than these, for whoever
/// numbers them in the same transaction: until it ends, nobody else does. What another
/// transaction has locked is left out.
///
/// # Errors
/// What the database answers.
pub async fn unnumbered(
    tx: &impl ConnectionTrait,
    limit: u64,
    except: &BTreeSet<AccountId>,
) -> Result<Vec<event::Model>, DbErr> {
    event_sequence::Entity::find_by_id(1)
        .lock_exclusive()
        .one(tx)
        .await?;
    let mut new = event::Entity::find().filter(event::Column::Seq.is_null());
    if !except.is_empty() {
        new = new.filter(event::Column::AccountId.is_not_in(bulk::filled(except.iter().cloned())));
    }
    new.order_by_asc(event::Column::Id)
        .limit(limit)
        .lock_with_behavior(LockType::NoKeyUpdate, LockBehavior::SkipLocked)
        .all(tx)
        .await
}

/// Gives events the next numbers, in their order.
///
/// # Errors
/// What the database answers.
pub async fn number(tx: &impl ConnectionTrait, events: &[event::Model]) -> Result<(), DbErr> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    if count == 0 {
        return Ok(());
    }
    let sql = "UPDATE event_sequence SET last_seq = last_seq + $1 WHERE id = 1 RETURNING last_seq";
    let last: Vec<Last> = db::query(tx, sql, vec![count.into()]).await?;
    let last = last.first().map_or(count, |row| row.last_seq);
    let rows = events.iter().zip(last - count + 1..);
    let rows = rows.map(|(event, seq)| vec![event.id.clone().into(), seq.into()]);
    let number = Update {
        table: "event",
        columns: &[("id", "TEXT"), ("seq", "BIGINT")],
        keys: 1,
        set: "seq = v.seq",
        only: "",
    };
    bulk::update(tx, &number, rows.collect()).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct Last {
    last_seq: i64,
}
