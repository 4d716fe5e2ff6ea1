//! `/admin/v1/staff`.

use entity::StaffId;
use entity::staff::Role;
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use super::Tag;
use super::audited::Audited;
use super::guard::{Owner, Staff};
use super::view::StaffMember;
use crate::accounts::Address;
use crate::admin::audit::About;
use crate::admin::rows;
use crate::admin::staff::{self as people, ChangeError, InviteError};
use crate::app::App;
use crate::http::{ApiError, Body, Code, Created, Listed, Paging};

/// Who is to become staff.
#[derive(Debug, Object)]
#[oai(example)]
struct Invite {
    #[oai(validator(min_length = 3, max_length = 254, pattern = r"^[^@\s]+@[^@\s]+$"))]
    email: String,
    role: Role,
}

impl Example for Invite {
    fn example() -> Self {
        Self {
            email: "grace@studio.example".to_owned(),
            role: Role::Support,
        }
    }
}

/// Another role.
#[derive(Debug, Object)]
#[oai(example)]
struct ChangeRole {
    role: Role,
}

impl Example for ChangeRole {
    fn example() -> Self {
        Self { role: Role::Finance }
    }
}

/// Somebody who may set themselves up.
#[derive(Debug, Object)]
struct Invited {
    staff: StaffMember,
    /// For `setup.begin`, within an hour. It is shown this once: hand it over on a way that you trust.
    setup_token: String,
}

impl From<InviteError> for ApiError {
    fn from(error: InviteError) -> Self {
        match error {
            InviteError::Taken => Self::new(
                Code::Conflict,
                "Somebody with this address is staff already, or was. `staff.list` shows them; `tintype admin new` \
                 lets them set themselves up anew.",
            ),
            InviteError::Database(error) => error.into(),
        }
    }
}

impl From<ChangeError> for ApiError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::not_found(),
            ChangeError::LastOwner => Self::new(
                Code::Conflict,
                "This is the last owner who can sign in. Make another one first.",
            ),
            ChangeError::Database(error) => error.into(),
        }
    }
}

pub struct StaffApi;

#[OpenApi(prefix_path = "/admin/v1/staff", tag = "Tag::Staff")]
impl StaffApi {
    /// List staff
    ///
    /// All who are or were staff, newest first.
    #[oai(path = "/", method = "get", operation_id = "staff.list")]
    async fn list(
        &self,
        staff: Staff<Owner>,
        app: Data<&App>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Audited<Listed<StaffMember>>, ApiError> {
        let paging = Paging::read(&app, &staff.list("staff.list"), *limit, cursor.as_deref())?;
        let rows = rows::staff(&app.db, &paging).await?;
        let warrant = staff.warrant(&app, "staff.list");
        let entry = warrant.done(app.db.write(), About::default()).await?;
        let page = paging.page(rows, |row| row.id.to_string(), StaffMember::from);
        Ok(Audited::by(entry, Listed(page)))
    }

    /// Invite somebody
    ///
    /// They set up a password and an authenticator app with the token of the answer. Fails with 409 `conflict` for an
    /// address that is known.
    #[oai(path = "/", method = "post", operation_id = "staff.invite")]
    async fn invite(
        &self,
        staff: Staff<Owner>,
        app: Data<&App>,
        body: Body<Invite>,
    ) -> Result<Audited<Created<Invited>>, ApiError> {
        let address: Address = body.email.parse()?;
        let warrant = staff.warrant(&app, "staff.invite");
        let (row, setup_token, entry) = people::invite(&app, &warrant, &address, body.role).await?;
        let location = format!("/admin/v1/staff/{}", row.id);
        let answer = Invited {
            staff: row.into(),
            setup_token,
        };
        Ok(Audited::by(entry, Created::at(location, answer)))
    }

    /// Change somebody's role
    ///
    /// From their next request on. Fails with 409 `conflict` for the last owner who can sign in.
    #[oai(path = "/:id", method = "patch", operation_id = "staff.update")]
    async fn update(
        &self,
        staff: Staff<Owner>,
        app: Data<&App>,
        /// Whose.
        id: Path<StaffId>,
        body: Body<ChangeRole>,
    ) -> Result<Audited<Json<StaffMember>>, ApiError> {
        let warrant = staff.warrant(&app, "staff.update");
        let (row, entry) = people::change_role(&app, &warrant, &id, body.role).await?;
        Ok(Audited::by(entry, Json(row.into())))
    }

    /// Disable somebody
    ///
    /// Their sessions end at once, and they can't sign in any more; what they did stays in the audit log. Fails with
    /// 409 `conflict` for the last owner who can sign in.
    #[oai(path = "/:id/disable", method = "post", operation_id = "staff.disable")]
    async fn disable(
        &self,
        staff: Staff<Owner>,
        app: Data<&App>,
        /// Whom.
        id: Path<StaffId>,
    ) -> Result<Audited<Json<StaffMember>>, ApiError> {
        let warrant = staff.warrant(&app, "staff.disable");
        let (row, entry) = people::disable(&app, &warrant, &id).await?;
        Ok(Audited::by(entry, Json(row.into())))
    }
}
