//! Mailed codes: eight digits that prove an address, once, soon, in few tries.
//!
//! Only a keyed hash is stored. The newest code of a purpose and subject is the
//! only one that counts. Whoever tries a wrong one uses up a try even though
//! nothing else happens: commit in either case.

use std::time::Duration;

use entity::mailed_code::{self, Purpose};
use entity::{AccountId, CodeId, Timestamp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveEnum as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    FromQueryResult, PaginatorTrait as _, QueryFilter as _,
};

use crate::db;
use crate::secrets::Secrets;

/// How long a code can be used.
pub const LIFE: Duration = Duration::from_secs(30 * 60);

const TRIES: i32 = 5;
const SIGNING: &str = "mailed_code";

/// Mistyped, used, expired, tried too often, or never sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the code is not valid")]
pub struct CodeInvalid;

/// A new code, to be mailed. Those before it are void.
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
    void(tx, purpose, subject, now).await?;
    let code = format!("{:08}", rand::random_range(0..100_000_000_u32));
    let row = mailed_code::ActiveModel {
        id: Set(CodeId::new(now)),
        account_id: Set(account.clone()),
        purpose: Set(purpose),
        subject: Set(subject.to_owned()),
        code_hash: Set(secrets.sign(SIGNING, message(purpose, subject, &code).as_bytes())),
        tries_left: Set(TRIES),
        created_at: Set(now),
        expires_at: Set(now.plus(LIFE)),
        used_at: Set(None),
    };
    mailed_code::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(code)
}

/// Uses a code up. Commit whatever the answer: a wrong one costs a try.
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
    // One statement takes the try and shows the hash, so that many guesses at
    // once have no more tries than one after the other.
    let sql = "UPDATE mailed_code SET tries_left = tries_left - 1
               WHERE purpose = $1 AND subject = $2 AND used_at IS NULL AND expires_at > $3 AND tries_left > 0
               RETURNING code_hash";
    let values = vec![purpose.to_value().into(), subject.into(), now.into()];
    let live: Vec<Live> = db::query(tx, sql, values).await?;
    let message = message(purpose, subject, code);
    let right = live
        .iter()
        .any(|live| secrets.verify(SIGNING, message.as_bytes(), &live.code_hash));
    if !right {
        return Ok(Err(CodeInvalid));
    }
    void(tx, purpose, subject, now).await?;
    Ok(Ok(()))
}

#[derive(FromQueryResult)]
struct Live {
    code_hash: String,
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
        .filter(mailed_code::Column::Purpose.eq(purpose))
        .filter(mailed_code::Column::Subject.eq(subject))
        .filter(mailed_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// How many codes were issued since a moment, so that nobody's inbox is flooded.
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
        .filter(mailed_code::Column::Purpose.eq(purpose))
        .filter(mailed_code::Column::Subject.eq(subject))
        .filter(mailed_code::Column::CreatedAt.gt(since))
        .count(tx)
        .await
}

fn message(purpose: Purpose, subject: &str, code: &str) -> String {
    format!("{}\n{subject}\n{code}", purpose.to_value())
}
