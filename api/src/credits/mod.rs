//! Credits: balances, lots that expire, and the append-only ledger.
//!
//! [`Books`] is the only writer of wallets, lots, holds and entries. It locks the
//! wallets concerned, takes any number of movements, and writes them at once; so
//! one transaction can admit or settle many generations in a few statements.

mod books;
mod expire;
pub mod http;
mod lots;
mod wallets;

pub use books::{Books, InsufficientCredits, NewLot, OpenHold, Owner};
pub use expire::expire_due;
pub use wallets::open_wallets;
