//! One order for all events, given after their commits.
//!
//! Transactions commit in another order than they began in, so a reader who goes
//! on from the last id that it saw could miss one. Here, one process at a time
//! numbers what is committed, under a lock that it keeps until its own commit:
//! who sees a number sees all numbers below.

use entity::{event, event_sequence};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::bulk::{self, Update};

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

/// Numbers up to `limit` events and returns them, for whoever sends them on in
/// the same transaction.
///
/// # Errors
/// What the database answers.
pub async fn take(tx: &impl ConnectionTrait, limit: u64) -> Result<Vec<event::Model>, DbErr> {
    let sequence = event_sequence::Entity::find_by_id(1)
        .lock_exclusive()
        .one(tx)
        .await?;
    let last = sequence.map_or(0, |row| row.last_seq);
    let mut events = event::Entity::find()
        .filter(event::Column::Seq.is_null())
        .order_by_asc(event::Column::Id)
        .limit(limit)
        .all(tx)
        .await?;
    let mut next = last;
    for event in &mut events {
        next += 1;
        event.seq = Some(next);
    }
    let rows = events
        .iter()
        .map(|event| vec![event.id.clone().into(), event.seq.into()]);
    let number = Update {
        table: "event",
        columns: &[("id", "TEXT"), ("seq", "BIGINT")],
        keys: 1,
        set: "seq = v.seq",
        only: "",
    };
    bulk::update(tx, &number, rows.collect()).await?;
    if next > last {
        event_sequence::Entity::update_many()
            .col_expr(event_sequence::Column::LastSeq, Expr::value(next))
            .filter(event_sequence::Column::Id.eq(1))
            .exec(tx)
            .await?;
    }
    Ok(events)
}
