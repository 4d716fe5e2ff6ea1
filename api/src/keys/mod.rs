//! API keys: what an account's own programs carry.
//!
//! A key is made with a name, scopes and a mode, and its secret is shown once
//! ([`issue`]). It can be changed ([`change`]) and given another secret ([`rotate`]).
//! It never makes one that may do more, for longer, or spend more than itself, nor
//! makes another so ([`within`]); caps are kept by [`spend`], whoever asks and however
//! many at a time. Revoked ([`revoke`]), by its owner or since its secret was found in
//! public ([`report`]), it is refused by every process within seconds, and so are the keys
//! that it made, if its owner wants that or it leaked.

mod change;
mod error;
pub mod http;
mod input;
mod issue;
mod report;
mod revoke;
mod rotate;
pub mod spend;
mod view;
mod window;
mod within;

use entity::api_key;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, Select};

pub use change::{BoundsChange, Change, change};
pub use error::KeyError;
pub use issue::{Issued, NewKey, issue, issue_for};
pub use report::{Leak, report};
pub use revoke::{Revoked, revoke};
pub use rotate::rotate;

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
