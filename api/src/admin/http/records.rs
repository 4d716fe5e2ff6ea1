//! `/admin/v1/data-requests` and `/admin/v1/audit`.

use entity::data_request::Status;
use entity::{AccountId, StaffId};
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Query;

use super::Tag;
use super::audited::Audited;
use super::guard::{Privacy, Staff};
use super::view::{AuditEntry, RecordedRequest};
use crate::admin::audit::About;
use crate::admin::rows;
use crate::app::App;
use crate::http::{ApiError, Listed, Paging};

pub struct RecordsApi;

#[OpenApi(prefix_path = "/admin/v1", tag = "Tag::Records")]
impl RecordsApi {
    /// List requests about personal data
    ///
    /// Of all accounts, newest first: what was asked and by when it is due, not what was written or answered.
    #[oai(path = "/data-requests", method = "get", operation_id = "data_requests.list")]
    async fn data_requests(
        &self,
        staff: Staff<Privacy>,
        app: Data<&App>,
        /// Only those that stand here.
        status: Query<Option<Status>>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Audited<Listed<RecordedRequest>>, ApiError> {
        let scope = format!("{}\n{:?}", staff.list("data_requests.list"), status.0);
        let paging = Paging::read(&app, &scope, *limit, cursor.as_deref())?;
        let rows = rows::data_requests(&app.db, status.0, &paging).await?;
        let page = paging.page(rows, |row| row.id.to_string(), RecordedRequest::from);
        let warrant = staff.warrant(&app, "data_requests.list");
        let entry = warrant
            .read_about(&app, page.data.iter().map(|shown| &shown.account_id))
            .await?;
        Ok(Audited::by(entry, Listed(page)))
    }

    /// List what staff read and did
    ///
    /// Newest first, with what was refused. Reading it is written down, too.
    #[oai(path = "/audit", method = "get", operation_id = "audit.list")]
    async fn audit(
        &self,
        staff: Staff<Privacy>,
        app: Data<&App>,
        /// Only what this one did.
        #[oai(name = "staff")]
        by: Query<Option<StaffId>>,
        /// Only what was about this account.
        account: Query<Option<AccountId>>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Audited<Listed<AuditEntry>>, ApiError> {
        let scope = format!("{}\n{:?}\n{:?}", staff.list("audit.list"), by.0, account.0);
        let paging = Paging::read(&app, &scope, *limit, cursor.as_deref())?;
        let rows = rows::entries(&app.db, by.0.as_ref(), account.0.as_ref(), &paging).await?;
        let warrant = staff.warrant(&app, "audit.list");
        let entry = warrant.done(app.db.write(), About::default()).await?;
        let page = paging.page(rows, |row| row.id.to_string(), AuditEntry::from);
        Ok(Audited::by(entry, Listed(page)))
    }
}
