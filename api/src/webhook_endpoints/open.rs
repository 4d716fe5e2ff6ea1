//! Whose account is open, or may be opened again, may still be sent something.

use std::collections::BTreeSet;

use entity::{AccountId, account};
use sea_orm::sea_query::LockType;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use crate::bulk;

/// Whether an account is active. It stays so until the transaction ends: an erasure
/// that begins now comes after it, and takes what is written here with it.
///
/// # Errors
/// What the database answers.
pub async fn stays_open(tx: &impl ConnectionTrait, account: &AccountId) -> Result<bool, DbErr> {
    let active = account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_shared()
        .one(tx)
        .await?;
    Ok(active.is_some())
}

/// Whether an account was not erased, in the same way.
///
/// # Errors
/// What the database answers.
pub async fn stays_unerased(tx: &impl ConnectionTrait, account: &AccountId) -> Result<bool, DbErr> {
    Ok(!unerased(tx, [account.clone()].into()).await?.is_empty())
}

/// Those of the accounts that were not erased, in the same way.
///
/// # Errors
/// What the database answers.
pub async fn unerased(
    tx: &impl ConnectionTrait,
    accounts: BTreeSet<AccountId>,
) -> Result<BTreeSet<AccountId>, DbErr> {
    let rows = account::Entity::find()
        .filter(account::Column::Id.is_in(bulk::filled(accounts)))
        .filter(account::Column::Status.ne(account::Status::Erased))
        .order_by_asc(account::Column::Id)
        // As rows that name it lock it; an erasure locks it for itself.
        .lock(LockType::KeyShare)
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}
