//! Removes files: the row in the transaction that no longer wants it, the object
//! by a job of that transaction, so that a crash between the two loses neither.

use entity::{AccountId, Timestamp, file};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::keep::CLASSES;
use crate::app::App;
use crate::jobs::{self, Lease, NewJob};
use crate::storage::StoreError;

pub const KIND: &str = "file.remove";

#[derive(Debug, thiserror::Error)]
pub enum RemoveError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Deletes the rows and has the objects removed.
///
/// # Errors
/// What the database answers.
pub async fn forget(tx: &impl ConnectionTrait, files: Vec<file::Model>, now: Timestamp) -> Result<(), DbErr> {
    if files.is_empty() {
        return Ok(());
    }
    let ids = files.iter().map(|file| file.id.clone());
    file::Entity::delete_many()
        .filter(file::Column::Id.is_in(ids))
        .exec(tx)
        .await?;
    // No account is named: the job outlives an erasure of the account's own jobs.
    let jobs = files.into_iter().map(|file| NewJob {
        kind: KIND,
        subject: file.storage_key,
        account_id: None,
        lane: jobs::STORE.to_owned(),
        run_at: now,
        deadline_at: None,
    });
    jobs::enqueue(tx, jobs.collect(), now).await
}

/// Removes every object of an account from the store, also those that no row
/// names. For an erasure, when the rows are gone.
///
/// # Errors
/// When the store can't be asked; what was removed stays removed.
pub async fn remove_all(app: &App, account: &AccountId) -> Result<(), StoreError> {
    for class in CLASSES {
        for object in app.store.list(&format!("{class}/{account}")).await? {
            app.store.delete(&object.key).await?;
        }
    }
    Ok(())
}

/// The job: removes the object.
///
/// # Errors
/// What keeps it from being removed now; the job is tried again.
pub async fn remove(app: &App, lease: &Lease) -> Result<(), RemoveError> {
    app.store.delete(&lease.subject).await?;
    Ok(jobs::drop_done(&app.db, lease).await?)
}
