//! What changes the ways into an account takes a session whose owner proved just
//! now who they are: by signing in, or once more by `auth.step_up`. So a session
//! that was left open, or a token that was copied, can't lock its owner out.

use std::time::Duration;

use entity::{SessionId, Timestamp, session};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::Caller;
use crate::app::App;
use crate::http::{ApiError, Code};

/// How long a proof counts.
pub const LIFE: Duration = Duration::from_secs(15 * 60);

/// Whether a session's owner proved just now who they are.
///
/// # Errors
/// What the database answers.
pub async fn is_fresh(db: &impl ConnectionTrait, session: &SessionId, now: Timestamp) -> Result<bool, DbErr> {
    let row = session::Entity::find_by_id(session.clone())
        .filter(session::Column::EndedAt.is_null())
        .one(db)
        .await?;
    Ok(row.is_some_and(|row| row.proved_at.plus(LIFE) > now))
}

/// The caller's session, if it is fresh.
///
/// # Errors
/// `not_found` for a key, which has no session; `step_up_required` after [`LIFE`].
pub async fn require_fresh(app: &App, caller: &Caller) -> Result<SessionId, ApiError> {
    let session = caller.session.clone().ok_or_else(ApiError::not_found)?;
    match is_fresh(app.db.read(), &session, app.now()).await? {
        true => Ok(session),
        false => Err(step_up_required()),
    }
}

/// What a session that is not fresh is told.
#[must_use]
pub fn step_up_required() -> ApiError {
    let detail = "This takes a proof from the last 15 minutes that it is you. Call `auth.step_up` with your password \
                  or a code, or sign in again, and repeat the request.";
    ApiError::new(Code::StepUpRequired, detail)
}
