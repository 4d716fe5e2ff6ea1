//! What an event says is shown to whoever may read what it is about.

use serde_json::{Map, Value};

use super::Kind;
use crate::auth::Scope;

/// The scope that reads what events of a kind are about; `None`: whoever may read events
/// may read all that these say.
#[must_use]
pub const fn scope_of(kind: Kind) -> Option<Scope> {
    match kind {
        Kind::GenerationStarted
        | Kind::GenerationSucceeded
        | Kind::GenerationFailed
        | Kind::GenerationCanceled
        | Kind::GenerationExpired
        | Kind::BatchEnded => Some(Scope::GenerationsRead),
        Kind::KeyCapReached | Kind::KeyLeaked => Some(Scope::KeysRead),
        Kind::PurchasePaid
        | Kind::PurchaseRefunded
        | Kind::PurchaseDisputed
        | Kind::PurchaseDisputeWon
        | Kind::PurchaseDisputeLost => Some(Scope::PurchasesRead),
        Kind::WebhookEndpointDisabled | Kind::WebhookEndpointTest => None,
    }
}

/// What others are shown of it: what it is about, and how that stood.
pub(super) fn reduce(data: &mut Map<String, Value>) {
    data.retain(|member, _| ["id", "status"].contains(&member.as_str()));
}
