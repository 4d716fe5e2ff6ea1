//! What came back, and how it becomes what a call promised.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::error::{Error, Result};
use super::request::Request;
use super::transport::Transport;

/// A success, with its body read or still to be read.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: ReplyBody,
}

#[derive(Debug)]
pub enum ReplyBody {
    Whole(Bytes),
    Streaming(reqwest::Response),
}

/// What an answer needs to ask for more: the next page, the rest of a stream.
#[derive(Clone, Debug)]
pub struct Sent {
    pub transport: Arc<Transport>,
    pub request: Request,
}

/// What a call may end in: JSON, a page, a download, a stream of events, or nothing.
pub trait Answer: sealed::Read {}

impl<T: sealed::Read> Answer for T {}

pub mod sealed {
    use super::{Reply, Result, Sent};

    /// Only this crate knows what a reply is.
    pub trait Read: Sized + Send + 'static {
        /// What `Accept` says.
        const MEDIA_TYPE: &'static str;
        /// Whether the body is read by and by, however long that takes.
        const STREAMS: bool;

        fn read(reply: Reply, sent: Sent) -> Result<Self>;
    }
}

impl<T: DeserializeOwned + Send + 'static> sealed::Read for T {
    const MEDIA_TYPE: &'static str = "application/json";
    const STREAMS: bool = false;

    fn read(reply: Reply, _: Sent) -> Result<Self> {
        reply.json()
    }
}

impl Reply {
    /// No content is read as null, which is what `()` is made of.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        let body: &[u8] = match &self.body {
            ReplyBody::Whole(body) if body.is_empty() => b"null",
            ReplyBody::Whole(body) => body,
            ReplyBody::Streaming(_) => b"",
        };
        serde_json::from_slice(body).map_err(|source| Error::Decode {
            source,
            request_id: request_id(&self.headers),
        })
    }
}

pub fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = headers.get("x-request-id")?;
    value.to_str().ok().map(str::to_owned)
}

/// An answer with what came along with it; it can be used like the answer itself.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// The answer.
    pub data: T,
    /// The HTTP status.
    pub status: u16,
    /// All headers.
    pub headers: HeaderMap,
}

impl<T> Response<T> {
    pub(crate) fn new(data: T, status: u16, headers: HeaderMap) -> Self {
        Self {
            data,
            status,
            headers,
        }
    }

    /// Names the request in the server's logs.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }

    /// Whether this is the first answer to the same `Idempotency-Key` again.
    #[must_use]
    pub fn was_replayed(&self) -> bool {
        self.headers
            .get("idempotent-replayed")
            .is_some_and(|value| value == "true")
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.data
    }
}

impl<T> DerefMut for Response<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.data
    }
}
