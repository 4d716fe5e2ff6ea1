//! The vocabulary that slices share on the wire: one error, one body, one page,
//! and the few headers that mean the same everywhere.
//!
//! [`problems`] is the outermost layer. It names each request, turns whatever
//! went wrong inside, ours or the framework's, into one
//! `application/problem+json`, and adds the headers that only it can know.

mod address;
pub mod body;
pub mod by_value;
pub mod client;
pub mod code;
pub mod contract;
pub mod download;
pub mod ending;
pub mod error;
pub mod example;
mod expected;
mod findings;
mod fingerprint;
pub mod idempotency;
pub mod limit;
pub mod limit_body;
pub mod ndjson;
pub mod nullable;
pub mod page;
mod parameters;
pub mod patch;
pub mod prefer;
pub mod problem_page;
pub mod problems;
pub mod refused;
pub mod stream;
mod strict;
pub mod success;
pub mod tags;
mod tried;

pub use body::Body;
pub use by_value::by_value;
pub use download::Download;
pub use ending::{Announced, Ending};
pub use error::{ApiError, Code, FieldError};
pub use fingerprint::Fingerprint;
pub use idempotency::IdempotencyKey;
pub use nullable::Nullable;
pub use page::{Listed, Page, Paging};
pub use patch::Patch;
pub use prefer::Prefer;
pub use stream::EventStream;
pub use success::{Accepted, Begun, Created, Found, NoContent};
pub use tags::Tag;
pub use tried::OrTried;
