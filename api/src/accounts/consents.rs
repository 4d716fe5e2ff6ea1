//! What an owner agreed to: news by mail go to nobody else, and end with one click.
//!
//! The link in a mail names the account and is signed, so it needs no sign-in, and
//! opens nothing else.

use entity::consent::{self, Column};
use entity::{AccountId, ConsentChangeId, Timestamp, account, consent_change};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use crate::app::App;
use crate::auth::Caller;
use crate::secrets::Secrets;

const LINK_SEAL: &str = "mail.unsubscribe";

/// Who withdrew with the link in a mail, or told the mail program.
pub const LINK: &str = "link";

/// So many changes of a consent are shown.
const SHOWN: u64 = 100;

/// Writes down that an owner agreed, from now on, to these words. A second time
/// changes nothing.
///
/// # Errors
/// What the database answers.
pub async fn give(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    purpose: &str,
    version: &str,
    by: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let last = last(tx, account, purpose).await?;
    if last.is_some_and(|last| last.granted && last.version == version)
        && is_given(tx, account, purpose).await?
    {
        return Ok(());
    }
    let row = consent::ActiveModel {
        account_id: Set(account.clone()),
        purpose: Set(purpose.to_owned()),
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
    note(tx, account, purpose, (true, version), by, now).await
}

/// Ends it; a second time changes nothing.
///
/// # Errors
/// What the database answers.
pub async fn withdraw(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    purpose: &str,
    by: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let ended = consent::Entity::update_many()
        .col_expr(Column::WithdrawnAt, Expr::value(Some(now)))
        .filter(Column::AccountId.eq(account.clone()))
        .filter(Column::Purpose.eq(purpose))
        .filter(Column::WithdrawnAt.is_null())
        .exec(tx)
        .await?;
    if ended.rows_affected == 0 {
        return Ok(());
    }
    let version = last(tx, account, purpose).await?.map(|last| last.version);
    note(
        tx,
        account,
        purpose,
        (false, &version.unwrap_or_default()),
        by,
        now,
    )
    .await
}

/// What the caller's owner says of a purpose now: yes or no.
///
/// # Errors
/// What the database answers.
pub async fn say(
    app: &App,
    caller: &Caller,
    purpose: &str,
    version: &str,
    granted: bool,
) -> Result<(), DbErr> {
    let now = app.now();
    let tx = app.db.begin().await?;
    // Locked: an erasure that begins now waits, and takes this away too.
    let open = account::Entity::find_by_id(caller.account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(&tx)
        .await?;
    if open.is_some() {
        match granted {
            true => give(&tx, &caller.account, purpose, version, caller.credential(), now).await?,
            false => withdraw(&tx, &caller.account, purpose, caller.credential(), now).await?,
        }
    }
    tx.commit().await
}

/// What was said of a purpose, newest first.
///
/// # Errors
/// What the database answers.
pub async fn history(
    db: &impl ConnectionTrait,
    account: &AccountId,
    purpose: &str,
) -> Result<Vec<consent_change::Model>, DbErr> {
    consent_change::Entity::find()
        .filter(consent_change::Column::AccountId.eq(account.clone()))
        .filter(consent_change::Column::Purpose.eq(purpose))
        .order_by_desc(consent_change::Column::Id)
        .limit(SHOWN)
        .all(db)
        .await
}

async fn last(
    db: &impl ConnectionTrait,
    account: &AccountId,
    purpose: &str,
) -> Result<Option<consent_change::Model>, DbErr> {
    consent_change::Entity::find()
        .filter(consent_change::Column::AccountId.eq(account.clone()))
        .filter(consent_change::Column::Purpose.eq(purpose))
        .order_by_desc(consent_change::Column::Id)
        .one(db)
        .await
}

async fn note(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    purpose: &str,
    (granted, version): (bool, &str),
    by: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let row = consent_change::ActiveModel {
        id: Set(ConsentChangeId::new(now)),
        account_id: Set(account.clone()),
        purpose: Set(purpose.to_owned()),
        granted: Set(granted),
        version: Set(version.to_owned()),
        given_by: Set(by.to_owned()),
        created_at: Set(now),
    };
    consent_change::Entity::insert(row)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// Whether it is given now.
///
/// # Errors
/// What the database answers.
pub async fn is_given(db: &impl ConnectionTrait, account: &AccountId, purpose: &str) -> Result<bool, DbErr> {
    let row = consent::Entity::find_by_id((account.clone(), purpose.to_owned()))
        .one(db)
        .await?;
    Ok(row.is_some_and(|row| row.withdrawn_at.is_none()))
}

/// The address with which an account's owner ends news by mail.
#[must_use]
pub fn unsubscribe_link(app: &App, account: &AccountId) -> String {
    let signature = app.secrets.sign(LINK_SEAL, account.as_str().as_bytes());
    format!("{}/unsubscribe/{account}.{signature}", app.config.public_url())
}

/// The account that a link names; `None` for one that is not ours.
#[must_use]
pub fn named_by(secrets: &Secrets, token: &str) -> Option<AccountId> {
    let (account, signature) = token.split_once('.')?;
    let named = secrets.verify(LINK_SEAL, account.as_bytes(), signature);
    named.then(|| account.parse().ok()).flatten()
}
