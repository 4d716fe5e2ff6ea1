//! Signing in with a password and a code of the app, both at once, and what comes
//! of it: a session of a working day at most, which half an hour of silence ends.

use std::time::Duration;

use entity::{StaffId, StaffSessionId, Timestamp, staff, staff_session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, Select,
};

use super::audit::{About, Entry, Warrant};
use super::setup::open;
use super::staff::{hash, token};
use crate::accounts::Address;
use crate::accounts::password::{self, Busy, Checked};
use crate::app::App;
use crate::auth::attempts::{still_to_wait, wait_after};
use crate::http::{Code, Paging};

const LONGEST: Duration = Duration::from_secs(8 * 60 * 60);
const IDLE: Duration = Duration::from_secs(30 * 60);

/// How exactly the last use is noted.
const NOTED_EVERY: Duration = Duration::from_secs(60);

/// How long a session that is over is kept.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What a token begins with: nobody takes it for a key.
pub const PREFIX: &str = "staff_";

#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// Which of them is not told.
    #[error("the address, the password or the code is wrong, or the code was used before")]
    Refused,
    #[error(transparent)]
    Busy(#[from] Busy),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// A session that has just begun.
pub struct Begun {
    pub staff: staff::Model,
    pub token: String,
    pub expires_at: Timestamp,
    pub entry: Entry,
}

/// Opens a session. Whoever has not set up an app can't have one.
///
/// Wrong codes count for the member of staff, from wherever they come: after a few, the
/// next is looked at after a wait that grows. Nobody but who knows the password can make
/// them wait, and nobody is told of it, since that would tell that the password is right.
///
/// # Errors
/// [`LoginError::Refused`] for whatever is wrong, after the same time; it is written down.
pub async fn log_in(app: &App, address: &Address, password: String, code: &str) -> Result<Begun, LoginError> {
    let known = staff::Entity::find()
        .filter(staff::Column::EmailKey.eq(address.key()))
        .one(app.db.read())
        .await?;
    let able = known
        .clone()
        .filter(|row| row.active_at.is_some() && row.disabled_at.is_none());
    let stored = able.as_ref().and_then(|row| row.password_hash.clone());
    let checked = password::compare(app.config.auth.password_hash, password, stored).await?;
    let now = app.now();
    let warrant = Warrant {
        staff: known.map(|row| row.id),
        act: "auth.login",
        now,
    };
    let able = able.filter(|_| checked != Checked::Wrong);
    let tx = app.db.begin().await?;
    let row = lock(&tx, able.as_ref()).await?;
    let begun = match try_code(app, row.as_ref(), code, now) {
        Ok((row, step)) => Ok(begin(&tx, &warrant, row, step, checked).await?),
        Err(refused) => {
            count(&tx, row.as_ref().filter(|_| refused == Code::TotpInvalid), now).await?;
            warrant.refused(&tx, About::default(), refused.name()).await?;
            Err(LoginError::Refused)
        }
    };
    tx.commit().await?;
    begun
}

/// Somebody who is still as they were when their password was compared. Locked: many
/// guesses at once have no more tries than one after the other.
async fn lock(tx: &impl ConnectionTrait, able: Option<&staff::Model>) -> Result<Option<staff::Model>, DbErr> {
    use staff::Column;
    staff::Entity::find()
        .filter(Column::Id.eq(able.map_or("", |row| row.id.as_str())))
        .filter(Column::PasswordHash.eq(able.and_then(|row| row.password_hash.as_deref())))
        .filter(Column::ActiveAt.is_not_null())
        .filter(Column::DisabledAt.is_null())
        .lock_exclusive()
        .one(tx)
        .await
}

/// The step of a right code; or what is written down of another.
fn try_code<'a>(
    app: &App,
    row: Option<&'a staff::Model>,
    code: &str,
    now: Timestamp,
) -> Result<(&'a staff::Model, i64), Code> {
    let row = row.ok_or(Code::Unauthenticated)?;
    if still_to_wait(row.failures.unsigned_abs(), row.next_try_at, now).is_some() {
        return Err(Code::RateLimited);
    }
    let step = open(app, row).and_then(|secret| secret.step(code, now, row.totp_step));
    step.map(|step| (row, step)).ok_or(Code::TotpInvalid)
}

/// Counts a wrong code of somebody's; nobody's takes as long.
async fn count(tx: &impl ConnectionTrait, row: Option<&staff::Model>, now: Timestamp) -> Result<(), DbErr> {
    use staff::Column;
    let failures = row.map_or(0, |row| row.failures).saturating_add(1);
    let wait = wait_after(failures.unsigned_abs());
    staff::Entity::update_many()
        .col_expr(Column::Failures, Expr::value(failures))
        .col_expr(Column::NextTryAt, Expr::value(now.plus(wait)))
        .filter(Column::Id.eq(row.map_or("", |row| row.id.as_str())))
        .exec(tx)
        .await?;
    Ok(())
}

