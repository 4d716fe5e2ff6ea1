//! Puts what was made into the store, with its size and SHA-256.

use entity::{AccountId, FileId, Timestamp};

use crate::app::App;
use crate::providers::Media;
use crate::secrets::sha256_hex;
use crate::storage::StoreError;

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

/// `{class}/{account}/{yyyy}/{mm}/{file}.{extension}`: the class first, so that a
/// store's own lifecycle rules can tell them apart.
#[must_use]
pub fn object_key(class: &str, account: &AccountId, id: &FileId, extension: &str, now: Timestamp) -> String {
    let date = now.to_string();
    let (year, month) = (&date[..4], &date[5..7]);
    format!("{class}/{account}/{year}/{month}/{id}.{extension}")
}
