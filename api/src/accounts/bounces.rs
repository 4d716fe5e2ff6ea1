//! Mails that came back: which addresses get no more of them.
//!
//! What is written down never holds an address, only its keyed hash.

use entity::mail_bounce::{self, Column, Kind};
use entity::{AccountId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _, TryInsertResult,
};

use crate::secrets::{Secrets, sha256_hex};

const PURPOSE: &str = "mail.bounce";

/// Kinds that end mails to an address.
const ENDING: [Kind; 3] = [Kind::HardBounce, Kind::Blocked, Kind::Spam];

/// What came back.
#[derive(Debug)]
pub struct Bounce<'a> {
    pub account: &'a AccountId,
    pub address: &'a str,
    pub kind: Kind,
    /// Names the event, whoever tells of it and however often.
    pub event: &'a str,
}

/// Writes it down; `false` when it was before.
///
/// # Errors
/// What the database answers.
pub async fn record(
    tx: &impl ConnectionTrait,
    secrets: &Secrets,
    bounce: &Bounce<'_>,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let row = mail_bounce::ActiveModel {
        id: Set(sha256_hex(bounce.event.as_bytes())),
        account_id: Set(bounce.account.clone()),
        address_hash: Set(hash(secrets, bounce.address)),
        kind: Set(bounce.kind),
        created_at: Set(now),
        lifted_at: Set(None),
    };
    let written = mail_bounce::Entity::insert(row)
        .on_conflict_do_nothing()
        .exec_without_returning(tx)
        .await?;
    Ok(matches!(written, TryInsertResult::Inserted(1)))
}

/// Whether an address gets no more mail, but for what its owner needs to get in.
///
/// # Errors
/// What the database answers.
pub async fn is_suppressed(
    db: &impl ConnectionTrait,
    secrets: &Secrets,
    address: &str,
) -> Result<bool, DbErr> {
    let found = mail_bounce::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(ending(secrets, address))
        .into_tuple::<String>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Lets mails go to an address again: its owner has entered what was mailed there.
///
/// # Errors
/// What the database answers.
pub async fn lift(
    tx: &impl ConnectionTrait,
    secrets: &Secrets,
    address: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    mail_bounce::Entity::update_many()
        .col_expr(Column::LiftedAt, Expr::value(Some(now)))
        .filter(ending(secrets, address))
        .exec(tx)
        .await?;
    Ok(())
}

fn ending(secrets: &Secrets, address: &str) -> Condition {
    Condition::all()
        .add(Column::AddressHash.eq(hash(secrets, address)))
        .add(Column::Kind.is_in(ENDING))
        .add(Column::LiftedAt.is_null())
}

fn hash(secrets: &Secrets, address: &str) -> String {
    secrets.sign(PURPOSE, address.to_lowercase().as_bytes())
}
