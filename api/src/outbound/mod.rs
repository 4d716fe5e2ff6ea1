//! The one HTTP client for addresses that strangers give us.
//!
//! [`address`] says which addresses are on the public internet; [`names`] resolves
//! names and drops every other address, so that what was checked is what is
//! connected to, however often a name changes its mind; [`client`] refuses the
//! rest: literal addresses, credentials, odd ports, redirects, proxies.
//! [`send`] posts a body and reads a bounded answer; [`held`] lets the body out when the
//! connection stands.

pub mod address;
mod client;
mod held;
mod names;
mod send;
#[cfg(test)]
mod tests;

pub use client::{Client, Refused, parse};
pub use send::{Answer, Failure, Message};
