//! Events: what happened to what an account owns.
//!
//! A slice records an event in the transaction in which the thing happens, so
//! that neither is there without the other. Ids are made before a commit, so
//! they don't say in which order events became visible; [`number`] puts those that
//! are visible into one order, in which they are pulled and sent.

mod erase;
pub mod http;
mod list;
mod payload;
mod record;
mod scope;
mod sequence;
mod sweep;
mod view;

pub use entity::event::Kind;
pub use erase::erase;
pub use payload::{body, complete, files_of, say};
pub use record::{NewEvent, record, record_to};
pub use scope::scope_of;
pub use sequence::{number, unnumbered, waits};
pub use sweep::{KEPT, sweep};
