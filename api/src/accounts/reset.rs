//! Another password: by a mailed code for whoever forgot it, or by the old one.
//!
//! Whoever sets a new password may do so because somebody else knows the old one:
//! all other sessions end, and the owner is told by mail.

use entity::mailed_code::Purpose;
use entity::{AccountId, SessionId, Timestamp, account};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _, Select,
};

use super::codes::{self, CodeInvalid};
use super::emails::{self, Text};
use super::password::{self, Busy, Checked, Unfit};
use super::{Address, session};
use crate::app::App;
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error(transparent)]
    CodeInvalid(#[from] CodeInvalid),
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] DbErr),
}

#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    #[error(transparent)]
    Unfit(#[from] Unfit),
    #[error("the present password is another")]
    Wrong,
    #[error("the account has no password yet")]
    NoPassword,
    #[error("the account is not open any more")]
    Gone,
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Mails a code to whoever has an account with this address; nobody else hears.
pub(super) async fn forgot(
    tx: &impl ConnectionTrait,
    app: &App,
    address: &Address,
    now: Timestamp,
) -> Result<(), DbErr> {
    let Some(owner) = find(address).lock_exclusive().one(tx).await? else {
        return Ok(());
    };
    let code = codes::issue_for_inbox(tx, &app.secrets, &owner.id, Purpose::ResetPassword, now).await?;
    let Some(code) = code else { return Ok(()) };
    let text = Text::ResetPassword { code };
    // As it was confirmed, letter by letter.
    let to = owner.email.as_deref().unwrap_or(address.as_str());
    emails::post(tx, app, &owner.id, to, &text, now).await?;
    Ok(())
}

/// The account with this address, if its owner proved it.
fn find(address: &Address) -> Select<account::Entity> {
    account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .filter(account::Column::EmailVerifiedAt.is_not_null())
        .filter(account::Column::Status.eq(account::Status::Active))
}

/// Takes the mailed code and sets a password. All sessions end.
///
/// # Errors
/// [`CodeInvalid`], also for an address without an account.
pub async fn reset_password(
    app: &App,
    address: &Address,
    code: &str,
    password: String,
) -> Result<(), ResetError> {
    let (kind, purpose) = (app.config.auth.password_hash, Purpose::ResetPassword);
    password::check(kind, &password, Some(address))?;
    let now = app.now();
    let known = find(address).one(app.db.read()).await?;
    let subject = known.as_ref().map_or("", |owner| owner.id.as_str());
    if !codes::is_live(app.db.read(), &app.secrets, purpose, subject, code, now).await? {
        return Err(CodeInvalid.into());
    }
    let hash = password::hash(kind, password).await?;
    let tx = app.db.begin().await?;
    let owner = find(address).lock_exclusive().one(&tx).await?;
    let owner = owner.ok_or(CodeInvalid)?;
    codes::redeem(&tx, &app.secrets, purpose, owner.id.as_str(), code, now).await??;
    let ended = replace(&tx, app, &owner, hash, None, now).await?;
    tx.commit().await?;
    tell(app, ended);
    Ok(())
}

/// Sets another password for whoever knows the present one. All sessions but the
/// caller's end.
///
/// # Errors
/// When the present password is another, or the new one unfit.
pub async fn change_password(
    app: &App,
    account: &AccountId,
    own: &SessionId,
    present: String,
    new: String,
) -> Result<(), ChangeError> {
    let kind = app.config.auth.password_hash;
    let owner = account::Entity::find_by_id(account.clone())
        .one(app.db.read())
        .await?
        .ok_or(ChangeError::Gone)?;
    let address: Option<Address> = owner.email.as_deref().and_then(|email| email.parse().ok());
    password::check(kind, &new, address.as_ref())?;
    let stored = owner.password_hash.clone().ok_or(ChangeError::NoPassword)?;
    if password::compare(kind, present, Some(stored.clone())).await? == Checked::Wrong {
        return Err(ChangeError::Wrong);
    }
    let hash = password::hash(kind, new).await?;
    let now = app.now();
    let tx = app.db.begin().await?;
    // Unless it was changed or the account closed meanwhile.
    let owner = account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .filter(account::Column::PasswordHash.eq(stored))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(ChangeError::Gone)?;
    let ended = replace(&tx, app, &owner, hash, Some(own), now).await?;
    tx.commit().await?;
    tell(app, ended);
    Ok(())
}

async fn replace(
    tx: &impl ConnectionTrait,
    app: &App,
    owner: &account::Model,
    hash: String,
    but: Option<&SessionId>,
    now: Timestamp,
) -> Result<Vec<String>, DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(hash))
        .filter(account::Column::Id.eq(owner.id.clone()))
        .exec(tx)
        .await?;
    codes::void(tx, Purpose::ResetPassword, owner.id.as_str(), now).await?;
    if let Some(to) = &owner.email {
        emails::post(tx, app, &owner.id, to, &Text::PasswordChanged { at: now }, now).await?;
    }
    session::end_all(tx, &owner.id, but, now).await
}

fn tell(app: &App, ended: Vec<String>) {
    app.signals.tell(Signal::Work);
    for session in ended {
        app.signals.tell(Signal::Revoked(session));
    }
}
