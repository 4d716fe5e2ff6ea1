//! Accounts: signing up with a mailed code, signing in, signing out.
//!
//! Nothing here tells a stranger which addresses have an account: answers are
//! alike, a password is hashed in either case, and what is to be told is told by
//! mail. Guessing is slowed down for whoever guesses, not for the owner. An account
//! may ask for a code of an authenticator app besides ([`totp`]).

mod address;
pub mod agreed;
pub mod bounces;
mod by_operator;
mod change_email;
pub mod close;
pub mod codes;
mod complete;
pub mod consents;
pub mod emails;
pub mod http;
pub mod knock;
mod low_balance;
mod news;
pub mod password;
mod policy_change;
mod profile;
pub mod proof;
mod refresh;
mod register;
pub mod registration;
mod reset;
mod session;
mod sweep;
mod text;
pub mod totp;
mod verify;
pub mod view;
pub mod welcome;

pub use address::{Address, InvalidAddress};
pub use agreed::Agreed;
pub use by_operator::open_confirmed;
pub use change_email::EmailError;
pub use close::{CloseError, KIND as CLOSED};
pub use low_balance::mail_low_balance;
pub use news::mail_news;
pub use policy_change::{KIND as POLICY_CHANGE, announce_policy, mail_policy};
pub use refresh::{RefreshError, refresh};
pub use register::open;
pub use reset::{ChangeError, ResetError, change_password, reset_password};
pub use session::{
    LoginError, end as end_session, end_all as end_all_sessions, log_in, reactivate, start as start_session,
    tell_owner,
};
pub use sweep::sweep;
pub use verify::{VerifyError, verify};
