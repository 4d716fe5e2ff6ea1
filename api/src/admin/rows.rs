//! The lists of staff, of requests about personal data and of the audit log: a page
//! at a time, newest first.

use entity::{AccountId, StaffId, audit_entry, data_request, staff};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::db::Db;
use crate::http::Paging;

/// # Errors
/// What the database answers.
pub async fn staff(db: &Db, paging: &Paging) -> Result<Vec<staff::Model>, DbErr> {
    let mut rows = staff::Entity::find().order_by_desc(staff::Column::Id);
    if let Some(after) = &paging.after {
        rows = rows.filter(staff::Column::Id.lt(after.as_str()));
    }
    rows.limit(paging.limit + 1).all(db.read()).await
}

/// # Errors
/// What the database answers.
pub async fn data_requests(
    db: &Db,
    status: Option<data_request::Status>,
    paging: &Paging,
) -> Result<Vec<data_request::Model>, DbErr> {
    use data_request::Column;
    let mut rows = data_request::Entity::find().order_by_desc(Column::Id);
    if let Some(status) = status {
        rows = rows.filter(Column::Status.eq(status));
    }
    if let Some(after) = &paging.after {
        rows = rows.filter(Column::Id.lt(after.as_str()));
    }
    rows.limit(paging.limit + 1).all(db.read()).await
}

/// # Errors
/// What the database answers.
pub async fn entries(
    db: &Db,
    staff: Option<&StaffId>,
    account: Option<&AccountId>,
    paging: &Paging,
) -> Result<Vec<audit_entry::Model>, DbErr> {
    use audit_entry::Column;
    let mut rows = audit_entry::Entity::find().order_by_desc(Column::Id);
    if let Some(staff) = staff {
        rows = rows.filter(Column::StaffId.eq(staff.clone()));
    }
    if let Some(account) = account {
        rows = rows.filter(Column::AccountId.eq(account.clone()));
    }
    if let Some(after) = &paging.after {
        rows = rows.filter(Column::Id.lt(after.as_str()));
    }
    rows.limit(paging.limit + 1).all(db.read()).await
}
