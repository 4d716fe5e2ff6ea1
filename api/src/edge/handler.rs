//! A handler that finishes what it began.
//!
//! When a client resets its connection or its stream, hyper drops the future
//! that was to answer it, between any two steps. A handler dropped like that
//! moves to a task of its own and goes on from where it stood. Only then: as
//! long as somebody waits, it runs where it is, which spares every ordinary
//! request a task and a change of thread.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    task::{Context, Poll},
};

use poem::{Response, http::StatusCode};
use tokio::runtime::Handle;

pub(super) struct Handler {
    /// None once it has answered.
    work: Option<Pin<Box<dyn Future<Output = Response> + Send>>>,
}

impl Handler {
    pub(super) fn new(work: impl Future<Output = Response> + Send + 'static) -> Self {
        Self {
            work: Some(Box::pin(work)),
        }
    }
}

impl Future for Handler {
    type Output = Response;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Response> {
        let Some(work) = &mut self.work else {
            return Poll::Pending;
        };
        // A future that panicked is never polled again, so nobody sees the
        // state it was left in.
        let polled = catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        let answer = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(response)) => response,
            Err(_) => {
                // The panic hook has told where; here it only must not stay unanswered.
                tracing::error!("a handler panicked outside every layer that catches panics");
                StatusCode::INTERNAL_SERVER_ERROR.into()
            }
        };
        self.work = None;
        Poll::Ready(answer)
    }
}

impl Drop for Handler {
    fn drop(&mut self) {
        if let (Some(work), Ok(runtime)) = (self.work.take(), Handle::try_current()) {
            runtime.spawn(work);
        }
    }
}
