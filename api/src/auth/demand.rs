//! What an operation demands of a caller who is known: asked at the door, and again
//! when the answer is written.

use std::net::IpAddr;

use super::scope::{Permission, Scope};
use super::{Caller, Requirement};
use crate::http::{ApiError, Code};

#[derive(Debug, Clone, Copy)]
pub(super) struct Demand {
    scope: Option<Scope>,
    unfinished: bool,
}

impl Demand {
    pub const fn of<P: Permission>() -> Self {
        Self {
            scope: P::SCOPE,
            unfinished: P::UNFINISHED,
        }
    }

    /// Whether the caller may be answered.
    pub fn check(self, caller: &Caller) -> Result<(), ApiError> {
        // Nobody loses the right to their own data.
        let about_data = matches!(self.scope, Some(Scope::DataRightsRead | Scope::DataRightsWrite));
        if caller.suspended && !about_data {
            return Err(suspended());
        }
        if !self.unfinished && !caller.pending.is_empty() {
            return Err(incomplete(&caller.pending));
        }
        match self.scope.filter(|scope| !caller.scopes.contains(*scope)) {
            Some(scope) => Err(insufficient_scope(scope)),
            None => Ok(()),
        }
    }
}

/// Whether the caller's key may be used from this address.
pub(super) fn check_address(caller: &Caller, address: IpAddr) -> Result<(), ApiError> {
    let networks = caller.bounds.networks.as_ref();
    match networks.is_none_or(|networks| networks.contains(address)) {
        true => Ok(()),
        false => Err(address_not_allowed(address)),
    }
}

/// What the caller of a suspended account is told.
#[must_use]
pub fn suspended() -> ApiError {
    ApiError::new(
        Code::AccountSuspended,
        "The operator has suspended this account. Ask them why; requests about your own data are still answered.",
    )
}

fn address_not_allowed(address: IpAddr) -> ApiError {
    let detail =
        format!("This key may not be used from {address}. Call from one of the networks in its `ip_allow`.");
    ApiError::new(Code::AddressNotAllowed, detail).with("address", address.to_string())
}

fn insufficient_scope(scope: Scope) -> ApiError {
    let detail = format!(
        "This needs the scope `{}`, which these credentials lack.",
        scope.name()
    );
    ApiError::new(Code::InsufficientScope, detail).with("required", scope.name())
}

fn incomplete(pending: &[Requirement]) -> ApiError {
    let missing: Vec<&str> = pending.iter().map(|requirement| requirement.name()).collect();
    let detail = format!(
        "The sign-up is not complete: {} is missing. Ask its owner, and send the answer to `account.agree`.",
        missing.join(" and ")
    );
    ApiError::new(Code::SignUpIncomplete, detail).with("pending", missing)
}
