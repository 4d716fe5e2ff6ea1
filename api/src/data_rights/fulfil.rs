//! The job that does what was asked for. Safe to run twice, and after a crash.

use entity::DataRequestId;
use entity::data_request::{self, Right, Status};
use sea_orm::{DbErr, EntityTrait as _};

use super::{erase, export};
use crate::app::App;
use crate::files::OpenError;
use crate::jobs::{self, Lease, LeaseLost};
use crate::storage::StoreError;

pub const KIND: &str = "data_request.fulfil";

#[derive(Debug, thiserror::Error)]
pub enum FulfilError {
    #[error("the job's subject is no data-rights request")]
    BadSubject,
    #[error(transparent)]
    LeaseLost(#[from] LeaseLost),
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("the archive could not be written: {0}")]
    Archive(#[from] std::io::Error),
}

/// Fulfils a request that was confirmed.
///
/// # Errors
/// What keeps it from being fulfilled now; the job is tried again.
pub async fn fulfil(app: &App, lease: &Lease) -> Result<(), FulfilError> {
    let id: DataRequestId = lease.subject.parse().map_err(|_| FulfilError::BadSubject)?;
    let row = data_request::Entity::find_by_id(id).one(app.db.read()).await?;
    match row.filter(|row| row.status == Status::InProgress) {
        Some(row) if row.kind == Right::Access => export::export(app, lease, &row).await,
        Some(row) => erase::erase(app, lease, &row).await,
        None => Ok(jobs::drop_done(&app.db, lease).await?),
    }
}
