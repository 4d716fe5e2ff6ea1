//! Waiting for the end of what was asked for.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::error::{Error, Result};
use super::prepared::{Api, Prepared};
use super::reply::Response;

/// For how long the server is asked to wait; it does so for 60 seconds at most.
const LONG: Duration = Duration::from_secs(30);
/// The same while somebody watches the progress.
const SHORT: Duration = Duration::from_secs(1);
/// Between two looks, if the server did not wait although it was asked to.
const SHORTEST: Duration = Duration::from_millis(500);

/// Something that is made in the background and ends.
pub trait Waitable: DeserializeOwned + Send + 'static {
    /// Whether it has ended, well or badly.
    fn has_ended(&self) -> bool;
}

type OnProgress<T> = Box<dyn FnMut(&T) + Send>;

/// Waits until something has ended, well or badly: look at its status, or ask whether it
/// `succeeded()`. Await it to begin; drop the future to stop waiting, which cancels nothing
/// on the server.
#[must_use = "nothing is sent until this is awaited"]
pub struct Wait<T> {
    first: Prepared,
    again: fn(&Api, &T) -> Prepared,
    timeout: Option<Duration>,
    on_progress: Option<OnProgress<T>>,
}

impl<T: Waitable> Wait<T> {
    pub(crate) fn new(first: Prepared, again: fn(&Api, &T) -> Prepared) -> Self {
        Self {
            first,
            again,
            timeout: None,
            on_progress: None,
        }
    }

    /// Is shown what is awaited, about every second.
    pub fn on_progress(mut self, on_progress: impl FnMut(&T) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(on_progress));
        self
    }

    /// How long to wait in all, before this ends with [`Error::Timeout`]. Without it, the wait
    /// ends when the deadline of what is awaited has passed, at the latest.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Makes what is made with this key once, however often it is asked for.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.first
            .edit(|request| request.idempotency_key = Some(key.into()));
        self
    }

    /// Begins to wait, for the end together with its status, headers and request id.
    pub async fn with_response(self) -> Result<Response<T>> {
        let began = Instant::now();
        let patience = if self.on_progress.is_some() { SHORT } else { LONG };
        let mut on_progress = self.on_progress.unwrap_or_else(|| Box::new(|_| {}));
        let mut next = self.first;
        loop {
            let left = match self.timeout {
                Some(timeout) => match timeout.checked_sub(began.elapsed()) {
                    Some(left) if !left.is_zero() => left,
                    _ => return Err(Error::Timeout(timeout)),
                },
                None => Duration::MAX,
            };
            // Whole seconds: less than one is no wait.
            next.edit(|request| request.wait = Some(patience.min(left)).filter(|wait| wait.as_secs() > 0));
            let (api, asked) = (next.api(), Instant::now());
            let answer = match tokio::time::timeout(left, next.send::<T>()).await {
                Ok(answer) => answer?,
                Err(_) => return Err(Error::Timeout(self.timeout.unwrap_or_default())),
            };
            on_progress(&answer);
            if answer.has_ended() {
                return Ok(answer);
            }
            let rest = SHORTEST.saturating_sub(asked.elapsed());
            tokio::time::sleep(rest.min(left)).await;
            next = (self.again)(&api, &answer);
        }
    }
}

impl<T: Waitable> IntoFuture for Wait<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async { Ok(self.with_response().await?.data) })
    }
}

impl<T> fmt::Debug for Wait<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}
