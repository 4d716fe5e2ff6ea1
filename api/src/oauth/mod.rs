//! Signing in with another provider, and linking one to an account.
//!
//! [`begin`](begin()) sends a browser to the provider, [`come_back`](come_back())
//! takes it back and hands the app a code, and nothing has happened yet: the app
//! exchanges the code to sign in ([`sign_in`](sign_in())) or, signed in already,
//! to link ([`link`](link())). Three secrets bind the steps together: the `state`
//! in the address, a cookie in the browser, and the app's own verifier; what is
//! stolen of one is worth nothing without the others.
//!
//! Somebody is who a provider's own id says, never who a mail address says. An
//! address only decides whether a newcomer has an account already
//! ([`newcomer`]).

mod begin;
mod come_back;
mod flow;
pub mod http;
mod link;
mod linked;
mod newcomer;
mod refusals;
mod sign_in;
mod view;

pub use begin::{BeginError, Begun, Wish, begin, begin_with};
pub use come_back::{ComeBackError, Landing, Returned, come_back};
pub use flow::{LIFE, sweep};
pub use link::{LinkError, Ticket, link, ticket};
pub use linked::{UnlinkError, forget_all, list, unlink};
pub use newcomer::Refused;
pub use sign_in::{SignInError, sign_in};
