//! A body that is let out at the last moment: when the connection stands, which may
//! take a receiver as long as it likes.

use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use hyper::body::{Body, Frame, SizeHint};

/// Asked before the first byte of the body goes out. What it gives is held until the
/// body was handed to the connection, no longer; `None`: nothing goes out.
pub type Ask = BoxFuture<'static, Option<Box<dyn Send>>>;

/// It was no longer to go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it was withdrawn before it went out")]
pub struct Withdrawn;

pub struct Held {
    text: Bytes,
    /// Locked by nobody: it makes what it holds fit to be shared between threads.
    ask: Mutex<Ask>,
    held: Mutex<Option<Box<dyn Send>>>,
}

impl Held {
    pub fn new(text: String, ask: Ask) -> Self {
        Self {
            text: text.into(),
            ask: Mutex::new(ask),
            held: Mutex::new(None),
        }
    }
}

fn inside<T>(mutex: &mut Mutex<T>) -> &mut T {
    mutex.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner)
}

impl Body for Held {
    type Data = Bytes;
    type Error = Withdrawn;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Withdrawn>>> {
        let this = self.get_mut();
        if this.is_end_stream() {
            return Poll::Ready(None);
        }
        let Some(held) = ready!(inside(&mut this.ask).poll_unpin(context)) else {
            return Poll::Ready(Some(Err(Withdrawn)));
        };
        *inside(&mut this.held) = Some(held);
        Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut this.text)))))
    }

    /// True as soon as all went out, so that the connection drops the body at once, and
    /// with it what is held.
    fn is_end_stream(&self) -> bool {
        self.text.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.text.len() as u64)
    }
}
