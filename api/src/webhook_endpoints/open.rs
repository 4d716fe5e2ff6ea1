//! Whose account is open, or may be opened again, may still be sent something.

use std::collections::BTreeSet;

use entity::{AccountId, account};
use sea_orm::sea_query::{LockBehavior, LockType};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, Select,
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
async fn unerased(
    tx: &impl ConnectionTrait,
    accounts: BTreeSet<AccountId>,
) -> Result<BTreeSet<AccountId>, DbErr> {
    // As rows that name it lock it; an erasure locks it for itself.
    ids(of(accounts).lock(LockType::KeyShare), tx).await
}

/// Accounts that were not erased.
pub struct Unerased {
    /// They stay so until the transaction ends.
    pub free: BTreeSet<AccountId>,
    /// Another transaction has them locked.
    pub locked: BTreeSet<AccountId>,
}

/// The same, without waiting for anybody.
///
/// # Errors
/// What the database answers.
pub async fn unerased_and_free(
    tx: &impl ConnectionTrait,
    accounts: BTreeSet<AccountId>,
) -> Result<Unerased, DbErr> {
    let locking = of(accounts.clone()).lock_with_behavior(LockType::KeyShare, LockBehavior::SkipLocked);
    let free = ids(locking, tx).await?;
    let others: BTreeSet<AccountId> = accounts.difference(&free).cloned().collect();
    let locked = match others.is_empty() {
        true => others,
        false => ids(of(others), tx).await?,
    };
    Ok(Unerased { free, locked })
}

fn of(accounts: BTreeSet<AccountId>) -> Select<account::Entity> {
    account::Entity::find()
        .filter(account::Column::Id.is_in(bulk::filled(accounts)))
        .filter(account::Column::Status.ne(account::Status::Erased))
        .order_by_asc(account::Column::Id)
}

async fn ids(
    query: Select<account::Entity>,
    tx: &impl ConnectionTrait,
) -> Result<BTreeSet<AccountId>, DbErr> {
    let query = query.select_only().column(account::Column::Id);
    let ids: Vec<AccountId> = query.into_tuple().all(tx).await?;
    Ok(ids.into_iter().collect())
}
