//! Usage: what was made, by day, model, key and end user.
//!
//! Sums are written down as generations end ([`count`]), in the transaction in
//! which they end, so that a report ([`report`]) reads a few rows however many
//! generations there are. There are two tables: one without end users, which stays
//! small, and one with them.

pub mod count;
mod days;
pub mod http;
pub mod report;
