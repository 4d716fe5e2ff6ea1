//! Another mail address: proved by a code that is mailed to it, and told to the
//! one before. Until then nothing changes.
//!
//! Nobody learns in this way whether an address has an account: its owner is told
//! by mail instead, and the answer is the same.

use std::time::Duration;

use entity::mailed_code::Purpose;
use entity::{AccountId, Timestamp, account, data_request, email_change};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::codes::{self, CodeInvalid};
use super::emails::{self, Text};
use super::{Address, bounces, welcome};
use crate::app::App;
use crate::auth::{Caller, is_fresh};
use crate::db;
use crate::signals::Signal;

/// So many codes an hour one account can have mailed.
const MOST_AN_HOUR: u64 = 5;
const HOUR: Duration = Duration::from_secs(60 * 60);

const SEAL: &str = "email_change";

#[derive(Debug, thiserror::Error)]
pub enum EmailError {
    #[error("a key can't change the address")]
    NoSession,
    #[error("the session is not fresh")]
    Stale,
    #[error("{MOST_AN_HOUR} codes were mailed within an hour")]
    TooMany,
    #[error(transparent)]
    CodeInvalid(#[from] CodeInvalid),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Mails a code to the new address.
///
/// # Errors
/// Without a fresh proof, or when it was asked for too often.
pub async fn begin(app: &App, caller: &Caller, address: &Address) -> Result<(), EmailError> {
    let session = caller.session.as_ref().ok_or(EmailError::NoSession)?;
    if !is_fresh(app.db.read(), session, app.now()).await? {
        return Err(EmailError::Stale);
    }
    let now = app.now();
    let tx = app.db.begin().await?;
    let owner = lock(&tx, &caller.account).await?;
    let subject = owner.id.as_str();
    let sent = codes::count_since(&tx, Purpose::ChangeEmail, subject, now.minus(HOUR)).await?;
    if sent >= MOST_AN_HOUR {
        return Err(EmailError::TooMany);
    }
    // A code that went to another address must not prove this one.
    codes::void(&tx, Purpose::ChangeEmail, subject, now).await?;
    let code = codes::issue(&tx, &app.secrets, &owner.id, Purpose::ChangeEmail, subject, now).await?;
    keep(&tx, app, &owner.id, address, now).await?;
    match of(&tx, address).await?.filter(|other| other.id != owner.id) {
        // Whoever has it already learns that somebody typed it, and no code.
        Some(other) if other.email_verified_at.is_some() => {
            let to = other.email.as_deref().unwrap_or(address.as_str());
            emails::post(&tx, app, &other.id, to, &Text::AlreadyRegistered, now).await?;
        }
        _ => {
            let text = Text::ConfirmEmail { code };
            emails::post(&tx, app, &owner.id, address.as_str(), &text, now).await?;
        }
    }
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(())
}

/// Takes the code: from now on it is the account's address.
///
/// # Errors
/// [`CodeInvalid`], also when somebody else proved the address meanwhile.
pub async fn confirm(app: &App, caller: &Caller, code: &str) -> Result<account::Model, EmailError> {
    caller.session.as_ref().ok_or(EmailError::NoSession)?;
    let now = app.now();
    let tx = app.db.begin().await?;
    let owner = lock(&tx, &caller.account).await?;
    let subject = owner.id.as_str();
    codes::redeem(&tx, &app.secrets, Purpose::ChangeEmail, subject, code, now).await??;
    let kept = email_change::Entity::find_by_id(owner.id.clone())
        .one(&tx)
        .await?;
    let address = kept.and_then(|kept| app.secrets.open(SEAL, &kept.sealed)?.parse::<Address>().ok());
    let address = address.ok_or(CodeInvalid)?;
    match of(&tx, &address).await?.filter(|other| other.id != owner.id) {
        Some(other) if other.email_verified_at.is_some() => return Err(CodeInvalid.into()),
        // Somebody typed it and never proved it: it was never theirs.
        Some(other) => take_from(&tx, &other.id, now).await?,
        None => {}
    }
    account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::value(address.as_str()))
        .col_expr(account::Column::EmailKey, Expr::value(address.key()))
        .col_expr(account::Column::EmailVerifiedAt, Expr::value(now))
        .filter(account::Column::Id.eq(owner.id.clone()))
        .exec(&tx)
        .await
        .map_err(|error| db::on_unique(error, || EmailError::CodeInvalid(CodeInvalid)))?;
    email_change::Entity::delete_by_id(owner.id.clone())
        .exec(&tx)
        .await?;
    if let Some(before) = owner
        .email_key
        .as_deref()
        .filter(|before| *before != address.key())
    {
        welcome::remember(&tx, app, &owner.id, before, now).await?;
    }
    // A code that went to the address before must not open the account any more.
    codes::void(&tx, Purpose::ResetPassword, subject, now).await?;
    void_requests(&tx, &owner.id, now).await?;
    bounces::lift(&tx, &app.secrets, address.as_str(), now).await?;
    if let Some(before) = &owner.email {
        let text = Text::EmailChanged { at: now };
        emails::post(&tx, app, &owner.id, before, &text, now).await?;
    }
    let owner = lock(&tx, &owner.id).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(owner)
}

/// Nor must it confirm what was asked about the owner's data.
async fn void_requests(tx: &impl ConnectionTrait, owner: &AccountId, now: Timestamp) -> Result<(), DbErr> {
    use data_request::{Column, Status};
    let waiting = data_request::Entity::find()
        .filter(Column::AccountId.eq(owner.clone()))
        .filter(Column::Status.eq(Status::AwaitingVerification));
    for request in waiting.all(tx).await? {
        codes::void(tx, Purpose::DataRequest, request.id.as_str(), now).await?;
    }
    Ok(())
}

async fn lock(tx: &impl ConnectionTrait, id: &AccountId) -> Result<account::Model, EmailError> {
    account::Entity::find_by_id(id.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(EmailError::NoSession)
}

async fn of(tx: &impl ConnectionTrait, address: &Address) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .one(tx)
        .await
}

async fn keep(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    address: &Address,
    now: Timestamp,
) -> Result<(), DbErr> {
    use email_change::Column;
    let row = email_change::ActiveModel {
        account_id: Set(account.clone()),
        sealed: Set(app.secrets.seal(SEAL, address.as_str())),
        created_at: Set(now),
    };
    let again = OnConflict::column(Column::AccountId)
        .update_columns([Column::Sealed, Column::CreatedAt])
        .to_owned();
    email_change::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

async fn take_from(tx: &impl ConnectionTrait, account: &AccountId, now: Timestamp) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::value(Option::<String>::None))
        .col_expr(account::Column::EmailKey, Expr::value(Option::<String>::None))
        .col_expr(account::Column::PasswordHash, Expr::value(Option::<String>::None))
        .filter(account::Column::Id.eq(account.clone()))
        .filter(account::Column::EmailVerifiedAt.is_null())
        .exec(tx)
        .await?;
    codes::void(tx, Purpose::VerifyEmail, account.as_str(), now).await
}
