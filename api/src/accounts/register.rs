//! Signing up. The answer is the same for every address ([`super::knock`]); the
//! mail tells.
//!
//! Until a code is entered, an account belongs to nobody and has no password: what
//! was typed travels with whoever typed it ([`super::registration`]). So nobody can
//! prepare an account with a password of their own and wait for the address's owner
//! to confirm it.

use std::time::Duration;

use entity::mailed_code::Purpose;
use entity::{AccountId, MailId, Timestamp, account, mail};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _,
};

use super::emails::{self, Text};
use super::{Address, Agreed, codes, welcome};
use crate::app::App;
use crate::credits;

/// So many reminders an hour can be caused by strangers who type somebody's address.
const MOST_AN_HOUR: u64 = 5;
const HOUR: Duration = Duration::from_secs(60 * 60);

/// Mails a code to an address, or reminds its owner of the account.
///
/// # Errors
/// What the database answers.
pub async fn register(
    tx: &impl ConnectionTrait,
    app: &App,
    address: &Address,
    now: Timestamp,
) -> Result<(), DbErr> {
    open(tx, app, address, None, &Agreed::default(), now).await?;
    let owner = account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .lock_exclusive()
        .one(tx)
        .await?;
    // Erased between the two statements: whoever signs up again finds nothing.
    let Some(owner) = owner else { return Ok(()) };
    let (to, text) = match owner.email_verified_at {
        // An owner gets mail at the address that was confirmed, letter by letter.
        Some(_) => (owner.email, remind(tx, &owner.id, now).await?),
        None => {
            let code = codes::issue_for_inbox(tx, &app.secrets, &owner.id, Purpose::VerifyEmail, now).await?;
            (None, code.map(|code| Text::VerifyEmail { code }))
        }
    };
    if let Some(text) = text {
        let to = to.as_deref().unwrap_or(address.as_str());
        emails::post(tx, app, &owner.id, to, &text, now).await?;
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
    let grants = welcome::of(tx, app, address, now).await?;
    credits::open_wallets(tx, &id, now, &app.config.credits, grants).await?;
    Ok(Some(id))
}

/// The mail to an owner who has an account, unless there were enough of them.
async fn remind(tx: &impl ConnectionTrait, id: &AccountId, now: Timestamp) -> Result<Option<Text>, DbErr> {
    let text = Text::AlreadyRegistered;
    let sent = mail::Entity::find()
        .filter(mail::Column::AccountId.eq(id.clone()))
        .filter(mail::Column::Id.gte(MailId::least(now.minus(HOUR))))
        .filter(mail::Column::Template.eq(text.template()))
        .filter(mail::Column::CreatedAt.gt(now.minus(HOUR)))
        .count(tx)
        .await?;
    Ok((sent < MOST_AN_HOUR).then_some(text))
}
