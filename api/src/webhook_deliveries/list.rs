//! Pages of deliveries, newest first.

use entity::delivery::{self, Column, Status};
use entity::{DeliveryId, EventId};
use sea_orm::{ColumnTrait as _, DbErr, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use crate::app::App;
use crate::credits::Owner;
use crate::http::Paging;

/// What must hold of each delivery; `None` holds of all.
#[derive(Debug, Clone)]
pub struct Filters {
    pub subject: Option<String>,
    pub event: Option<EventId>,
    pub status: Option<Status>,
}

/// A page, and one row more where there are more.
///
/// # Errors
/// What the database answers.
pub async fn page(
    app: &App,
    owner: &Owner,
    filters: Filters,
    paging: &Paging,
) -> Result<Vec<delivery::Model>, DbErr> {
    let mut query = delivery::Entity::of(&owner.account, owner.livemode);
    if let Some(subject) = filters.subject {
        query = query.filter(Column::Subject.eq(subject));
    }
    if let Some(event) = filters.event {
        query = query.filter(Column::EventId.eq(event));
    }
    if let Some(status) = filters.status {
        query = query.filter(Column::Status.eq(status));
    }
    if let Some(after) = &paging.after {
        query = query.filter(Column::Id.lt(after.as_str()));
    }
    query
        .order_by_desc(Column::Id)
        .limit(paging.limit + 1)
        .all(app.db.read())
        .await
}

/// One of the owner's.
///
/// # Errors
/// What the database answers.
pub async fn find(app: &App, owner: &Owner, id: &DeliveryId) -> Result<Option<delivery::Model>, DbErr> {
    delivery::Entity::of(&owner.account, owner.livemode)
        .filter(Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await
}
