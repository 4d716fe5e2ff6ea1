//! Batches: up to a thousand generations, asked for with one request, held for
//! with one hold, counted as they end.
//!
//! [`create`] checks all and admits all or none. The batch's row counts what ends,
//! in the transactions in which it ends. [`cancel`] stops the rest, a few at a time.
//! [`results`] are read in the order of the request.

pub mod cancel;
pub mod create;
mod example;
pub mod http;
mod input;
mod refusals;
mod results;
mod view;
mod webhook;

pub use cancel::{KIND as CANCEL, cancel_job};
