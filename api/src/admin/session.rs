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
use crate::http::Paging;

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
    let able = able.filter(|_| checked != Checked::Wrong);
    let begun = match able {
        Some(row) => begin(app, row, code, now).await?,
        None => None,
    };
    if let Some(begun) = begun {
        return Ok(begun);
    }
    let warrant = Warrant {
        staff: known.map(|row| row.id),
        act: "auth.login",
        now,
    };
    warrant
        .refused(app.db.write(), About::default(), "unauthenticated")
        .await?;
    Err(LoginError::Refused)
}

/// `None` when the code is wrong or was used before.
async fn begin(app: &App, row: staff::Model, code: &str, now: Timestamp) -> Result<Option<Begun>, DbErr> {
    use staff::Column;
    let secret = open(app, &row);
    let Some(step) = secret.and_then(|secret| secret.step(code, now, row.totp_step)) else {
        return Ok(None);
    };
    let tx = app.db.begin().await?;
    // Of two with the same code, one comes first.
    let taken = staff::Entity::update_many()
        .col_expr(Column::TotpStep, Expr::value(step))
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::TotpStep.lt(step))
        .filter(Column::ActiveAt.is_not_null())
        .filter(Column::DisabledAt.is_null())
        .exec(&tx)
        .await?;
    if taken.rows_affected == 0 {
        return Ok(None);
    }
    let token = token(PREFIX);
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
    let warrant = Warrant {
        staff: Some(row.id.clone()),
        act: "auth.login",
        now,
    };
    let entry = warrant.done(&tx, About::resource(&session.id)).await?;
    staff_session::Entity::insert(session.into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(Some(Begun {
        staff: row,
        token,
        expires_at,
        entry,
    }))
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
