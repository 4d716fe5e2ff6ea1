//! Files, as they come.

use std::fmt;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream, StreamExt};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName};
use tokio::io::{AsyncWrite, AsyncWriteExt};

use super::error::{Error, Result};
use super::reply::{Reply, ReplyBody, Sent, request_id, sealed};

/// A file that is being downloaded: a [`Stream`] of its bytes, and with shorter ways to take
/// them. No timeout is set on its body.
pub struct Download {
    headers: HeaderMap,
    body: Pin<Box<dyn Stream<Item = Result<Bytes>> + Send>>,
}

impl sealed::Read for Download {
    const MEDIA_TYPE: &'static str = "*/*";
    const STREAMS: bool = true;

    fn read(reply: Reply, _: Sent) -> Result<Self> {
        let lost = |error: reqwest::Error| Error::Connection(error.without_url());
        Ok(Self {
            headers: reply.headers,
            body: match reply.body {
                ReplyBody::Whole(body) => stream::once(async { Ok(body) }).boxed(),
                ReplyBody::Streaming(response) => response
                    .bytes_stream()
                    .map(move |chunk| chunk.map_err(lost))
                    .boxed(),
            },
        })
    }
}

impl Download {
    fn header(&self, name: HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What kind of file it is: `image/png`.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.header(CONTENT_TYPE)
    }

    /// Its size in bytes.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.header(CONTENT_LENGTH)?.parse().ok()
    }

    /// Names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<String> {
        request_id(&self.headers)
    }

    /// The next bytes; `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes>> {
        self.body.next().await
    }

    /// All of it, in memory.
    pub async fn bytes(mut self) -> Result<Bytes> {
        let mut whole = BytesMut::new();
        while let Some(chunk) = self.chunk().await {
            whole.extend_from_slice(&chunk?);
        }
        Ok(whole.freeze())
    }

    /// Writes it somewhere, as it comes.
    pub async fn write_to(mut self, writer: &mut (impl AsyncWrite + Unpin)) -> Result<()> {
        while let Some(chunk) = self.chunk().await {
            writer.write_all(&chunk?).await?;
        }
        Ok(writer.flush().await?)
    }

    /// Writes it to a file, as it comes. Until it is whole, the file has `.part` after its name.
    pub async fn save(self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref();
        let mut part = path.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let mut file = tokio::fs::File::create(&part).await?;
        match self.write_to(&mut file).await {
            Ok(()) => Ok(tokio::fs::rename(&part, path).await?),
            Err(error) => {
                // The first failure says more than one to clean up after it.
                let _ = tokio::fs::remove_file(&part).await;
                Err(error)
            }
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.body.as_mut().poll_next(context)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("content_type", &self.content_type())
            .field("content_length", &self.content_length())
            .finish_non_exhaustive()
    }
}
