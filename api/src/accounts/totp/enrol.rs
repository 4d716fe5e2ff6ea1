//! Turns the second factor on: a secret, and then a code that shows that it
//! arrived.

use std::time::Duration;

use entity::{AccountId, Timestamp, account, totp};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::{open, recovery, seal, tell};
use crate::accounts::emails::Text;
use crate::app::App;
use crate::auth::totp::Secret;
use crate::signals::Signal;

/// How long a secret waits for its first code.
pub const LIFE: Duration = Duration::from_secs(30 * 60);

/// What is shown to the owner, once.
#[derive(Debug, Clone)]
pub struct Begun {
    pub secret: Secret,
    /// For a QR code.
    pub uri: String,
    pub expires_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    #[error("an authenticator app is in use already")]
    On,
    #[error("the account is not open any more")]
    Gone,
    #[error(transparent)]
    Database(#[from] DbErr),
}

#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    #[error("no secret waits for its first code")]
    NotBegun,
    #[error("the code is wrong")]
    Wrong,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Makes a secret. One that was begun before and not confirmed is void.
///
/// # Errors
/// [`BeginError::On`], when one counts already.
pub async fn begin(app: &App, account: &AccountId) -> Result<Begun, BeginError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let owner = lock(&tx, account).await?.ok_or(BeginError::Gone)?;
    if super::find(&tx, account).await?.is_some() {
        return Err(BeginError::On);
    }
    totp::Entity::delete_by_id(account.clone()).exec(&tx).await?;
    let secret = Secret::generate();
    let row = totp::ActiveModel {
        account_id: Set(account.clone()),
        sealed: Set(seal(&app.secrets, account, &secret)),
        last_step: Set(None),
        failures: Set(0),
        next_try_at: Set(now),
        told_at: Set(None),
        created_at: Set(now),
        confirmed_at: Set(None),
    };
    totp::Entity::insert(row).exec_without_returning(&tx).await?;
    tx.commit().await?;
    let name = owner.email.as_deref().unwrap_or(account.as_str());
    Ok(Begun {
        uri: secret.uri(&app.letters.brand.name, name),
        expires_at: now.plus(LIFE),
        secret,
    })
}

/// Takes the first code: from now on the account asks for codes. Answers the
/// recovery codes, which nobody can show again.
///
/// # Errors
/// When nothing was begun within [`LIFE`], or the code is wrong.
pub async fn confirm(app: &App, account: &AccountId, code: &str) -> Result<Vec<String>, ConfirmError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    // An erasure that begins now waits, and takes this with it.
    lock(&tx, account).await?.ok_or(ConfirmError::NotBegun)?;
    let begun = totp::Entity::find_by_id(account.clone())
        .filter(totp::Column::ConfirmedAt.is_null())
        .filter(totp::Column::CreatedAt.gt(now.minus(LIFE)))
        .one(&tx)
        .await?;
    let begun = begun.ok_or(ConfirmError::NotBegun)?;
    let secret = open(&app.secrets, &begun).ok_or(ConfirmError::NotBegun)?;
    let step = secret.step(code, now, None).ok_or(ConfirmError::Wrong)?;
    // Behind the account's lock, and begun anew only behind it.
    totp::Entity::update_many()
        .col_expr(totp::Column::LastStep, Expr::value(Some(step)))
        .col_expr(totp::Column::ConfirmedAt, Expr::value(Some(now)))
        .filter(totp::Column::AccountId.eq(account.clone()))
        .exec(&tx)
        .await?;
    let codes = recovery::replace(&tx, account, now).await?;
    tell(&tx, app, account, &Text::TotpAdded { at: now }, now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(codes)
}

pub(super) async fn lock(
    tx: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(tx)
        .await
}
