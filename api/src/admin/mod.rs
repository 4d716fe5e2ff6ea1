//! The operator's people: who they are, what they may do, and what they did.
//!
//! Nothing is shared with the public API but the rows: staff have passwords, codes
//! and tokens of their own, and an API key opens nothing here. [`audit`] writes each
//! read and act down. An answer can only be given for an [`audit::Entry`], which only
//! writing one makes ([`http`]'s `Audited`); what is refused is written down by the
//! layer around all operations. Of content, only what was flagged is ever shown.

mod adjust;
pub mod audit;
mod find;
pub mod http;
mod rows;
mod session;
mod setup;
mod staff;
mod standing;

pub use session::sweep;
pub use staff::{ChangeError, InviteError, disable_by_address, renew_or_invite};
