//! What an owner agreed to: news by mail go to nobody else, and end with one click.
//!
//! The link in a mail names the account and is signed, so it needs no sign-in, and
//! opens nothing else.

use entity::consent::{self, Column, Purpose};
use entity::{AccountId, Timestamp};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};

use crate::app::App;
use crate::secrets::Secrets;

const LINK: &str = "mail.unsubscribe";

/// Writes down that an owner agreed, from now on.
///
/// # Errors
/// What the database answers.
pub async fn give(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = consent::ActiveModel {
        account_id: Set(account.clone()),
        purpose: Set(purpose),
        given_at: Set(now),
        withdrawn_at: Set(None),
        last_news: Set(None),
    };
    let again = OnConflict::columns([Column::AccountId, Column::Purpose])
        .update_columns([Column::GivenAt, Column::WithdrawnAt])
        .to_owned();
    consent::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Ends it; a second time changes nothing.
///
/// # Errors
/// What the database answers.
pub async fn withdraw(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    purpose: Purpose,
    now: Timestamp,
) -> Result<(), DbErr> {
    consent::Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(Some(now)))
        .filter(Column::AccountId.eq(account.clone()))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Whether it is given now.
///
/// # Errors
/// What the database answers.
pub async fn is_given(
    db: &impl ConnectionTrait,
    account: &AccountId,
    purpose: Purpose,
) -> Result<bool, DbErr> {
    let row = consent::Entity::find_by_id((account.clone(), purpose))
        .one(db)
        .await?;
    Ok(row.is_some_and(|row| row.withdrawn_at.is_none()))
}

/// The address with which an account's owner ends news by mail.
#[must_use]
pub fn unsubscribe_link(app: &App, account: &AccountId) -> String {
    let signature = app.secrets.sign(LINK, account.as_str().as_bytes());
    format!("{}/unsubscribe/{account}.{signature}", app.config.public_url())
}

/// The account that a link names; `None` for one that is not ours.
#[must_use]
pub fn named_by(secrets: &Secrets, token: &str) -> Option<AccountId> {
    let (account, signature) = token.split_once('.')?;
    let named = secrets.verify(LINK, account.as_bytes(), signature);
    named.then(|| account.parse().ok()).flatten()
}
