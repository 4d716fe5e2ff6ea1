//! What a provider must be able to do, and what it can answer.

use bytes::Bytes;
use entity::generation::Kind;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

/// What is asked of a provider.
#[derive(Debug, Clone)]
pub struct Request {
    /// Our name for this one try. It was committed before this call.
    pub reference: String,
    pub kind: Kind,
    /// The provider's own name of the model.
    pub model: String,
    /// Validated against the model's schema.
    pub input: Map<String, Value>,
}

/// A file that was made.
#[derive(Debug, Clone)]
pub struct Media {
    pub bytes: Bytes,
    pub content_type: &'static str,
    pub extension: &'static str,
    pub width: Option<u32>,
    pub height: Option<u32>,
    pub milliseconds: Option<u64>,
}

/// What was made: files, or text. `units` is what there is to pay for, in the
/// unit of the model's price; it may be less than was asked.
#[derive(Debug, Clone, Default)]
pub struct Made {
    pub media: Vec<Media>,
    pub text: Option<String>,
    pub units: Option<u64>,
}

/// Why nothing was made. None of these is ever charged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("the provider refused the request: {0}")]
    Refused(String),
    #[error("the provider failed: {0}")]
    Failed(String),
    /// Nothing ran; it may be tried again.
    #[error("the provider is not available: {0}")]
    Unavailable(String),
    #[error("the request was canceled")]
    Canceled,
}

pub type Outcome = Result<Made, Failure>;

/// What a provider knows of an earlier try whose outcome we never learnt.
#[derive(Debug)]
pub enum LookUp {
    /// It never arrived: it may be sent again.
    NeverRan,
    Ended(Outcome),
    /// It can't tell. Nothing is sent again and nothing charged.
    Unknown,
}

pub trait Provider: Send + Sync {
    fn name(&self) -> &'static str;

    /// Makes what is asked. `cancel` asks it to stop; it then answers
    /// [`Failure::Canceled`], or what it had made already.
    fn run<'a>(&'a self, request: &'a Request, cancel: &'a CancellationToken) -> BoxFuture<'a, Outcome>;

    /// Asks what became of an earlier try.
    fn look_up<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, LookUp>;
}
