//! Where files' bytes are: one trait, an adapter for each kind of store.
//!
//! Keys are `{class}/{account}/{yyyy}/{mm}/{file}.{ext}` and hold nothing of the
//! content. What is kept, and how long, is decided by rows; a store only stores.

mod local;
mod store;

use std::path::Path;
use std::sync::Arc;

pub use local::Local;
pub use store::{Content, Object, Store, StoreError, Stored};

/// The configured store.
///
/// # Errors
/// When its folder can't be made.
pub fn open(data_dir: &Path) -> Result<Arc<dyn Store>, StoreError> {
    Ok(Arc::new(Local::open(&data_dir.join("files"))?))
}
