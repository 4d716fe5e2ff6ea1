//! Everything that can go wrong, by what a program can do about it.

use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::reply::request_id;
use super::retry::retry_after;
use crate::types::{ErrorCode, FieldError};
use crate::webhooks::WebhookError;

/// A result with this crate's [`Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a call can end with instead of its answer.
///
/// The variants that hold an [`ApiError`] are refusals by the server, one variant for each
/// family of statuses; [`Error::api`] gives the details whichever it is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// 400, 405, 413, 415, 416: the request is not one that the server understands.
    #[error("{0}")]
    BadRequest(Box<ApiError>),
    /// 401: the key is missing, wrong or revoked.
    #[error("{0}")]
    Authentication(Box<ApiError>),
    /// 402: not enough credits, or a spending cap is reached.
    #[error("{0}")]
    InsufficientCredits(Box<ApiError>),
    /// 403: the key lacks the scope.
    #[error("{0}")]
    PermissionDenied(Box<ApiError>),
    /// 404: there is no such resource, or it is not yours.
    #[error("{0}")]
    NotFound(Box<ApiError>),
    /// 409: in conflict with the state of the resource.
    #[error("{0}")]
    Conflict(Box<ApiError>),
    /// 410: it existed and is gone.
    #[error("{0}")]
    Gone(Box<ApiError>),
    /// 422: well-formed, but refused by a rule.
    #[error("{0}")]
    Unprocessable(Box<ApiError>),
    /// 429: too many requests, also after the retries.
    #[error("{0}")]
    RateLimited(Box<ApiError>),
    /// 500 and above: the server failed, also in the retries.
    #[error("{0}")]
    Server(Box<ApiError>),
    /// Any other status.
    #[error("{0}")]
    Status(Box<ApiError>),
    /// The server could not be reached, or the connection was lost.
    #[error("no connection to the server: {}", innermost(.0))]
    Connection(#[source] reqwest::Error),
    /// The answer did not come in time.
    #[error("no answer within {} seconds", .0.as_secs_f64())]
    Timeout(Duration),
    /// The answer is not what this version of the client expects.
    #[error("the answer cannot be read: {source}{}", in_request(request_id.as_deref()))]
    Decode {
        /// What does not fit.
        #[source]
        source: serde_json::Error,
        /// Names the request in the server's logs.
        request_id: Option<String>,
    },
    /// A webhook is refused: it does not come from your server, or not now.
    #[error("the webhook is refused: {0}")]
    Webhook(#[from] WebhookError),
    /// A file could not be read or written.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The client or the call was set up wrongly; nothing was sent.
    #[error("{0}")]
    Configuration(String),
}

/// A refusal by the server: an RFC 9457 problem.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status.
    pub status: u16,
    /// What happened, as a stable word; absent if the answer came from something in between.
    pub code: Option<ErrorCode>,
    /// What happened, in words that never change.
    pub title: String,
    /// What happened this time, and what to do about it.
    pub detail: String,
    /// Names the request in the server's logs: tell it when you ask for help.
    pub request_id: Option<String>,
    /// What is wrong with the request, one by one.
    pub errors: Vec<FieldError>,
    /// After how long to try again, if the server says so.
    pub retry_after: Option<Duration>,
    /// What else the problem says, by the code: `required`, `available`, `replaced_by`…
    pub context: Map<String, Value>,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.status)?;
        if let Some(code) = &self.code {
            write!(f, " {code}")?;
        }
        let said = if self.detail.is_empty() {
            &self.title
        } else {
            &self.detail
        };
        if !said.is_empty() {
            write!(f, ": {said}")?;
        }
        for error in self.errors.iter().filter(|error| error.detail != self.detail) {
            let place = error.pointer.as_deref().or(error.parameter.as_deref());
            if let Some(place) = place {
                write!(f, " {place}: {}", error.detail)?;
            }
        }
        write!(f, "{}", in_request(self.request_id.as_deref()))
    }
}

impl std::error::Error for ApiError {}

fn in_request(id: Option<&str>) -> String {
    id.map(|id| format!(" (request {id})")).unwrap_or_default()
}

/// A member of a problem, if it is what it should be.
fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The last of the causes says most: "connection refused".
fn innermost(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}

impl Error {
    pub(crate) fn configuration(what: impl Into<String>) -> Self {
        Self::Configuration(what.into())
    }

    /// Reads a refusal; whatever came, something sensible is said.
    pub(crate) fn refused(status: u16, headers: &HeaderMap, body: &[u8]) -> Self {
        let mut problem: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
        let mut take = |name: &str| problem.shift_remove(name).unwrap_or_default();
        for known in ["type", "status", "instance"] {
            take(known);
        }
        let error = Box::new(ApiError {
            status,
            code: read(take("code")),
            title: read(take("title")).unwrap_or_default(),
            detail: read(take("detail")).unwrap_or_default(),
            request_id: read(take("request_id")).or_else(|| request_id(headers)),
            errors: read(take("errors")).unwrap_or_default(),
            retry_after: retry_after(headers, jiff::Timestamp::now()),
            context: problem,
        });
        match status {
            400 | 405 | 413 | 415 | 416 => Self::BadRequest(error),
            401 => Self::Authentication(error),
            402 => Self::InsufficientCredits(error),
            403 => Self::PermissionDenied(error),
            404 => Self::NotFound(error),
            409 => Self::Conflict(error),
            410 => Self::Gone(error),
            422 => Self::Unprocessable(error),
            429 => Self::RateLimited(error),
            500.. => Self::Server(error),
            _ => Self::Status(error),
        }
    }

    /// The server's refusal, if this is one.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Self::BadRequest(error)
            | Self::Authentication(error)
            | Self::InsufficientCredits(error)
            | Self::PermissionDenied(error)
            | Self::NotFound(error)
            | Self::Conflict(error)
            | Self::Gone(error)
            | Self::Unprocessable(error)
            | Self::RateLimited(error)
            | Self::Server(error)
            | Self::Status(error) => Some(error),
            Self::Connection(_)
            | Self::Timeout(_)
            | Self::Decode { .. }
            | Self::Webhook(_)
            | Self::Io(_)
            | Self::Configuration(_) => None,
        }
    }

    /// The HTTP status of a refusal.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.api().map(|error| error.status)
    }

    /// The stable word for what happened.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.api()?.code.as_ref()
    }

    /// Names the request in the server's logs: tell it when you ask for help.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Decode { request_id, .. } => request_id.as_deref(),
            _ => self.api()?.request_id.as_deref(),
        }
    }
}
