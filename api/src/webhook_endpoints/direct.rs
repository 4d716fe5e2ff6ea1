//! Whoever says where events go could read them there: so they must be allowed to read
//! here what the events are about.

use entity::event::Kind;
use sea_orm::Iterable as _;

use super::create::EndpointError;
use crate::auth::Scopes;
use crate::events::scope_of;

/// Whether somebody with these scopes may have events of these types sent somewhere;
/// none named: all.
///
/// # Errors
/// The first type that they may not read, and the scope that it takes.
pub(super) fn check(kinds: &[Kind], scopes: Scopes) -> Result<(), EndpointError> {
    let kinds = match kinds {
        [] => Kind::iter().collect(),
        some => some.to_vec(),
    };
    for kind in kinds {
        if let Some(scope) = scope_of(kind).filter(|scope| !scopes.contains(*scope)) {
            return Err(EndpointError::Unreadable(kind, scope));
        }
    }
    Ok(())
}
