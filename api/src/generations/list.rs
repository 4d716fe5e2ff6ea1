//! Pages of generations, newest first, by any filters.

use std::time::Duration;

use entity::generation::{self, Column, Kind, Status};
use entity::{BatchId, GenerationId, KeyId, Timestamp, generation_label};
use sea_orm::sea_query::ExprTrait as _;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, IntoSimpleExpr as _, JoinType, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, RelationDef,
};

use crate::app::App;
use crate::credits::Owner;
use crate::http::Paging;

/// What must hold of each row; `None` holds of all.
#[derive(Debug, Clone)]
pub struct Filters {
    pub status: Option<Status>,
    /// The model that ran.
    pub model: Option<String>,
    pub kind: Option<Kind>,
    pub key_id: Option<KeyId>,
    pub batch_id: Option<BatchId>,
    pub end_user: Option<String>,
    /// At this time or later.
    pub created_after: Option<Timestamp>,
    pub created_before: Option<Timestamp>,
    /// The label of an entry of the metadata.
    pub label: Option<String>,
}

/// How long a request may wait between being given its id and being admitted.
const WAIT: Duration = Duration::from_secs(3600);

/// A page of the owner's generations, and one row more where there are more.
///
/// # Errors
/// What the database answers.
pub async fn page(
    app: &App,
    owner: &Owner,
    filters: Filters,
    paging: &Paging,
) -> Result<Vec<generation::Model>, DbErr> {
    let mut query = generation::Entity::of(&owner.account, owner.livemode);
    // Every index that serves a filter goes on with the id, so a page begins where
    // the last one ended and reads no more rows than it shows.
    let mut place = Column::Id.into_simple_expr();
    if let Some(label) = filters.label {
        use generation_label::Column as Label;
        let same: RelationDef = generation::Entity::belongs_to(generation_label::Entity)
            .from(Column::Id)
            .to(Label::GenerationId)
            .into();
        query = query
            .join(JoinType::InnerJoin, same)
            .filter(Label::AccountId.eq(owner.account.clone()))
            .filter(Label::Livemode.eq(owner.livemode))
            .filter(Label::Label.eq(label));
        place = Label::GenerationId.into_simple_expr();
    }
    if let Some(after) = &paging.after {
        query = query.filter(place.clone().lt(after.as_str()));
    }
    if let Some(status) = filters.status {
        query = query.filter(Column::Status.eq(status));
    }
    if let Some(model) = filters.model {
        query = query.filter(Column::ModelResolved.eq(model));
    }
    if let Some(kind) = filters.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(key) = filters.key_id {
        query = query.filter(Column::KeyId.eq(key));
    }
    if let Some(batch) = filters.batch_id {
        query = query.filter(Column::BatchId.eq(batch));
    }
    if let Some(end_user) = filters.end_user {
        query = query.filter(Column::EndUser.eq(end_user));
    }
    if let Some(from) = filters.created_after {
        // Ids sort by time: the index ends where the time does.
        let first = GenerationId::least(from.minus(WAIT));
        query = query
            .filter(Column::CreatedAt.gte(from))
            .filter(place.clone().gte(first.as_str()));
    }
    if let Some(to) = filters.created_before {
        let last = GenerationId::least(to.plus(Duration::from_millis(1)));
        query = query
            .filter(Column::CreatedAt.lt(to))
            .filter(place.clone().lt(last.as_str()));
    }
    query
        .order_by_desc(place)
        .limit(paging.limit + 1)
        .all(app.db.read())
        .await
}
