//! What comes back of mails: bounces that a relay announces, and whoever ends news
//! with one click.

mod announced;
pub mod http;

pub use announced::{AnnouncedError, take};
