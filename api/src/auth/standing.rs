//! Whether a caller who was let in a while ago would be let in now.

use entity::{Timestamp, account, api_key, session};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::{Bounds, Caller, Scopes, secret_until};

/// Whether the caller's key or session is still good, and the key still what it was:
/// one that was changed is asked for anew. For answers that take longer than a
/// revocation may.
///
/// # Errors
/// What the database answers.
pub async fn stands(db: &impl ConnectionTrait, caller: &Caller, now: Timestamp) -> Result<bool, DbErr> {
    let good_until = match (&caller.key, &caller.session) {
        (Some(key), _) => {
            let key = api_key::Entity::find_by_id(key.clone())
                .filter(api_key::Column::RevokedAt.is_null())
                .one(db)
                .await?;
            let key = key.filter(|key| {
                Scopes::from_row(&key.scopes) == caller.scopes && Bounds::of(key) == *caller.bounds
            });
            let secret = caller.secret_hash.as_deref();
            key.zip(secret)
                .and_then(|(key, secret)| secret_until(&key, secret))
        }
        (None, Some(session)) => {
            let session = session::Entity::find_by_id(session.clone())
                .filter(session::Column::EndedAt.is_null())
                .one(db)
                .await?;
            session.map(|session| Some(session.expires_at))
        }
        (None, None) => None,
    };
    let good = good_until.is_some_and(|until| until.is_none_or(|until| now < until));
    if !good {
        return Ok(false);
    }
    let account = account::Entity::find_by_id(caller.account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .one(db)
        .await?;
    Ok(account.is_some_and(|account| caller.suspended || account.suspended_at.is_none()))
}
