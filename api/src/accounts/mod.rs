//! Accounts: signing up with a mailed code, signing in, signing out.
//!
//! Nothing here tells a stranger which addresses have an account: answers are
//! alike, a password is hashed in either case, and what is to be told is told by
//! mail. Guessing is slowed down for whoever guesses, not for the owner.

mod address;
pub mod codes;
pub mod emails;
pub mod http;
pub mod password;
mod register;
mod session;
mod sweep;
mod verify;

pub use address::{Address, InvalidAddress};
pub use register::{open, register};
pub use session::{LoginError, log_in, log_out};
pub use sweep::sweep;
pub use verify::{VerifyError, verify};
