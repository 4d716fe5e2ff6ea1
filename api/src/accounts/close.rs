//! Closing an account and opening it again.
//!
//! A closed account lets nobody in: its sessions end, and its keys sleep until it
//! is opened again. What waits in the queue is canceled by a job ([`KIND`]); what
//! was bought stays what it is. For a while its owner can open it again, with the
//! password or by the link in the mail.

use entity::{AccountId, Timestamp, account};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::emails::{self, Text};
use super::session;
use crate::app::App;
use crate::auth::{Caller, is_fresh, keys_of};
use crate::config::AfterGrace;
use crate::credits::{Books, Owner};
use crate::jobs::{self, NewJob};
use crate::secrets::Secrets;
use crate::signals::Signal;

/// The kind of job that cancels what a closed account has in the queue; its
/// subject is the account's id.
pub const KIND: &str = "account.closed";

const LINK: &str = "account.reopen";

#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    #[error("a key can't close the account")]
    NoSession,
    #[error("the session is not fresh")]
    Stale,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Closes the caller's account.
///
/// # Errors
/// Without a fresh proof.
pub async fn close(app: &App, caller: &Caller) -> Result<account::Model, CloseError> {
    let own = caller.session.as_ref().ok_or(CloseError::NoSession)?;
    if !is_fresh(app.db.read(), own, app.now()).await? {
        return Err(CloseError::Stale);
    }
    let now = app.now();
    let tx = app.db.begin().await?;
    // What is being admitted comes before, and what comes after finds it closed.
    let _books = Books::open(&tx, &Owner::both(&caller.account), now).await?;
    let find = || account::Entity::find_by_id(caller.account.clone());
    let owner = find()
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(CloseError::NoSession)?;
    let settings = &app.config.account;
    let grace = settings.grace.parse().ok();
    let reopen_until = grace
        .and_then(|grace| now.plus_period(&grace).ok())
        .unwrap_or(now);
    let erase_at = (settings.after_grace == AfterGrace::Erase).then_some(reopen_until);
    let ended = shut(&tx, &owner, now, reopen_until, erase_at).await?;
    if let Some(to) = &owner.email {
        let text = Text::AccountClosed {
            until: reopen_until,
            erased: erase_at.is_some(),
            link: link(app, &owner.id, now),
        };
        emails::post(&tx, app, &owner.id, to, &text, now).await?;
    }
    let owner = find().one(&tx).await?.ok_or(CloseError::NoSession)?;
    tx.commit().await?;
    tell(app, ended);
    Ok(owner)
}

/// Closes an account that is locked. Tell what ended after the commit ([`tell`]).
///
/// # Errors
/// What the database answers.
pub(super) async fn shut(
    tx: &impl ConnectionTrait,
    owner: &account::Model,
    now: Timestamp,
    reopen_until: Timestamp,
    erase_at: Option<Timestamp>,
) -> Result<Vec<String>, DbErr> {
    use account::Column;
    account::Entity::update_many()
        .col_expr(Column::Status, Expr::value(account::Status::Closed))
        .col_expr(Column::ClosedAt, Expr::value(now))
        .col_expr(Column::ReopenUntil, Expr::value(reopen_until))
        .col_expr(Column::EraseAt, Expr::value(erase_at))
        .filter(Column::Id.eq(owner.id.clone()))
        .exec(tx)
        .await?;
    let job = NewJob {
        kind: KIND,
        subject: owner.id.to_string(),
        account_id: Some(owner.id.clone()),
        lane: jobs::HOUSE.to_owned(),
        run_at: now,
        deadline_at: None,
    };
    jobs::enqueue(tx, vec![job], now).await?;
    let mut ended = session::end_all(tx, &owner.id, None, now).await?;
    ended.extend(keys_of(tx, &owner.id).await?);
    Ok(ended)
}

/// Tells every process that these credentials are to be looked up anew.
pub(super) fn tell(app: &App, credentials: Vec<String>) {
    app.signals.tell(Signal::Work);
    for credential in credentials {
        app.signals.tell(Signal::Revoked(credential));
    }
}

/// Opens an account again that was closed then, unless its time is over; `false`
/// when there is nothing to open.
///
/// # Errors
/// What the database answers.
pub async fn reopen(app: &App, account: &AccountId, closed_at: Timestamp) -> Result<bool, DbErr> {
    let tx = app.db.begin().await?;
    let Some(keys) = open(&tx, app, account, closed_at, app.now()).await? else {
        return Ok(false);
    };
    tx.commit().await?;
    tell(app, keys);
    Ok(true)
}

/// The same in a transaction. Tell of its keys after the commit ([`tell`]).
///
/// # Errors
/// What the database answers.
pub(super) async fn open(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    closed_at: Timestamp,
    now: Timestamp,
) -> Result<Option<Vec<String>>, DbErr> {
    use account::Column;
    let opened = account::Entity::update_many()
        .col_expr(Column::Status, Expr::value(account::Status::Active))
        .col_expr(Column::ClosedAt, Expr::value(Option::<Timestamp>::None))
        .col_expr(Column::ReopenUntil, Expr::value(Option::<Timestamp>::None))
        .col_expr(Column::EraseAt, Expr::value(Option::<Timestamp>::None))
        .filter(Column::Id.eq(account.clone()))
        .filter(Column::Status.eq(account::Status::Closed))
        .filter(Column::ClosedAt.eq(closed_at))
        .filter(Column::ReopenUntil.gt(now))
        .exec(tx)
        .await?;
    if opened.rows_affected == 0 {
        return Ok(None);
    }
    let owner = account::Entity::find_by_id(account.clone()).one(tx).await?;
    if let Some(to) = owner.and_then(|owner| owner.email) {
        emails::post(tx, app, account, &to, &Text::AccountReopened { at: now }, now).await?;
    }
    keys_of(tx, account).await.map(Some)
}

/// The address that opens the account again which was closed then.
fn link(app: &App, account: &AccountId, closed_at: Timestamp) -> String {
    let named = format!("{account}.{}", closed_at.micros());
    let signature = app.secrets.sign(LINK, named.as_bytes());
    format!("{}/reopen/{named}.{signature}", app.config.public_url())
}

/// What a link opens; `None` for one that is not ours.
#[must_use]
pub fn named_by(secrets: &Secrets, token: &str) -> Option<(AccountId, Timestamp)> {
    let (named, signature) = token.rsplit_once('.')?;
    if !secrets.verify(LINK, named.as_bytes(), signature) {
        return None;
    }
    let (account, closed_at) = named.split_once('.')?;
    let closed_at = Timestamp::from_micros(closed_at.parse().ok()?);
    Some((account.parse().ok()?, closed_at))
}
