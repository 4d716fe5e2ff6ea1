//! Puts what was made into the store, with its size and SHA-256.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use entity::{AccountId, FileId, Timestamp};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::providers::Media;
use crate::secrets::{hex, sha256_hex};
use crate::storage::StoreError;

/// The first parts of objects' keys.
pub(super) const CLASSES: [&str; 2] = ["out", "export"];

/// An object that is in the store, before a row names it.
#[derive(Debug, Clone)]
pub struct Kept {
    pub id: FileId,
    pub key: String,
    pub content_type: &'static str,
    pub bytes: i64,
    pub sha256: String,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub milliseconds: Option<u64>,
}

/// Stores a generation's output. Without a row it is swept after a day.
///
/// # Errors
/// When the store can't be written.
pub async fn keep(app: &App, account: &AccountId, media: Media) -> Result<Kept, StoreError> {
    let now = app.now();
    let id = FileId::new(now);
    let key = object_key("out", account, &id, media.extension, now);
    let kept = Kept {
        id,
        content_type: media.content_type,
        bytes: i64::try_from(media.bytes.len()).unwrap_or(i64::MAX),
        sha256: sha256_hex(&media.bytes),
        width: media.width,
        height: media.height,
        milliseconds: media.milliseconds,
        key,
    };
    app.store.put(&kept.key, media.bytes).await?;
    Ok(kept)
}

/// Stores an archive that was written to a file of this machine, without ever
/// holding it in memory. Without a row it is swept after a day.
///
/// # Errors
/// When the file can't be read or the store not be written.
pub async fn keep_archive(app: &App, account: &AccountId, archive: File) -> Result<Kept, StoreError> {
    let now = app.now();
    let id = FileId::new(now);
    let key = object_key("export", account, &id, "zip", now);
    let (archive, bytes, sha256) = tokio::task::spawn_blocking(|| measure(archive))
        .await
        .map_err(io::Error::other)??;
    app.store.put_file(&key, archive).await?;
    Ok(Kept {
        id,
        key,
        content_type: "application/zip",
        bytes,
        sha256,
        width: None,
        height: None,
        milliseconds: None,
    })
}

/// A file's size and SHA-256, read piece by piece.
fn measure(mut file: File) -> io::Result<(File, i64, String)> {
    file.rewind()?;
    let mut digest = Sha256::new();
    let mut bytes = 0;
    let mut piece = vec![0; 64 * 1024];
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            break;
        }
        digest.update(&piece[..count]);
        bytes += i64::try_from(count).unwrap_or_default();
    }
    Ok((file, bytes, hex(&digest.finalize())))
}

/// `{class}/{account}/{yyyy}/{mm}/{file}.{extension}`: the class first, so that a
/// store's own lifecycle rules can tell them apart.
#[must_use]
pub fn object_key(class: &str, account: &AccountId, id: &FileId, extension: &str, now: Timestamp) -> String {
    let date = now.to_string();
    let (year, month) = (&date[..4], &date[5..7]);
    format!("{class}/{account}/{year}/{month}/{id}.{extension}")
}
