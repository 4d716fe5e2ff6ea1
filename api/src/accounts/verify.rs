//! Completes a sign-up with the mailed code, and signs its owner in.

use entity::mailed_code::Purpose;
use entity::{account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select};

use super::codes::{self, CodeInvalid};
use super::registration::Registration;
use super::{Address, agreed, bounces, session as sessions};
use crate::app::App;

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error(transparent)]
    CodeInvalid(#[from] CodeInvalid),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Confirms the address of an attempt, gives the account its password, and opens a
/// session.
///
/// # Errors
/// [`CodeInvalid`], also for an address that is unknown or confirmed already.
pub async fn verify(
    app: &App,
    registration: &str,
    code: &str,
    device: &str,
) -> Result<session::Model, VerifyError> {
    let now = app.now();
    let attempt = Registration::open(&app.secrets, registration, now).ok_or(CodeInvalid)?;
    let (address, purpose) = (&attempt.address, Purpose::VerifyEmail);
    let known = unconfirmed(address).one(app.db.read()).await?;
    let subject = known.as_ref().map_or("", |owner| owner.id.as_str());
    if !codes::is_live(app.db.read(), &app.secrets, purpose, subject, code, now).await? {
        return Err(CodeInvalid.into());
    }
    let tx = app.db.begin().await?;
    // The account before its codes, as in signing up again.
    let owner = unconfirmed(address).lock_exclusive().one(&tx).await?;
    let owner = owner.ok_or(CodeInvalid)?;
    codes::redeem(&tx, &app.secrets, purpose, owner.id.as_str(), code, now).await??;
    account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::value(address.as_str()))
        .col_expr(account::Column::EmailVerifiedAt, Expr::value(Some(now)))
        .col_expr(
            account::Column::PasswordHash,
            Expr::value(&*attempt.password_hash),
        )
        .filter(account::Column::Id.eq(owner.id.clone()))
        .exec(&tx)
        .await?;
    agreed::forget(&tx, &owner.id).await?;
    attempt.agreed.write(&tx, &owner.id, now).await?;
    // Whoever has the code has the mail.
    bounces::lift(&tx, &app.secrets, address.as_str(), now).await?;
    let session = sessions::start(&tx, app, &owner.id, device, now).await?;
    tx.commit().await?;
    Ok(session)
}

fn unconfirmed(address: &Address) -> Select<account::Entity> {
    account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .filter(account::Column::EmailVerifiedAt.is_null())
}
