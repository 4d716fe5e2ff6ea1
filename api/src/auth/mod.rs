//! Who is calling, and what they may do.
//!
//! A caller shows an API key ([`secret`]) or a session's access token
//! ([`token`]). [`Gate`] looks either up, by way of a cache that hears of
//! revocations ([`cache`]), and keeps the counts of requests and refusals. A key may
//! be bound further ([`bounds`]): to models, networks, limits of its own.
//! [`allow`] is what operations take as their first parameter: the permission
//! stands in the type; [`again`] asks it once more of what is answered late. [`totp`] and [`recovery`] are second factors, for whoever has
//! one.

mod again;
pub mod allow;
pub mod attempts;
mod bounds;
mod cache;
mod demand;
pub mod device;
pub mod fresh;
mod gate;
mod networks;
mod pending;
pub mod recovery;
pub mod scope;
pub mod secret;
pub mod spelled;
pub mod token;
pub mod totp;

use std::sync::Arc;

use entity::{AccountId, KeyId, SessionId};

pub use again::asked_again;
pub use allow::{Allow, AllowAnyone, Device, Visitor};
pub use bounds::{Bounds, secret_until};
pub use cache::{keys_of, look_again};
pub use demand::suspended;
pub use fresh::{is_fresh, require_fresh, step_up_required};
pub use gate::Gate;
pub use networks::Networks;
pub use pending::{Requirement, pending};
pub use scope::{
    AnyScope, CreditsRead, CreditsWrite, DataRightsRead, DataRightsWrite, FilesRead, FilesWrite,
    GenerationsRead, GenerationsWrite, KeysRead, KeysWrite, Permission, PurchasesRead, PurchasesWrite, Scope,
    Scopes, Unfinished, UsageRead, UsageWrite, WebhooksRead, WebhooksWrite,
};

/// Who is calling: a key, or a session of the account's owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub account: AccountId,
    /// A key's own mode. A session is in live mode, in the sandbox in test mode.
    pub livemode: bool,
    pub key: Option<KeyId>,
    pub session: Option<SessionId>,
    pub scopes: Scopes,
    /// By the operator: it may ask for its data, and nothing else.
    pub suspended: bool,
    /// What the owner owes before the account may act.
    pub pending: Vec<Requirement>,
    /// What bounds the key besides.
    pub bounds: Arc<Bounds>,
    /// The hash of the key's secret that was shown: it may have two.
    pub secret_hash: Option<Arc<str>>,
}

impl Caller {
    /// The id of the key or session: what limits are counted by.
    #[must_use]
    pub fn credential(&self) -> &str {
        let key = self.key.as_ref().map(KeyId::as_str);
        let session = self.session.as_ref().map(SessionId::as_str);
        key.or(session).unwrap_or_default()
    }

    /// The beginning of a cursor's scope: this list, of this account, in this mode.
    #[must_use]
    pub fn list(&self, operation: &str) -> String {
        let mode = if self.livemode { "live" } else { "test" };
        format!("{operation}\n{}\n{mode}", self.account)
    }
}
