//! Accounts that their owners closed and did not open again in time are erased, as
//! if they had asked for it.

use entity::data_request::{self, Column, Right, Status};
use entity::{DataRequestId, Timestamp, account};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _, QuerySelect as _,
};
use serde_json::json;

use super::{request, verify};
use crate::app::App;
use crate::signals::Signal;

const SOME: u64 = 50;

/// Begins the erasure of closed accounts whose time has come.
///
/// # Errors
/// What the database answers.
pub async fn erase_closed(app: &App, now: Timestamp) -> Result<(), DbErr> {
    use account::Column;
    let due = account::Entity::find()
        .filter(Column::EraseAt.lte(now))
        .limit(SOME)
        .all(app.db.read())
        .await?;
    for row in due {
        begin(app, &row, now).await?;
        app.signals.tell(Signal::Work);
    }
    Ok(())
}

async fn begin(app: &App, found: &account::Model, now: Timestamp) -> Result<(), DbErr> {
    let tx = app.db.begin().await?;
    let owner = account::Entity::find_by_id(found.id.clone())
        .filter(account::Column::EraseAt.lte(now))
        .lock_exclusive()
        .one(&tx)
        .await?;
    // Opened again, or begun by another process.
    let Some(owner) = owner else { return Ok(()) };
    account::Entity::update_many()
        .col_expr(account::Column::EraseAt, Expr::value(Option::<Timestamp>::None))
        .col_expr(account::Column::ReopenUntil, Expr::value(now))
        .filter(account::Column::Id.eq(owner.id.clone()))
        .exec(&tx)
        .await?;
    if let Some(row) = write(&tx, app, &owner, now).await? {
        verify::enqueue(&tx, app, &row, owner).await?;
    }
    tx.commit().await
}

/// The request that the owner did not need to make; `None` where one is being
/// fulfilled already.
async fn write(
    tx: &impl ConnectionTrait,
    app: &App,
    owner: &account::Model,
    now: Timestamp,
) -> Result<Option<data_request::Model>, DbErr> {
    let erasure = || {
        data_request::Entity::find()
            .filter(Column::AccountId.eq(owner.id.clone()))
            .filter(Column::Kind.eq(Right::Erasure))
    };
    if erasure()
        .filter(Column::Status.eq(Status::InProgress))
        .one(tx)
        .await?
        .is_some()
    {
        return Ok(None);
    }
    data_request::Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Withdrawn))
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::AccountId.eq(owner.id.clone()))
        .filter(Column::Kind.eq(Right::Erasure))
        .filter(Column::Status.eq(Status::AwaitingVerification))
        .exec(tx)
        .await?;
    let row = data_request::Model {
        id: DataRequestId::new(now),
        account_id: owner.id.clone(),
        livemode: !app.config.sandbox.enabled,
        kind: Right::Erasure,
        status: Status::InProgress,
        statement: None,
        reason: Some("the account was closed, and its time is over".to_owned()),
        actions: json!([]),
        missing: json!([]),
        archive_id: None,
        received_at: now,
        due_at: request::due_at(app, now),
        verified_at: Some(now),
        ended_at: None,
    };
    data_request::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(tx)
        .await?;
    Ok(Some(row))
}
