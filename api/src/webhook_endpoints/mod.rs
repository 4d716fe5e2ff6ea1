//! Webhooks: addresses of an account's own, and what is sent to them.
//!
//! An event stands in the table `event` from the transaction in which it happened.
//! [`publish`] numbers what is new and writes a delivery for every endpoint that
//! wants it, in one transaction, so that a process that dies loses nothing.
//! Deliveries wait in lanes, one a receiver. [`run`] takes lanes that are due,
//! each under a lease; [`look`] reads a delivery when it is about to go out; [`send`]
//! signs and posts; [`settle`] writes down what came of it, and disables an endpoint
//! that has failed for days.

mod account_secret;
mod change;
mod create;
mod deliveries;
mod direct;
mod disable;
pub mod http;
mod input;
mod lanes;
mod look;
mod open;
mod publish;
mod replay;
mod run;
mod secret;
mod send;
mod settle;
mod sign;
mod sweep;
mod view;
mod wishes;

pub use deliveries::{to_same, write as write_deliveries};
pub use lanes::release_all;
pub use open::stays_open;
pub use replay::{KIND as REPLAY, replay_job};
pub use run::{is_idle, run};
pub use sweep::{erase, sweep};
pub use view::WebhookDelivery;
pub use wishes::{parse as parse_events, write as write_events};
