//! Credits: balances, lots that expire, and the append-only ledger.
//!
//! [`Books`] is the only writer of wallets, lots, holds and entries. It locks the
//! wallets concerned, takes any number of movements, and writes them at once; so
//! one transaction can admit or settle many generations in a few statements.

mod books;
mod close;
mod expire;
mod freeze;
mod grants;
mod holds;
pub mod http;
mod lots;
mod low;
mod wallets;

pub use books::{Books, Owner};
pub use expire::expire_due;
pub use grants::NewLot;
pub use holds::{InsufficientCredits, OpenHold};
pub use low::KIND as LOW;
pub use wallets::{available, open_wallets, watch, welcome};
