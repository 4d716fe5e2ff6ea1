//! An answer on its way out, handed over in bites.
//!
//! The protocol asks for the next piece of a body only when the client has
//! taken most of what it has. It would swallow a large piece whole, however,
//! and we could no longer tell a client that is still downloading from one
//! that is idle. So large pieces are cut, and the request stays in flight
//! until the last bite is asked for.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body_util::combinators::BoxBody;
use hyper::body::{Body, Frame, SizeHint};

use super::pulse::Busy;

const BITE: usize = 64 * 1024;

pub(super) struct Answer {
    body: BoxBody<Bytes, io::Error>,
    /// What is left of a piece cut in bites.
    rest: Bytes,
    _busy: Busy,
}

impl Answer {
    pub(super) fn new(body: BoxBody<Bytes, io::Error>, busy: Busy) -> Self {
        Self {
            body,
            rest: Bytes::new(),
            _busy: busy,
        }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                end => return Poll::Ready(end),
            }
        }
        let bite = self.rest.len().min(BITE);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(bite)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, body) = (self.rest.len() as u64, self.body.size_hint());
        let mut hint = SizeHint::new();
        hint.set_lower(body.lower() + rest);
        if let Some(upper) = body.upper() {
            hint.set_upper(upper + rest);
        }
        hint
    }
}
