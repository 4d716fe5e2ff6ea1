//! The Rust client of the Tintype API: AI images, videos, voices and texts behind one API.
//!
//! ```no_run
//! use tintype_client::{Tintype, types::{CreateGeneration, GenerationInput}};
//!
//! #[tokio::main]
//! async fn main() -> tintype_client::Result<()> {
//!     let client = Tintype::new()?; // reads TINTYPE_API_KEY
//!     let input = GenerationInput::new().prompt("a lighthouse at dawn");
//!     let picture = client.generations().create_and_wait(CreateGeneration::new("sandbox-image", input)).await?;
//!     client.files().content(&picture.outputs[0].file_id).save("picture.png").await
//! }
//! ```
//!
//! [`Tintype`] has a method for each resource ([`Tintype::generations`], [`Tintype::files`]…),
//! a resource has one for each operation, and that makes a call: say more about it
//! (`.timeout(…)`, `.limit(…)`), then await it. [`types`] are what goes in and comes out.
//!
//! - **Nothing is done or charged twice.** A call that makes something carries an idempotency
//!   key, kept over its retries; network errors, timeouts, 408, 429 and 5xx are retried twice.
//! - **Lists** are a [`Page`] or, with `.items()`, all items of all pages.
//! - **Waiting** for a generation shows its progress: see [`Wait`].
//! - **Errors** are one [`Error`] with a variant for each family of refusals.
//! - **Newer servers** are no problem: enums have `Other`, unknown fields are ignored.
//! - **Credits** are exact decimal numbers; [`types::Credits`] keeps them as the string that they
//!   are, and times are [`jiff::Timestamp`]s.
//! - **To cancel** a call, drop its future.

mod events;
#[macro_use]
mod runtime;

pub mod resources;
pub mod types;
pub mod webhooks;

pub use runtime::{
    Answer, ApiError, Builder, Call, CustomCall, Download, Error, EventStream, Items, LogEntry, Page,
    Response, Result, ServerEvent, Tintype, Upload, Wait, Waitable, path,
};

pub use reqwest::Method;
pub use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
