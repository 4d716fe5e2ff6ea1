//! API keys: what an account's own programs carry.
//!
//! A key is made with a name, scopes and a mode, and its secret is shown once
//! ([`issue`]). It never makes one that may do more, for longer, or spend more than
//! itself: caps are kept by [`spend`], whoever asks and however many at a time.
//! Revoked ([`revoke`]), it is refused by every process within seconds.

pub mod http;
mod issue;
mod revoke;
pub mod spend;
mod view;
mod window;

use entity::api_key;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Select};

pub use issue::{IssueError, Issued, NewKey, issue, issue_for};
pub use revoke::revoke;

use crate::auth::Caller;

/// The keys that a caller may see: those of its account and mode. The account's
/// owner, in a session, sees both modes.
#[must_use]
pub fn visible(caller: &Caller) -> Select<api_key::Entity> {
    match caller.session {
        Some(_) => api_key::Entity::find().filter(api_key::Column::AccountId.eq(caller.account.clone())),
        None => api_key::Entity::of(&caller.account, caller.livemode),
    }
}
