//! Estimates: what up to a hundred generations would cost, with every reason for
//! which one would be refused. An estimate locks the prices for 15 minutes.
//!
//! [`estimate`] asks what creating would ask, and writes down what was answered
//! with the versions of the prices; `generations` reads those back.

mod estimate;
pub mod http;
mod sweep;
mod view;

pub use sweep::sweep;
