//! Pages of events: newest first to look around, or onwards from one that was seen.
//!
//! An event is shown once it has its place in the order. Were one shown before, another
//! that is committed meanwhile could be placed in front of it, and whoever goes on from
//! the first would miss it.

use std::time::Duration;

use entity::event::{self, Column};
use entity::{EventId, Timestamp};
use sea_orm::{ColumnTrait as _, DbErr, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::Kind;
use crate::app::App;
use crate::credits::Owner;
use crate::http::Paging;

/// What must hold of each event; `None` holds of all.
#[derive(Debug, Clone)]
pub struct Filters {
    pub kind: Option<Kind>,
    pub subject: Option<String>,
    pub created_after: Option<Timestamp>,
    pub created_before: Option<Timestamp>,
}

/// How long a transaction may take from the time that its events bear.
const WAIT: Duration = Duration::from_secs(3600);

/// A page, newest first, and one row more where there are more.
///
/// # Errors
/// What the database answers.
pub async fn newest(
    app: &App,
    owner: &Owner,
    filters: Filters,
    paging: &Paging,
) -> Result<Vec<event::Model>, DbErr> {
    let mut query = filtered(owner, &filters);
    if let Some(after) = &paging.after {
        query = query.filter(Column::Id.lt(after.as_str()));
    }
    if let Some(from) = filters.created_after {
        let first = EventId::least(from.minus(WAIT));
        query = query
            .filter(Column::CreatedAt.gte(from))
            .filter(Column::Id.gte(first));
    }
    if let Some(to) = filters.created_before {
        let last = EventId::least(to.plus(Duration::from_millis(1)));
        query = query.filter(Column::CreatedAt.lt(to)).filter(Column::Id.lt(last));
    }
    query
        .order_by_desc(Column::Id)
        .limit(paging.limit + 1)
        .all(app.db.read())
        .await
}

/// A page, in the order in which events were numbered, after the number `seq`.
///
/// # Errors
/// What the database answers.
pub async fn onwards(
    app: &App,
    owner: &Owner,
    filters: Filters,
    seq: i64,
    paging: &Paging,
) -> Result<Vec<event::Model>, DbErr> {
    filtered(owner, &filters)
        .filter(Column::Seq.gt(seq))
        .order_by_asc(Column::Seq)
        .limit(paging.limit + 1)
        .all(app.db.read())
        .await
}

/// One of the owner's.
///
/// # Errors
/// What the database answers.
pub async fn find(app: &App, owner: &Owner, id: &EventId) -> Result<Option<event::Model>, DbErr> {
    placed(owner)
        .filter(Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await
}

/// Where what follows an event of the owner's begins; `None` where there is no such
/// event.
///
/// # Errors
/// What the database answers.
pub async fn place_of(app: &App, owner: &Owner, id: &EventId) -> Result<Option<i64>, DbErr> {
    Ok(find(app, owner, id).await?.and_then(|event| event.seq))
}

fn placed(owner: &Owner) -> sea_orm::Select<event::Entity> {
    event::Entity::of(&owner.account, owner.livemode).filter(Column::Seq.is_not_null())
}

fn filtered(owner: &Owner, filters: &Filters) -> sea_orm::Select<event::Entity> {
    let mut query = placed(owner);
    if let Some(kind) = filters.kind {
        query = query.filter(Column::Kind.eq(kind));
    }
    if let Some(subject) = &filters.subject {
        query = query.filter(Column::Subject.eq(subject.as_str()));
    }
    query
}
