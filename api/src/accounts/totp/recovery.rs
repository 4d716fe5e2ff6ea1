//! Recovery codes: ten at a time, kept as hashes.

use entity::{AccountId, Timestamp, recovery_code};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::enrol::lock;
use super::tell;
use crate::accounts::emails::Text;
use crate::app::App;
use crate::auth::recovery;
use crate::signals::Signal;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the account has no authenticator app")]
pub struct NotOn;

/// How many codes can still be used.
///
/// # Errors
/// What the database answers.
pub async fn left(db: &impl ConnectionTrait, account: &AccountId) -> Result<u64, DbErr> {
    recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account.clone()))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await
}

/// New codes instead of the old ones, which are void.
///
/// # Errors
/// [`NotOn`] inside; outside, what the database answers.
pub async fn renew(app: &App, account: &AccountId) -> Result<Result<Vec<String>, NotOn>, DbErr> {
    let now = app.now();
    let tx = app.db.begin().await?;
    // Locked: of two that ask at once, the later one's codes count, all of them.
    if lock(&tx, account).await?.is_none() || super::find(&tx, account).await?.is_none() {
        return Ok(Err(NotOn));
    }
    let codes = replace(&tx, account, now).await?;
    tell(&tx, app, account, &Text::RecoveryCodesRenewed { at: now }, now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(Ok(codes))
}

pub(super) async fn replace(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    now: Timestamp,
) -> Result<Vec<String>, DbErr> {
    forget(tx, account).await?;
    let codes = recovery::mint();
    let rows = codes.iter().filter_map(|code| {
        Some(recovery_code::ActiveModel {
            account_id: Set(account.clone()),
            code_hash: Set(recovery::hash(code)?),
            created_at: Set(now),
            used_at: Set(None),
        })
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    Ok(codes)
}

pub(super) async fn forget(tx: &impl ConnectionTrait, account: &AccountId) -> Result<(), DbErr> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account.clone()))
        .exec(tx)
        .await?;
    Ok(())
}
