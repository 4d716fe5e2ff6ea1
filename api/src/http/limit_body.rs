//! How large a request body may be, and how slow.
//!
//! [`LimitBody`] counts bytes as they are read, so it needs no
//! `Content-Length`; where the client gives one that is too large, the first
//! read fails before any byte is taken. Mount one around everything for the
//! default, and another around the single route that takes more, or less: the
//! innermost decides, which is why nothing is refused before somebody reads.
//!
//! Extractors wrap the failed read in errors of their own and may keep only
//! its text. So the outermost `LimitBody` remembers why it stopped the body,
//! and puts a [`BodyRefused`] in the place of whatever error came of it: the
//! layer around it finds one typed error, whoever was reading.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt, combinators::BoxBody};
use hyper::body::{Body, Frame, SizeHint};
use poem::{
    Endpoint, IntoResponse, Middleware, Request, Response, Result, error::ResponseError, http::StatusCode,
};
use tokio::time::{Instant, Sleep, sleep};

/// How long we wait for a client, beyond what its bytes have earned it.
const PATIENCE: Duration = Duration::from_secs(30);
/// What each byte earns: a client sending a kibibyte a second never runs out.
const EARNED_PER_BYTE: Duration = Duration::from_micros(1_000_000 / 1024);

/// Why a request body was not read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyRefused {
    #[error("the request body is larger than {limit} bytes")]
    TooLarge { limit: u64 },
    #[error("the request body arrives too slowly")]
    TooSlow,
    #[error("the request body is malformed or incomplete")]
    Broken,
}

impl ResponseError for BodyRefused {
    fn status(&self) -> StatusCode {
        match self {
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Broken => StatusCode::BAD_REQUEST,
        }
    }
}

/// Caps the request body of the endpoint it is put around.
pub struct LimitBody {
    bytes: u64,
    /// A path that takes another number.
    exception: Option<(&'static str, u64)>,
    patience: Duration,
}

impl LimitBody {
    pub const fn new(bytes: u64) -> Self {
        Self {
            bytes,
            exception: None,
            patience: PATIENCE,
        }
    }

    /// Requests to this one path may be of another size.
    pub const fn at(self, path: &'static str, bytes: u64) -> Self {
        Self {
            exception: Some((path, bytes)),
            ..self
        }
    }

    /// How long a client may keep a reader waiting. Only the outermost decides.
    pub const fn patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }
}

impl<E: Endpoint> Middleware<E> for LimitBody {
    type Output = Limited<E>;

    fn transform(&self, inner: E) -> Limited<E> {
        Limited {
            inner,
            bytes: self.bytes,
            exception: self.exception,
            patience: self.patience,
        }
    }
}

/// How many bytes the body of this request may have.
pub fn limit_of(request: &Request) -> Option<u64> {
    let verdict = request.extensions().get::<Arc<Verdict>>()?;
    Some(verdict.limit.load(Ordering::Relaxed))
}

/// An endpoint behind [`LimitBody`].
pub struct Limited<E> {
    inner: E,
    bytes: u64,
    exception: Option<(&'static str, u64)>,
    patience: Duration,
}

impl<E: Endpoint> Endpoint for Limited<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> Result<Response> {
        let path = request.uri().path();
        let excepted = self.exception.filter(|(excepted, _)| *excepted == path);
        let bytes = excepted.map_or(self.bytes, |(_, bytes)| bytes);
        let verdict = match request.extensions().get::<Arc<Verdict>>() {
            Some(outer) => {
                outer.limit.store(bytes, Ordering::Relaxed);
                None
            }
            None => {
                let body = request.take_body();
                let verdict = Arc::new(Verdict::new(bytes));
                let counted = Counted::new(body.into(), verdict.clone(), self.patience);
                request.set_body(poem::Body::from(counted.boxed()));
                request.extensions_mut().insert(verdict.clone());
                Some(verdict)
            }
        };
        let answer = self.inner.call(request).await.map(IntoResponse::into_response);
        match verdict.and_then(|verdict| verdict.refused.get().copied()) {
            Some(refused) if !succeeded(&answer) => Err(refused.into()),
            _ => answer,
        }
    }
}

/// A handler may have got along without the body; its success stands.
fn succeeded(answer: &Result<Response>) -> bool {
    answer
        .as_ref()
        .is_ok_and(|response| response.status().is_success())
}

/// What the layers around a route agree on while its body is being read.
struct Verdict {
    limit: AtomicU64,
    refused: OnceLock<BodyRefused>,
}

impl Verdict {
    fn new(limit: u64) -> Self {
        Self {
            limit: AtomicU64::new(limit),
            refused: OnceLock::new(),
        }
    }
}

/// A body that counts itself, and the time its reader waits for it.
struct Counted {
    body: BoxBody<Bytes, io::Error>,
    verdict: Arc<Verdict>,
    read: u64,
    most_patience: Duration,
    patience: Duration,
    waiting_since: Option<Instant>,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Counted {
    fn new(body: BoxBody<Bytes, io::Error>, verdict: Arc<Verdict>, patience: Duration) -> Self {
        Self {
            body,
            verdict,
            read: 0,
            most_patience: patience,
            patience,
            waiting_since: None,
            alarm: None,
        }
    }

    fn refuse(&self, refused: BodyRefused) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let refused = *self.verdict.refused.get_or_init(|| refused);
        Poll::Ready(Some(Err(io::Error::other(refused))))
    }

    /// Waits for as long as patience lasts.
    fn poll_patience(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let patience = self.patience;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep(patience)));
        if self.waiting_since.is_none() {
            let now = Instant::now();
            self.waiting_since = Some(now);
            alarm.as_mut().reset(now + patience);
        }
        alarm.as_mut().poll(context)
    }

    /// Waiting uses patience up, bytes bring it back.
    fn settle(&mut self, bytes: u64) {
        let waited = self
            .waiting_since
            .take()
            .map_or(Duration::ZERO, |since| since.elapsed());
        let earned = EARNED_PER_BYTE * u32::try_from(bytes).unwrap_or(u32::MAX);
        self.patience = (self.patience.saturating_sub(waited) + earned).min(self.most_patience);
    }
}

impl Body for Counted {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let limit = self.verdict.limit.load(Ordering::Relaxed);
        if self.read + self.body.size_hint().lower() > limit {
            return self.refuse(BodyRefused::TooLarge { limit });
        }
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                let bytes = frame.data_ref().map_or(0, Bytes::len) as u64;
                self.settle(bytes);
                self.read += bytes;
                if self.read > limit {
                    return self.refuse(BodyRefused::TooLarge { limit });
                }
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(_))) => self.refuse(BodyRefused::Broken),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => {
                ready!(self.poll_patience(context));
                self.refuse(BodyRefused::TooSlow)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
