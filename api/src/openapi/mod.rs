//! From what poem-openapi prints to the document we publish.
//!
//! poem-openapi describes our handlers truthfully but in OpenAPI 3.0 with
//! extensions of its own: numbers as floats, `nullable`, wrapped unions, upper-case
//! headers, every error on every operation. [`finish`] turns that into clean 3.1,
//! adds what handlers cannot say (examples, shared headers and errors) and puts
//! it all in one fixed order, so that `openapi.yaml` changes only when the
//! contract does. [`to_yaml`] writes it in a form that old and new parsers read alike,
//! and [`docs::page`] shows it to people.
//!
//! Nothing here knows an operation of ours but three small tables:
//! `finish/prune.rs` (errors beyond what an operation's shape tells),
//! `finish/problems.rs` (what an error looks like) and `finish/words.rs` (values
//! for examples, the meaning of enum values).

pub mod docs;
mod finish;
mod yaml;

pub use finish::finish;
pub use yaml::to_yaml;
