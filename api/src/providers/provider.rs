//! What a provider must be able to do, and what it can answer.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use entity::generation::Kind;
use futures_util::future::BoxFuture;
use serde_json::{Map, Value};
use tokio::sync::{Notify, OwnedSemaphorePermit, watch};
use tokio_util::sync::CancellationToken;

/// What is asked of a provider.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where it may tell us that something happened, and how we know it then.
    pub callback: Callback,
    /// What passes between it and us while it works.
    pub line: Arc<Line>,
    /// Our name for this one try. It was committed before this call.
    pub reference: String,
    pub kind: Kind,
    /// The provider's own name of the model.
    pub model: String,
    /// Validated against the model's schema.
    pub input: Map<String, Value>,
}

/// An address for one try, and the secret that must come with it.
#[derive(Debug, Clone, Default)]
pub struct Callback {
    pub url: String,
    pub secret: String,
}

#[derive(Debug, Default)]
pub struct Line {
    /// Something may have happened: look now.
    pub nudge: Notify,
    /// The provider's own name for what it took on.
    pub accepted: watch::Sender<Option<String>>,
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
    /// Its share of the memory that large answers may take, until it is dropped.
    pub weight: Option<Arc<OwnedSemaphorePermit>>,
}

/// Why nothing was made. None of these is ever charged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("the provider refused the request: {0}")]
    Refused(String),
    #[error("the provider failed: {0}")]
    Failed(String),
    /// The provider makes it no more.
    #[error("the provider has retired the model: {0}")]
    Gone(String),
    /// Nothing ran; it may be tried again.
    #[error("the provider is not available: {0}")]
    Unavailable(String),
    /// Nothing ran; the provider takes nothing for a while.
    #[error("the provider takes nothing for now: {message}")]
    Limited {
        message: String,
        wait: Option<Duration>,
        /// A quota is used up, for today at least.
        exhausted: bool,
    },
    /// It may have run: look it up before anything else.
    #[error("the provider's answer was lost: {0}")]
    Unknown(String),
    #[error("the request was canceled")]
    Canceled,
}

pub type Outcome = Result<Made, Failure>;

/// What a provider knows of an earlier try whose outcome we never learnt.
#[derive(Debug)]
pub enum LookUp {
    /// It never arrived: it may be sent again.
    NeverRan,
    /// It is at work: follow it.
    Running,
    Ended(Outcome),
    /// It can't tell. Nothing is sent again and nothing charged.
    Unknown(String),
}

pub trait Provider: Send + Sync {
    fn name(&self) -> &str;

    /// Makes what is asked. `cancel` asks it to stop; it then answers
    /// [`Failure::Canceled`], or what it had made already.
    fn run<'a>(&'a self, request: &'a Request, cancel: &'a CancellationToken) -> BoxFuture<'a, Outcome>;

    /// Asks what became of an earlier try.
    fn look_up<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, LookUp>;

    /// Waits for what is at work there already.
    fn follow<'a>(&'a self, _request: &'a Request, _cancel: &'a CancellationToken) -> BoxFuture<'a, Outcome> {
        let lost = Failure::Unknown("it can't be followed".to_owned());
        Box::pin(std::future::ready(Err(lost)))
    }
}
