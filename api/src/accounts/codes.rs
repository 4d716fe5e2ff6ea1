//! Mailed codes: eight letters that prove an address, once and soon.
//!
//! A code has 40 random bits, and visitors are few a minute: nobody guesses it. So
//! wrong ones are not counted, and no stranger can use up the tries of a code that
//! somebody else holds. Only a keyed hash is stored.

use std::time::Duration;

use entity::mailed_code::{self, Purpose};
use entity::{AccountId, CodeId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
};

use crate::auth::spelled;
use crate::secrets::Secrets;

/// How long a code can be used.
pub const LIFE: Duration = Duration::from_secs(30 * 60);

/// So many mails an hour reach one inbox at once.
const MOST_AN_HOUR: usize = 5;
const HOUR: Duration = Duration::from_secs(60 * 60);
/// Beyond them, the next comes when the newest is so old.
const PAUSE: Duration = Duration::from_secs(15 * 60);

const LETTERS: usize = 8;
const SIGNING: &str = "mailed_code";

/// Mistyped, used, expired, or never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the code is not valid")]
pub struct CodeInvalid;

/// A new code, to be mailed. Those before it stay as they are.
///
/// # Errors
/// What the database answers.
pub async fn issue(
    tx: &impl ConnectionTrait,
    secrets: &Secrets,
    account: &AccountId,
    purpose: Purpose,
    subject: &str,
    now: Timestamp,
) -> Result<String, DbErr> {
    let code = spelled::mint(LETTERS);
    let hash = hash(secrets, purpose, subject, &code);
    let row = mailed_code::ActiveModel {
        id: Set(CodeId::new(now)),
        account_id: Set(account.clone()),
        purpose: Set(purpose),
        subject: Set(subject.to_owned()),
        code_hash: Set(hash.expect("a minted code is one")),
        created_at: Set(now),
        expires_at: Set(now.plus(LIFE)),
        used_at: Set(None),
    };
    mailed_code::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(code)
}

/// A new code for the inbox of an account, which strangers may have asked for; with
/// the account locked. `None` when enough were mailed: then the newest, which lies in
/// the inbox, is good for as long as a new one would be. So nobody's inbox is flooded,
/// and whoever can read it always has a code.
///
/// # Errors
/// What the database answers.
pub async fn issue_for_inbox(
    tx: &impl ConnectionTrait,
    secrets: &Secrets,
    account: &AccountId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<String>, DbErr> {
    let subject = account.as_str();
    let lately = mailed_code::Entity::find()
        .filter(of(purpose, subject, now))
        .filter(mailed_code::Column::CreatedAt.gt(now.minus(HOUR)))
        .order_by_desc(mailed_code::Column::Id)
        .all(tx)
        .await?;
    let newest = lately
        .first()
        .filter(|newest| newest.used_at.is_none() && now.since(newest.created_at) < PAUSE);
    let Some(newest) = newest.filter(|_| lately.len() >= MOST_AN_HOUR) else {
        return issue(tx, secrets, account, purpose, subject, now).await.map(Some);
    };
    mailed_code::Entity::update_many()
        .col_expr(mailed_code::Column::ExpiresAt, Expr::value(now.plus(LIFE)))
        .filter(mailed_code::Column::Id.eq(newest.id.clone()))
        .exec(tx)
        .await?;
    Ok(None)
}

/// Whether this is a code that can be used. It is asked in the same way for every
/// subject, so that the time it takes tells nothing; [`redeem`] asks again.
///
/// # Errors
/// What the database answers.
pub async fn is_live(
    db: &impl ConnectionTrait,
    secrets: &Secrets,
    purpose: Purpose,
    subject: &str,
    code: &str,
    now: Timestamp,
) -> Result<bool, DbErr> {
    let Some(hash) = hash(secrets, purpose, subject, code) else {
        return Ok(false);
    };
    let found = mailed_code::Entity::find()
        .filter(of(purpose, subject, now))
        .filter(live(&hash, now))
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Uses a code up, and with it all of its purpose and subject.
///
/// # Errors
/// [`CodeInvalid`] inside; outside, what the database answers.
pub async fn redeem(
    tx: &impl ConnectionTrait,
    secrets: &Secrets,
    purpose: Purpose,
    subject: &str,
    code: &str,
    now: Timestamp,
) -> Result<Result<(), CodeInvalid>, DbErr> {
    let Some(hash) = hash(secrets, purpose, subject, code) else {
        return Ok(Err(CodeInvalid));
    };
    // One statement looks and takes: of two at once, one has it.
    let taken = mailed_code::Entity::update_many()
        .col_expr(mailed_code::Column::UsedAt, Expr::value(Some(now)))
        .filter(of(purpose, subject, now))
        .filter(live(&hash, now))
        .exec(tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(Err(CodeInvalid));
    }
    void(tx, purpose, subject, now).await?;
    Ok(Ok(()))
}

/// Ends the codes of a purpose and subject.
///
/// # Errors
/// What the database answers.
pub async fn void(
    tx: &impl ConnectionTrait,
    purpose: Purpose,
    subject: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    mailed_code::Entity::update_many()
        .col_expr(mailed_code::Column::UsedAt, Expr::value(Some(now)))
        .filter(of(purpose, subject, now))
        .filter(mailed_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// How many codes were issued since a moment.
///
/// # Errors
/// What the database answers.
pub async fn count_since(
    tx: &impl ConnectionTrait,
    purpose: Purpose,
    subject: &str,
    since: Timestamp,
) -> Result<u64, DbErr> {
    mailed_code::Entity::find()
        .filter(of(purpose, subject, since))
        .filter(mailed_code::Column::CreatedAt.gt(since))
        .count(tx)
        .await
}

/// The codes of a purpose and subject that can be good at a moment, or were issued
/// after it: by the id, since those that are long over are many in time.
fn of(purpose: Purpose, subject: &str, at: Timestamp) -> Condition {
    Condition::all()
        .add(mailed_code::Column::Purpose.eq(purpose))
        .add(mailed_code::Column::Subject.eq(subject))
        .add(mailed_code::Column::Id.gte(CodeId::least(at.minus(HOUR))))
}

fn live(hash: &str, now: Timestamp) -> Condition {
    Condition::all()
        .add(mailed_code::Column::CodeHash.eq(hash))
        .add(mailed_code::Column::UsedAt.is_null())
        .add(mailed_code::Column::ExpiresAt.gt(now))
}

/// What is stored of a code, however it was typed; `None` for what can't be one.
fn hash(secrets: &Secrets, purpose: Purpose, subject: &str, typed: &str) -> Option<String> {
    let code = spelled::read(typed, LETTERS)?;
    let message = format!("{}\n{subject}\n{code}", purpose.to_value());
    Some(secrets.sign(SIGNING, message.as_bytes()))
}
