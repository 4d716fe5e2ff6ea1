//! Whose account is open may still be sent something.

use entity::{AccountId, account};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

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
