//! Hearing a client out when its request is already answered.
//!
//! A refusal (too large, not allowed, not found) is often ready before the
//! body has arrived. Closing the socket then makes the system reset it (and
//! HTTP/2 resets the stream); many clients, still sending, report the reset
//! and never see the answer. So
//! a request body dropped before its end is read on and thrown away, a frame
//! at a time, while the answer goes out; and if the client does come to an end
//! the connection can even be used again.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body_util::BodyExt;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use poem::http::{header::EXPECT, request::Parts};
use tokio::{runtime::Handle, time::timeout};

use super::pulse::Busy;

/// How long, and for how much, we listen to what nobody will read.
const LONGEST: Duration = Duration::from_secs(10);
const LARGEST: usize = 512 * 1024 * 1024;

/// Makes a body that is heard out if it is dropped before its end.
pub(super) fn until_read(parts: &Parts, body: Incoming, busy: Busy) -> poem::Body {
    if body.is_end_stream() {
        return poem::Body::empty();
    }
    // A client that waits for our leave has nothing to be heard out on.
    let sending = !parts.headers.contains_key(EXPECT);
    poem::Body::from(
        Lingering {
            body: Some(body),
            sending,
            busy,
        }
        .boxed(),
    )
}

struct Lingering {
    /// None once it came to its end.
    body: Option<Incoming>,
    sending: bool,
    busy: Busy,
}

impl Body for Lingering {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        // Asking for the first frame gives the waiting client leave to send.
        self.sending = true;
        let Some(body) = &mut self.body else {
            return Poll::Ready(None);
        };
        let frame = Pin::new(body).poll_frame(context);
        if !matches!(frame, Poll::Pending | Poll::Ready(Some(Ok(_)))) {
            self.body = None;
        }
        frame.map_err(io::Error::other)
    }

    fn is_end_stream(&self) -> bool {
        self.body.as_ref().is_none_or(Body::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.body
            .as_ref()
            .map_or(SizeHint::with_exact(0), Body::size_hint)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if self.is_end_stream() || !self.sending {
            return;
        }
        if let (Some(body), Ok(runtime)) = (self.body.take(), Handle::try_current()) {
            runtime.spawn(hear_out(body, self.busy.clone()));
        }
    }
}

async fn hear_out(mut body: Incoming, busy: Busy) {
    let discard = async {
        let mut heard = 0;
        while heard < LARGEST
            && let Some(Ok(frame)) = body.frame().await
        {
            heard += frame.data_ref().map_or(0, Bytes::len);
        }
    };
    // Coming to the end or giving up: either way there is nothing left to do.
    let _ = timeout(LONGEST, discard).await;
    drop(busy);
}
