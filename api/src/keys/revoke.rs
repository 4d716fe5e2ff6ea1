//! Ends a key, in every process.

use entity::{KeyId, api_key};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::visible;
use crate::app::App;
use crate::auth::Caller;
use crate::signals::Signal;

/// Revokes a key that the caller may see; `false` when there is none. One that
/// was revoked before stays as it is.
///
/// # Errors
/// What the database answers.
pub async fn revoke(app: &App, caller: &Caller, id: &KeyId) -> Result<bool, DbErr> {
    let key = visible(caller)
        .filter(api_key::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await?;
    let Some(key) = key else { return Ok(false) };
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(Some(app.now())))
        .filter(api_key::Column::Id.eq(key.id))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(app.db.write())
        .await?;
    app.signals.tell(Signal::Revoked(key.secret_hash));
    Ok(true)
}
