//! Accounts that the operator makes: on the command line, and the demo's.

use entity::{AccountId, account};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::register::open;
use super::{Address, Agreed};
use crate::app::App;

/// Makes an account whose address counts as confirmed, since the operator says whose
/// it is. It has no password: its owner sets one with a mailed code, as after
/// forgetting one. `None` when the address has an account.
///
/// # Errors
/// What the database answers.
pub async fn open_confirmed(
    app: &App,
    address: &Address,
    agreed: &Agreed,
) -> Result<Option<AccountId>, DbErr> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let opened = open(&tx, app, address, None, agreed, now).await?;
    if let Some(id) = &opened {
        account::Entity::update_many()
            .col_expr(account::Column::EmailVerifiedAt, Expr::value(now))
            .filter(account::Column::Id.eq(id.clone()))
            .exec(&tx)
            .await?;
    }
    tx.commit().await?;
    Ok(opened)
}
