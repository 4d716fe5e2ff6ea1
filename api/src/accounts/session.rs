//! Signing in and out.
//!
//! A session is what comes of one sign-in: access tokens that last for half an
//! hour, and refresh tokens that are exchanged for new ones ([`super::refresh`]).
//! Ending it ends them all, in every process.

use std::time::Duration;

use entity::{AccountId, SessionId, Timestamp, account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    IntoActiveModel as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::Address;
use super::close;
use super::emails::{self, Text};
use super::password::{self, Busy, Checked};
use super::totp::{self, Refusal, Second};
use crate::app::App;
use crate::bulk;
use crate::signals::Signal;

/// Sessions that one sign-in ends at most, where a limit was lowered.
const SURPLUS: u64 = 64;

#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// Which of them is not told.
    #[error("the address or the password is wrong, or the address is not confirmed")]
    Refused,
    /// The password is right.
    #[error(transparent)]
    Second(#[from] Refusal),
    /// Told to nobody but who knows the password.
    #[error("the account is closed")]
    Closed { reopen_until: Timestamp },
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Opens a session for whoever knows the password of a confirmed address, and has
/// the second factor if there is one.
///
/// # Errors
/// [`LoginError::Refused`] for everyone else, after the same time;
/// [`LoginError::Second`] for whoever knows the password alone.
pub async fn log_in(
    app: &App,
    address: &Address,
    password: String,
    second: Option<&Second>,
    device: &str,
) -> Result<session::Model, LoginError> {
    loop {
        let (owner, checked) = prove(app, address, password.clone()).await?;
        if let (account::Status::Closed, Some(reopen_until)) = (owner.status, owner.reopen_until) {
            return Err(LoginError::Closed { reopen_until });
        }
        if let Some(session) = enter(app, &owner, checked, second, device).await? {
            return Ok(session);
        }
    }
}

/// Opens a closed account again for whoever could sign in to it, and a session.
///
/// # Errors
/// As in signing in.
pub async fn reactivate(
    app: &App,
    address: &Address,
    password: String,
    second: Option<&Second>,
    device: &str,
) -> Result<session::Model, LoginError> {
    loop {
        let (owner, checked) = prove(app, address, password.clone()).await?;
        if let Some(session) = enter(app, &owner, checked, second, device).await? {
            return Ok(session);
        }
    }
}

/// Opens a session for an owner who knows the password, and the account if it was
/// closed. `None` when the password was changed since it was compared, or the account
/// closed or opened: who knew the old one then may not know the new one.
async fn enter(
    app: &App,
    owner: &account::Model,
    checked: Checked,
    second: Option<&Second>,
    device: &str,
) -> Result<Option<session::Model>, LoginError> {
    let tx = app.db.begin().await?;
    // Locked: an erasure or another password that comes now waits, and ends this session too.
    let locked = account::Entity::find_by_id(owner.id.clone())
        .filter(account::Column::Status.eq(owner.status))
        .filter(account::Column::PasswordHash.eq(owner.password_hash.clone()));
    let locked = match (owner.status, &checked) {
        (account::Status::Active, Checked::Right) => locked.lock_shared(),
        // The row is written below: two that shared it would wait for each other.
        _ => locked.lock_exclusive(),
    };
    if locked.one(&tx).await?.is_none() {
        return Ok(None);
    }
    let now = app.now();
    if let Err(refusal) = totp::demand(&tx, app, &owner.id, second, now).await? {
        // The try that it cost is kept.
        tx.commit().await?;
        return Err(refusal.into());
    }
    let mut woken = Vec::new();
    if let Some(closed_at) = owner.closed_at {
        let opened = close::open(&tx, app, &owner.id, closed_at, now).await?;
        // Too late by now.
        woken = opened.ok_or(LoginError::Refused)?;
    }
    if let Checked::Outdated(fresh) = checked {
        account::Entity::update_many()
            .col_expr(account::Column::PasswordHash, Expr::value(fresh))
            .filter(account::Column::Id.eq(owner.id.clone()))
            .exec(&tx)
            .await?;
    }
    tell_owner(&tx, app, owner, device, now).await?;
    let session = start(&tx, app, &owner.id, device, now).await?;
    tx.commit().await?;
    close::tell(app, woken);
    Ok(Some(session))
}

/// The owner of a confirmed address, who knows the password. A closed account's
/// owner too, as long as it can be opened again.
///
/// # Errors
/// [`LoginError::Refused`] for everyone else, after the same time.
pub(super) async fn prove(
    app: &App,
    address: &Address,
    password: String,
) -> Result<(account::Model, Checked), LoginError> {
    let now = app.now();
    let owner = account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .one(app.db.read())
        .await?
        .filter(|owner| owner.email_verified_at.is_some())
        .filter(|owner| match owner.status {
            account::Status::Active => true,
            account::Status::Closed => owner.reopen_until.is_some_and(|until| now < until),
            account::Status::Erased => false,
        });
    let stored = owner.as_ref().and_then(|owner| owner.password_hash.clone());
    let checked = password::compare(app.config.auth.password_hash, password, stored).await?;
    owner
        .filter(|_| checked != Checked::Wrong)
        .map(|owner| (owner, checked))
        .ok_or(LoginError::Refused)
}

/// Mails the owner when a device signs in that none of the known sessions is on.
///
/// # Errors
/// What the database answers.
pub async fn tell_owner(
    tx: &impl ConnectionTrait,
    app: &App,
    owner: &account::Model,
    device: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let known = session::Entity::find()
        .filter(session::Column::AccountId.eq(owner.id.clone()))
        .filter(session::Column::Device.eq(device))
        .limit(1)
        .one(tx)
        .await?;
    if let (None, Some(to)) = (known, &owner.email) {
        let text = Text::NewSignIn {
            at: now,
            device: device.to_owned(),
            // Where somebody is, is not kept.
            address: None,
        };
        emails::post(tx, app, &owner.id, to, &text, now).await?;
    }
    Ok(())
}

/// Opens a session on a device, in the transaction that has the account locked. Where
/// there are as many as may be, it takes the place of the one that was used longest ago,
/// which every process forgets within seconds.
///
/// # Errors
/// What the database answers.
pub async fn start(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    device: &str,
    now: Timestamp,
) -> Result<session::Model, DbErr> {
    let session = session::Model {
        id: SessionId::new(now),
        account_id: account.clone(),
        device: device.to_owned(),
        refreshes: 0,
        created_at: now,
        refreshed_at: now,
        proved_at: now,
        expires_at: expiry(app, now, now),
        ended_at: None,
    };
    end_surplus(tx, app, account, now).await?;
    let row = session.clone().into_active_model().reset_all();
    session::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(session)
}

/// Makes room for one more session.
async fn end_surplus(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    now: Timestamp,
) -> Result<(), DbErr> {
    use session::Column;
    let stay = u64::from(app.config.sessions.most_per_account.saturating_sub(1));
    let surplus: Vec<SessionId> = session::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AccountId.eq(account.clone()))
        .filter(Column::EndedAt.is_null())
        .order_by_desc(Column::RefreshedAt)
        .offset(stay)
        .limit(SURPLUS)
        .into_tuple()
        .all(tx)
        .await?;
    if surplus.is_empty() {
        return Ok(());
    }
    session::Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(now)))
        .filter(Column::Id.is_in(bulk::filled(surplus)))
        .filter(Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// When a session is over that began and was refreshed then.
pub(super) fn expiry(app: &App, began: Timestamp, refreshed: Timestamp) -> Timestamp {
    let settings = &app.config.sessions;
    let idle = refreshed.plus(Duration::from_secs(settings.idle_seconds));
    idle.min(began.plus(Duration::from_secs(settings.longest_seconds)))
}

/// Ends an account's open sessions but one. Tell the ids as [`Signal::Revoked`]
/// after the commit.
///
/// # Errors
/// What the database answers.
pub async fn end_all(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    but: Option<&SessionId>,
    now: Timestamp,
) -> Result<Vec<String>, DbErr> {
    use session::Column;
    let mut open = Condition::all()
        .add(Column::AccountId.eq(account.clone()))
        .add(Column::EndedAt.is_null());
    if let Some(but) = but {
        open = open.add(Column::Id.ne(but.clone()));
    }
    let ids = session::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(open.clone())
        .into_tuple()
        .all(tx)
        .await?;
    session::Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(now)))
        .filter(open)
        .exec(tx)
        .await?;
    Ok(ids)
}

/// Ends a session of an account; `false` when it has no such one.
///
/// # Errors
/// What the database answers.
pub async fn end(app: &App, account: &AccountId, id: &SessionId) -> Result<bool, DbErr> {
    let own = session::Entity::find_by_id(id.clone())
        .filter(session::Column::AccountId.eq(account.clone()))
        .one(app.db.read())
        .await?;
    if own.is_none() {
        return Ok(false);
    }
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(Some(app.now())))
        .filter(session::Column::Id.eq(id.clone()))
        .filter(session::Column::EndedAt.is_null())
        .exec(app.db.write())
        .await?;
    app.signals.tell(Signal::Revoked(id.to_string()));
    Ok(true)
}
