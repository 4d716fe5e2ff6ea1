//! Ends a key, in every process.

use entity::{KeyId, api_key};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::visible;
use crate::app::App;
use crate::auth::{Caller, look_again};

/// Revokes a key that the caller may see; `false` when there is none. One that
/// was revoked before stays as it is.
///
/// # Errors
/// What the database answers.
pub async fn revoke(app: &App, caller: &Caller, id: &KeyId) -> Result<bool, DbErr> {
    let find = || visible(caller).filter(api_key::Column::Id.eq(id.clone()));
    if find().one(app.db.read()).await?.is_none() {
        return Ok(false);
    }
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, Expr::value(Some(app.now())))
        .filter(api_key::Column::Id.eq(id.clone()))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(app.db.write())
        .await?;
    // Read after it was revoked: these are its last secrets.
    if let Some(key) = find().one(app.db.write()).await? {
        look_again(app, &key);
    }
    Ok(true)
}
