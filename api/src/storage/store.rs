//! What a store must be able to do.

use std::fs::File;
use std::ops::Range;
use std::pin::Pin;

use bytes::Bytes;
use futures_util::Stream;
use futures_util::future::BoxFuture;

/// An object's bytes as they are read.
pub type Content = Pin<Box<dyn Stream<Item = std::io::Result<Bytes>> + Send>>;

/// An object that is read.
pub struct Object {
    /// The size of the whole, whatever part of it was asked for.
    pub bytes: u64,
    pub content: Content,
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("there is no object `{0}`")]
    Missing(String),
    #[error("`{0}` is no key of an object")]
    BadKey(String),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// An object that a store lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    pub key: String,
    pub bytes: u64,
    /// Seconds since 1970.
    pub modified: i64,
}

pub trait Store: Send + Sync {
    /// Writes an object, durably and whole; one that exists is replaced.
    fn put<'a>(&'a self, key: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Like [`put`](Self::put), from a file of this machine: for what is too large
    /// to hold in memory. The file is read from its beginning.
    fn put_file<'a>(&'a self, key: &'a str, file: File) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Reads an object, or a range of it.
    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<Range<u64>>,
    ) -> BoxFuture<'a, Result<Object, StoreError>>;

    /// Removes an object; one that is missing is no error.
    fn delete<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), StoreError>>;

    /// The objects whose keys begin with `prefix`, a folder's path.
    fn list<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<Vec<Stored>, StoreError>>;
}
