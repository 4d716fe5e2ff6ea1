//! What people read: the reference, the guides, and the same for machines.
//!
//! [`Library::of`] writes all of it once, from the finished OpenAPI document and
//! the guides in `api/guides`. Pages need no script and load nothing from
//! elsewhere. `/reference` shows every operation with its fields, answers and
//! samples; `/guides/{name}` tells how to go about things; `/llms.txt` leads a
//! language model to the same texts as Markdown.

mod chapters;
mod fields;
mod guides;
mod library;
mod markdown;

pub use library::Library;

/// What the pages need and no more: a style of their own.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