async fn begin(
    tx: &impl ConnectionTrait,
    warrant: &Warrant,
    row: &staff::Model,
    step: i64,
    checked: Checked,
) -> Result<Begun, DbErr> {
    use staff::Column;
    let mut update = staff::Entity::update_many()
        .col_expr(Column::TotpStep, Expr::value(step))
        .col_expr(Column::Failures, Expr::value(0));
    if let Checked::Outdated(fresh) = checked {
        update = update.col_expr(Column::PasswordHash, Expr::value(fresh));
    }
    update.filter(Column::Id.eq(row.id.clone())).exec(tx).await?;
    let token = token(PREFIX);
    let now = warrant.now;
    let session = staff_session::Model {
        id: StaffSessionId::new(now),
        staff_id: row.id.clone(),
        token_hash: hash(&token),
        created_at: now,
        used_at: now,
        expires_at: now.plus(LONGEST),
        ended_at: None,
    };
    let expires_at = session.expires_at;
    let entry = warrant.done(tx, About::resource(&session.id)).await?;
    staff_session::Entity::insert(session.into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(Begun {
        staff: row.clone(),
        token,
        expires_at,
        entry,
    })
}

/// Whose token this is, if their session is still good. Asked of the database each
/// time: staff are few, and who was disabled is out at once.
///
/// # Errors
/// What the database answers.
pub async fn identify(
    app: &App,
    token: &str,
    now: Timestamp,
) -> Result<Option<(staff::Model, StaffSessionId)>, DbErr> {
    use staff_session::Column;
    if !token.starts_with(PREFIX) {
        return Ok(None);
    }
    let found = staff_session::Entity::find()
        .filter(Column::TokenHash.eq(hash(token)))
        .filter(Column::EndedAt.is_null())
        .one(app.db.read())
        .await?;
    let open = found.filter(|row| now < row.expires_at && now.since(row.used_at) < IDLE);
    let Some(open) = open else { return Ok(None) };
    let staff = staff::Entity::find_by_id(open.staff_id.clone())
        .filter(staff::Column::ActiveAt.is_not_null())
        .filter(staff::Column::DisabledAt.is_null())
        .one(app.db.read())
        .await?;
    let Some(staff) = staff else { return Ok(None) };
    if now.since(open.used_at) >= NOTED_EVERY {
        staff_session::Entity::update_many()
            .col_expr(Column::UsedAt, Expr::value(now))
            .filter(Column::Id.eq(open.id.clone()))
            .exec(app.db.write())
            .await?;
    }
    Ok(Some((staff, open.id)))
}

/// Whose sessions somebody may see and end.
pub enum Whose {
    Own(StaffId),
    Everyones,
}

impl Whose {
    fn sessions(&self) -> Select<staff_session::Entity> {
        let all = staff_session::Entity::find();
        match self {
            Self::Own(staff) => all.filter(staff_session::Column::StaffId.eq(staff.clone())),
            Self::Everyones => all,
        }
    }
}

/// The sessions that are open, newest first.
///
/// # Errors
/// What the database answers.
pub async fn list(
    app: &App,
    whose: &Whose,
    paging: &Paging,
    now: Timestamp,
) -> Result<Vec<staff_session::Model>, DbErr> {
    use staff_session::Column;
    let mut open = whose
        .sessions()
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(now))
        .filter(Column::UsedAt.gt(now.minus(IDLE)))
        .order_by_desc(Column::Id);
    if let Some(after) = &paging.after {
        open = open.filter(Column::Id.lt(after.as_str()));
    }
    open.limit(paging.limit + 1).all(app.db.read()).await
}

/// Ends one of these sessions; `None` when there is none with this id.
///
/// # Errors
/// What the database answers.
pub async fn end_one(
    app: &App,
    warrant: &Warrant,
    whose: &Whose,
    id: &StaffSessionId,
) -> Result<Option<Entry>, DbErr> {
    let known = whose.sessions().filter(staff_session::Column::Id.eq(id.clone()));
    match known.one(app.db.read()).await? {
        Some(_) => end(app, warrant, id).await.map(Some),
        None => Ok(None),
    }
}

/// Ends one session, unless it has ended before.
///
/// # Errors
/// What the database answers.
pub async fn end(app: &App, warrant: &Warrant, id: &StaffSessionId) -> Result<Entry, DbErr> {
    let tx = app.db.begin().await?;
    staff_session::Entity::update_many()
        .col_expr(staff_session::Column::EndedAt, Expr::value(Some(warrant.now)))
        .filter(staff_session::Column::Id.eq(id.clone()))
        .filter(staff_session::Column::EndedAt.is_null())
        .exec(&tx)
        .await?;
    let entry = warrant.done(&tx, About::resource(id)).await?;
    tx.commit().await?;
    Ok(entry)
}

/// Ends all sessions of one of the staff.
///
/// # Errors
/// What the database answers.
pub async fn end_all(tx: &impl ConnectionTrait, staff: &StaffId, now: Timestamp) -> Result<(), DbErr> {
    staff_session::Entity::update_many()
        .col_expr(staff_session::Column::EndedAt, Expr::value(Some(now)))
        .filter(staff_session::Column::StaffId.eq(staff.clone()))
        .filter(staff_session::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}

/// Removes sessions that have been over for a while. The audit log stays.
///
/// # Errors
/// What the database answers.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    staff_session::Entity::delete_many()
        .filter(staff_session::Column::ExpiresAt.lt(app.now().minus(KEPT)))
        .exec(app.db.write())
        .await?;
    Ok(())
}
