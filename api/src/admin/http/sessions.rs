//! `/admin/v1/sessions`.

use entity::staff::Role;
use entity::{StaffId, StaffSessionId, Timestamp, staff_session};
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::{Object, OpenApi};

use super::Tag;
use super::audited::Audited;
use super::guard::{Anyone, Staff};
use crate::admin::audit::About;
use crate::admin::session::{self, Whose};
use crate::app::App;
use crate::http::{ApiError, Listed, NoContent, Paging};

/// A session that is open, without its token.
#[derive(Debug, Object)]
struct OpenStaffSession {
    id: StaffSessionId,
    staff_id: StaffId,
    /// Whether it is the one that asks.
    current: bool,
    /// When somebody signed in.
    created_at: Timestamp,
    /// Exact to a minute or so.
    last_used_at: Timestamp,
    /// At the latest; half an hour without a request ends it before.
    expires_at: Timestamp,
}

impl OpenStaffSession {
    fn of(row: staff_session::Model, own: &StaffSessionId) -> Self {
        Self {
            current: row.id == *own,
            id: row.id,
            staff_id: row.staff_id,
            created_at: row.created_at,
            last_used_at: row.used_at,
            expires_at: row.expires_at,
        }
    }
}

/// An owner looks after everyone's.
fn whose(staff: &Staff<Anyone>) -> Whose {
    match staff.row.role {
        Role::Owner => Whose::Everyones,
        _ => Whose::Own(staff.row.id.clone()),
    }
}

pub struct SessionsApi;

#[OpenApi(prefix_path = "/admin/v1/sessions", tag = "Tag::Entrance")]
impl SessionsApi {
    /// List sessions
    ///
    /// Your own that are open, newest first. An owner sees everyone's.
    #[oai(path = "/", method = "get", operation_id = "sessions.list")]
    async fn list(
        &self,
        staff: Staff<Anyone>,
        app: Data<&App>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Audited<Listed<OpenStaffSession>>, ApiError> {
        let paging = Paging::read(&app, &staff.list("sessions.list"), *limit, cursor.as_deref())?;
        let warrant = staff.warrant(&app, "sessions.list");
        let rows = session::list(&app, &whose(&staff), &paging, warrant.now).await?;
        let entry = warrant.done(app.db.write(), About::default()).await?;
        let shown = |row| OpenStaffSession::of(row, &staff.session);
        let page = paging.page(rows, |row| row.id.to_string(), shown);
        Ok(Audited::by(entry, Listed(page)))
    }

    /// End a session
    ///
    /// Its token is refused from here on. It may be the one that asks. Somebody else's is found by an owner alone.
    #[oai(path = "/:id", method = "delete", operation_id = "sessions.end")]
    async fn end(
        &self,
        staff: Staff<Anyone>,
        app: Data<&App>,
        /// The session's id.
        id: Path<StaffSessionId>,
    ) -> Result<Audited<NoContent>, ApiError> {
        let warrant = staff.warrant(&app, "sessions.end");
        let entry = session::end_one(&app, &warrant, &whose(&staff), &id).await?;
        let entry = entry.ok_or_else(ApiError::not_found)?;
        Ok(Audited::by(entry, NoContent::default()))
    }
}
