//! What is written by hand: how a request is made, sent, repeated and read.
//!
//! A resource's method makes a [`Call`]; nothing is sent until that is awaited. The
//! [`Transport`](transport::Transport) sends its request, decides with `retry` whether to do so
//! again, and hands a [`Reply`](reply::Reply) to the [`Answer`] that the call promises:
//! JSON, a [`Page`], a [`Download`] or an [`EventStream`].

#[macro_use]
mod names;
#[macro_use]
mod call;
mod client;
mod custom;
mod download;
mod error;
mod event_parser;
mod log;
mod page;
mod prepared;
mod reply;
mod request;
mod retry;
mod sse;
mod transport;
mod upload;
mod wait;

pub use call::Call;
pub use client::{Builder, Tintype};
pub use custom::CustomCall;
pub use download::Download;
pub use error::{ApiError, Error, Result};
pub use log::LogEntry;
pub use page::{Items, Page};
pub use prepared::{Api, Prepared};
pub use reply::{Answer, Response};
pub use request::{Multipart, path};
pub use sse::{EventStream, ServerEvent};
pub use upload::Upload;
pub use wait::{Wait, Waitable};
