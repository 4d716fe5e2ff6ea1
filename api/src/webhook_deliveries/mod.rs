//! Deliveries: what was sent to an account's own programs, wherever it went.
//!
//! An endpoint lists its own. Here are all, those to the addresses that requests
//! bring along too: [`list`] finds them by what they tell of and how they fared,
//! and [`replay`] sends one again to where it went before.

pub mod http;
mod list;
mod replay;
