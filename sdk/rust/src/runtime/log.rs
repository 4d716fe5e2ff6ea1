//! What the client tells about its work, if asked to.

use std::fmt;
use std::time::Duration;

use super::error::Error;

/// One attempt at a request, as it is told to [`Builder::log`](crate::Builder::log).
///
/// It holds no key, no body, no query and no link: it may be written anywhere.
#[derive(Debug)]
#[non_exhaustive]
pub struct LogEntry<'a> {
    /// `POST`
    pub method: &'a str,
    /// `/v1/generations`
    pub path: &'a str,
    /// Counts from 1.
    pub attempt: u32,
    /// Absent if no answer came.
    pub status: Option<u16>,
    /// Names the request in the server's logs.
    pub request_id: Option<&'a str>,
    /// How long the attempt took.
    pub elapsed: Duration,
    /// What went wrong.
    pub error: Option<&'a Error>,
    /// After how long the next attempt follows.
    pub retry_in: Option<Duration>,
}

impl fmt::Display for LogEntry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ", self.method, self.path)?;
        match (self.status, self.error) {
            (Some(status), _) => write!(f, "{status}")?,
            (None, Some(error)) => write!(f, "failed: {error}")?,
            (None, None) => write!(f, "failed")?,
        }
        write!(f, " after {} ms", self.elapsed.as_millis())?;
        if let Some(id) = self.request_id {
            write!(f, " ({id})")?;
        }
        match self.retry_in {
            Some(pause) => write!(f, ", attempt {} in {} ms", self.attempt + 1, pause.as_millis()),
            None => Ok(()),
        }
    }
}
