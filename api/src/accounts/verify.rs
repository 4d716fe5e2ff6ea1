//! Confirms an address with its mailed code, and signs its owner in.

use entity::mailed_code::Purpose;
use entity::{account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::codes::{self, CodeInvalid};
use super::{Address, bounces, session as sessions};
use crate::app::App;

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    CodeInvalid(#[from] CodeInvalid),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Confirms an address and opens a session.
///
/// # Errors
/// [`CodeInvalid`], also for an address that is unknown or confirmed already.
pub async fn verify(
    app: &App,
    address: &Address,
    code: &str,
    device: &str,
) -> Result<session::Model, VerifyError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let owner = account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .filter(account::Column::EmailVerifiedAt.is_null())
        // The account before its codes, as in signing up again.
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(CodeInvalid)?;
    let subject = owner.id.as_str();
    let redeemed = codes::redeem(&tx, &app.secrets, Purpose::VerifyEmail, subject, code, now).await?;
    if let Err(invalid) = redeemed {
        // The try that it cost is kept.
        tx.commit().await?;
        return Err(invalid.into());
    }
    account::Entity::update_many()
        .col_expr(account::Column::EmailVerifiedAt, Expr::value(Some(now)))
        .filter(account::Column::Id.eq(owner.id.clone()))
        .exec(&tx)
        .await?;
    // Whoever has the code has the mail.
    bounces::lift(&tx, &app.secrets, address.as_str(), now).await?;
    let session = sessions::start(&tx, app, &owner.id, device, now).await?;
    tx.commit().await?;
    Ok(session)
}
