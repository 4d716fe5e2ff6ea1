//! Files to send, from memory, from disk or from wherever they come.

use std::fmt;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use reqwest::multipart::Part;
use tokio::io::AsyncRead;
use tokio_util::io::ReaderStream;

use super::error::{Error, Result};

/// A file to send. It is read while it is sent and never held in memory as a whole.
#[derive(Clone, Debug)]
pub struct Upload {
    name: String,
    content_type: Option<String>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    Path(PathBuf),
    /// Can be read once.
    Reader(Arc<Mutex<Option<reqwest::Body>>>),
}

impl Upload {
    /// A file on disk.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        Self::new(name, Source::Path(path))
    }

    /// A file in memory.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::new(name.into(), Source::Bytes(bytes.into()))
    }

    /// A file from anywhere. It can be read once only, so that the call that sends it is never
    /// repeated.
    pub fn reader(name: impl Into<String>, reader: impl AsyncRead + Send + 'static) -> Self {
        let body = reqwest::Body::wrap_stream(ReaderStream::new(reader));
        Self::new(name.into(), Source::Reader(Arc::new(Mutex::new(Some(body)))))
    }

    fn new(name: String, source: Source) -> Self {
        Self {
            name,
            content_type: None,
            source,
        }
    }

    /// Under which name to send it, instead of that on disk.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// What kind of file it is: `image/png`. Without it the server finds out.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    pub(crate) fn repeatable(&self) -> bool {
        !matches!(self.source, Source::Reader(_))
    }

    pub(crate) async fn part(&self) -> Result<Part> {
        let part = match &self.source {
            Source::Bytes(bytes) => {
                let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                Part::stream_with_length(bytes.clone(), length)
            }
            Source::Path(path) => {
                let file = tokio::fs::File::open(path).await?;
                let length = file.metadata().await?.len();
                Part::stream_with_length(reqwest::Body::wrap_stream(ReaderStream::new(file)), length)
            }
            Source::Reader(body) => {
                let body = body.lock().unwrap_or_else(PoisonError::into_inner).take();
                let body = body.ok_or_else(|| Error::configuration("this upload has been sent already"))?;
                Part::stream(body)
            }
        };
        let part = part.file_name(self.name.clone());
        match &self.content_type {
            None => Ok(part),
            Some(content_type) => part
                .mime_str(content_type)
                .map_err(|_| Error::configuration(format!("`{content_type}` is no content type"))),
        }
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Path(path) => path.fmt(f),
            Self::Reader(_) => f.write_str("a reader"),
        }
    }
}
