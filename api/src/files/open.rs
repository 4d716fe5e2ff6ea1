//! Opens what was kept. A row whose object is missing, or is not the one that was
//! put there, is a fault of ours: never to be taken for a file that is not there.

use std::ops::Range;

use entity::file;
use sea_orm::{DbErr, EntityTrait as _};

use crate::app::App;
use crate::http::{ApiError, Code, Download};
use crate::storage::{Content, StoreError};

/// What is wrong with a file's object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    Missing,
    /// It has another size or SHA-256 than the row says.
    Damaged,
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("the file was deleted since its row was read")]
    Deleted,
    #[error("the store lacks a file, or holds it damaged")]
    Lost(Fault),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Opens a file's object, or a part of it. That its size is right is looked at here;
/// its SHA-256 only shows once all of it was read.
///
/// # Errors
/// Why it can't be read.
pub async fn open(app: &App, row: &file::Model, part: Option<Range<u64>>) -> Result<Content, OpenError> {
    let fault = match app.store.get(&row.storage_key, part).await {
        Ok(object) if i64::try_from(object.bytes) == Ok(row.bytes) => return Ok(object.content),
        Ok(_) => Fault::Damaged,
        Err(StoreError::Missing(_)) => Fault::Missing,
        Err(error) => return Err(error.into()),
    };
    // Rows go before their objects.
    let again = file::Entity::find_by_id(row.id.clone())
        .one(app.db.read())
        .await?;
    if again.is_none() {
        return Err(OpenError::Deleted);
    }
    tracing::error!(file = %row.id, ?fault, "the store does not hold a file as it was kept");
    Err(OpenError::Lost(fault))
}

/// A file as an answer, or the part of it that the `Range` header asks for.
///
/// # Errors
/// 416 when it ends before the part; 500 `file_lost` when we have lost it.
pub async fn download(app: &App, row: file::Model, range: Option<&str>) -> Result<Download, ApiError> {
    let part = Download::part(&row, range)?;
    let content = open(app, &row, part.clone()).await?;
    Ok(Download::of(row, part, content))
}

impl From<OpenError> for ApiError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Deleted => Self::not_found(),
            OpenError::Lost(_) => Self::new(
                Code::FileLost,
                "The file is yours and should be here, but our storage lacks it or holds it damaged. This is our \
                 fault; it is logged. To ask again at once is of no use: ask the operator.",
            ),
            OpenError::Store(error) => Self::internal(error),
            OpenError::Database(error) => error.into(),
        }
    }
}
