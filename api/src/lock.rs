//! SQLite serves one process: the second one is told so at once.

use std::fs::{File, TryLockError};

use crate::config::Config;

#[derive(Debug, thiserror::Error)]
pub enum LockError {
    #[error(
        "another tintype works in `data_dir` {0}; stop it, choose another `data_dir`, or set \
         `database.url` to PostgreSQL, which any number of processes can share"
    )]
    Taken(String),
    #[error("`data_dir` {path} can't be locked: {source}")]
    File { path: String, source: std::io::Error },
}

/// Holds the data folder until it is dropped or the process dies. Nothing is
/// taken where PostgreSQL is shared.
///
/// # Errors
/// When another process has it.
pub fn take(config: &Config) -> Result<Option<File>, LockError> {
    if !config.database_url().starts_with("sqlite:") {
        return Ok(None);
    }
    let path = config.data_dir.display().to_string();
    let failed = |source| LockError::File {
        path: path.clone(),
        source,
    };
    std::fs::create_dir_all(&config.data_dir).map_err(failed)?;
    let file = File::create(config.data_dir.join("lock")).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(LockError::Taken(path)),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}
