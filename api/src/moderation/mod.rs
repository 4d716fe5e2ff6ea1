//! Moderation: what is asked for is looked at before it is admitted.
//!
//! The operator's [`blocklist`] is asked first, then, where one is configured, a
//! provider's moderation endpoint ([`screen`]). What either objects to is refused,
//! or admitted and marked, as the operator chose; what a provider itself refuses
//! ends as a failure that costs nothing. All of it waits in one queue for a person
//! to look at ([`review`]); nothing else does.

mod blocklist;
mod normal;
pub mod review;
mod screen;

pub use screen::{Flag, Moderation, ModerationError, ScreenError, text_of};
