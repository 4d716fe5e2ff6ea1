//! Asks for the second factor, and takes it.

use std::time::Duration;

use entity::{AccountId, Timestamp, recovery_code, totp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    UpdateMany,
};

use super::{left, open, tell};
use crate::accounts::emails::Text;
use crate::app::App;
use crate::auth::attempts::{still_to_wait, wait_after};
use crate::auth::recovery;

/// After so many wrong codes in a row the owner is told, so often at most.
const MANY: i32 = 10;
const TOLD_EVERY: Duration = Duration::from_secs(24 * 60 * 60);

/// What somebody shows besides a password or a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Second {
    /// The six digits of an authenticator app.
    Totp(String),
    Recovery(String),
}

/// Why somebody is not let in yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("the account asks for a code besides")]
    Required,
    #[error("the code is wrong, too old, or used")]
    Wrong,
    #[error("after several wrong codes, the next is looked at in {0} seconds")]
    TooSoon(u64),
}

/// Asks for a second factor, where the account has one. Commit whatever the
/// answer: a wrong code is counted.
///
/// # Errors
/// Why not, inside; outside, what the database answers.
pub async fn demand(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    second: Option<&Second>,
    now: Timestamp,
) -> Result<Result<(), Refusal>, DbErr> {
    if super::find(tx, account).await?.is_none() {
        return Ok(Ok(()));
    }
    match second {
        Some(second) => accept(tx, app, account, second, now).await,
        None => Ok(Err(Refusal::Required)),
    }
}

/// Takes a code, once. Commit whatever the answer: a wrong one is counted.
///
/// # Errors
/// Why not, inside; outside, what the database answers.
pub async fn accept(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    second: &Second,
    now: Timestamp,
) -> Result<Result<(), Refusal>, DbErr> {
    // Locked: many guesses at once have no more tries than one after the other.
    let row = totp::Entity::find_by_id(account.clone())
        .filter(totp::Column::ConfirmedAt.is_not_null())
        .lock_exclusive()
        .one(tx)
        .await?;
    let Some(row) = row else {
        return Ok(Err(Refusal::Wrong));
    };
    match second {
        Second::Totp(code) => accept_totp(tx, app, &row, code, now).await,
        Second::Recovery(code) => accept_recovery(tx, app, &row, code, now).await,
    }
}

async fn accept_totp(
    tx: &impl ConnectionTrait,
    app: &App,
    row: &totp::Model,
    code: &str,
    now: Timestamp,
) -> Result<Result<(), Refusal>, DbErr> {
    if let Some(seconds) = still_to_wait(row.failures.unsigned_abs(), row.next_try_at, now) {
        return Ok(Err(Refusal::TooSoon(seconds)));
    }
    let Some(secret) = open(&app.secrets, row) else {
        tracing::error!(account = %row.account_id, "the secret of an authenticator app was sealed with another master key");
        return Ok(Err(Refusal::Wrong));
    };
    let Some(step) = secret.step(code, now, row.last_step) else {
        count_wrong(tx, app, row, now).await?;
        return Ok(Err(Refusal::Wrong));
    };
    // Compared once more where it is set: a step is taken by one.
    let taken = own(row)
        .col_expr(totp::Column::LastStep, Expr::value(Some(step)))
        .col_expr(totp::Column::Failures, Expr::value(0))
        .filter(totp::Column::LastStep.lt(step))
        .exec(tx)
        .await?;
    Ok(match taken.rows_affected {
        1 => Ok(()),
        _ => Err(Refusal::Wrong),
    })
}

fn own(row: &totp::Model) -> UpdateMany<totp::Entity> {
    totp::Entity::update_many().filter(totp::Column::AccountId.eq(row.account_id.clone()))
}

/// Counts a wrong code, and tells the owner of many in a row: whoever tries them is
/// past the password already.
async fn count_wrong(
    tx: &impl ConnectionTrait,
    app: &App,
    row: &totp::Model,
    now: Timestamp,
) -> Result<(), DbErr> {
    let failures = row.failures.saturating_add(1);
    let wait = wait_after(failures.unsigned_abs());
    let told_lately = row.told_at.is_some_and(|told| now.since(told) < TOLD_EVERY);
    let tells = failures >= MANY && !told_lately;
    let told_at = if tells { Some(now) } else { row.told_at };
    own(row)
        .col_expr(totp::Column::Failures, Expr::value(failures))
        .col_expr(totp::Column::NextTryAt, Expr::value(now.plus(wait)))
        .col_expr(totp::Column::ToldAt, Expr::value(told_at))
        .exec(tx)
        .await?;
    match tells {
        true => tell(tx, app, &row.account_id, &Text::CodesGuessed { at: now }, now).await,
        false => Ok(()),
    }
}

async fn accept_recovery(
    tx: &impl ConnectionTrait,
    app: &App,
    row: &totp::Model,
    typed: &str,
    now: Timestamp,
) -> Result<Result<(), Refusal>, DbErr> {
    let account = &row.account_id;
    let Some(hash) = recovery::hash(typed) else {
        count_wrong(tx, app, row, now).await?;
        return Ok(Err(Refusal::Wrong));
    };
    let taken = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(Some(now)))
        .filter(recovery_code::Column::AccountId.eq(account.clone()))
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx)
        .await?;
    if taken.rows_affected != 1 {
        count_wrong(tx, app, row, now).await?;
        return Ok(Err(Refusal::Wrong));
    }
    let text = Text::RecoveryCodeUsed {
        at: now,
        left: left(tx, account).await?,
    };
    tell(tx, app, account, &text, now).await?;
    Ok(Ok(()))
}
