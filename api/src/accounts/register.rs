//! Signing up. The answer is the same for every address ([`super::knock`]); the
//! mail tells.
//!
//! Until its code is entered, an account belongs to nobody: whoever signs up
//! with the same address last sets the password, and codes sent before are void.
//! So nobody can prepare an account with a password of their own and wait for
//! the address's owner to confirm it.

use std::time::Duration;

use entity::mailed_code::Purpose;
use entity::{AccountId, Timestamp, account, mail};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};

use super::agreed;
use super::emails::{self, Text};
use super::{Address, Agreed, codes};
use crate::app::App;
use crate::credits;

/// So many mails an hour can be caused by strangers who type somebody's address.
const MOST_AN_HOUR: u64 = 5;
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Signs an address up, or reminds its owner of the account; by mail.
///
/// # Errors
/// What the database answers.
pub async fn register(
    tx: &impl ConnectionTrait,
    app: &App,
    address: &Address,
    password_hash: String,
    agreed: &Agreed,
    now: Timestamp,
) -> Result<(), DbErr> {
    let opened = open(tx, app, address, Some(password_hash.clone()), agreed, now).await?;
    let (id, to, text) = match opened {
        Some(id) => {
            let code = verification(tx, app, &id, now).await?;
            (id, None, Some(Text::VerifyEmail { code }))
        }
        None => {
            let row = account::Entity::find()
                .filter(account::Column::EmailKey.eq(address.key()))
                .lock_exclusive()
                .one(tx)
                .await?;
            // Erased between the two statements: whoever signs up again finds nothing.
            let Some(row) = row else { return Ok(()) };
            match row.email_verified_at {
                Some(_) => {
                    let text = remind(tx, &row.id, now).await?;
                    (row.id, row.email, text)
                }
                None => {
                    let text = sign_up_again(tx, app, &row.id, address, password_hash, agreed, now).await?;
                    (row.id, None, text)
                }
            }
        }
    };
    if let Some(text) = text {
        // An owner gets mail at the address that was confirmed, letter by letter.
        let to = to.as_deref().unwrap_or(address.as_str());
        emails::post(tx, app, &id, to, &text, now).await?;
    }
    Ok(())
}

/// Makes an account with its wallets; `None` when the address has one.
///
/// # Errors
/// What the database answers.
pub async fn open(
    tx: &impl ConnectionTrait,
    app: &App,
    address: &Address,
    password_hash: Option<String>,
    agreed: &Agreed,
    now: Timestamp,
) -> Result<Option<AccountId>, DbErr> {
    let id = AccountId::new(now);
    let row = account::ActiveModel {
        id: Set(id.clone()),
        status: Set(account::Status::Active),
        email: Set(Some(address.as_str().to_owned())),
        email_key: Set(Some(address.key())),
        password_hash: Set(password_hash),
        email_verified_at: Set(None),
        // The version now is no news to who comes now.
        policy_told: Set(app.config.policy.version().map(str::to_owned)),
        created_at: Set(now),
        ..Default::default()
    };
    let mut taken = OnConflict::column(account::Column::EmailKey);
    let inserted = account::Entity::insert(row)
        .on_conflict(taken.do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    if inserted == 0 {
        return Ok(None);
    }
    agreed.write(tx, &id, now).await?;
    credits::open_wallets(tx, &id, now, &app.config.credits).await?;
    Ok(Some(id))
}

async fn verification(
    tx: &impl ConnectionTrait,
    app: &App,
    id: &AccountId,
    now: Timestamp,
) -> Result<String, DbErr> {
    codes::issue(tx, &app.secrets, id, Purpose::VerifyEmail, id.as_str(), now).await
}

/// A new password and a new code. Beyond the hour's mails the account is left
/// without either, so that no stranger's password stays behind.
async fn sign_up_again(
    tx: &impl ConnectionTrait,
    app: &App,
    id: &AccountId,
    address: &Address,
    password_hash: String,
    agreed: &Agreed,
    now: Timestamp,
) -> Result<Option<Text>, DbErr> {
    let sent = codes::count_since(tx, Purpose::VerifyEmail, id.as_str(), now.minus(HOUR)).await?;
    let flooded = sent >= MOST_AN_HOUR;
    let password = (!flooded).then_some(password_hash);
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(password))
        .col_expr(account::Column::Email, Expr::value(address.as_str()))
        .filter(account::Column::Id.eq(id.clone()))
        .exec(tx)
        .await?;
    if flooded {
        codes::void(tx, Purpose::VerifyEmail, id.as_str(), now).await?;
        return Ok(None);
    }
    // It may be somebody else than last time.
    agreed::forget(tx, id).await?;
    agreed.write(tx, id, now).await?;
    let code = verification(tx, app, id, now).await?;
    Ok(Some(Text::VerifyEmail { code }))
}

/// The mail to an owner who has an account, unless there were enough of them.
async fn remind(tx: &impl ConnectionTrait, id: &AccountId, now: Timestamp) -> Result<Option<Text>, DbErr> {
    let text = Text::AlreadyRegistered;
    let sent = mail::Entity::find()
        .filter(mail::Column::AccountId.eq(id.clone()))
        .filter(mail::Column::Template.eq(text.template()))
        .filter(mail::Column::CreatedAt.gt(now.minus(HOUR)))
        .count(tx)
        .await?;
    Ok((sent < MOST_AN_HOUR).then_some(text))
}
