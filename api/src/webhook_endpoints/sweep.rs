//! What is forgotten: deliveries after thirty days, and at an erasure what they say.

use entity::{EventId, Timestamp, delivery, event};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use crate::app::App;
use crate::db;
use crate::events;

/// Rows deleted in one transaction.
const SOME: u64 = 500;

/// Why a delivery goes nowhere any more.
pub const ERASED: &str = "the address was erased";

/// What goes, and when.
const OLD: &[(&str, &str)] = &[
    ("delivery", "created_at < $1 AND ended_at IS NOT NULL"),
    (
        "webhook_endpoint",
        "deleted_at < $1 AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.endpoint_id = webhook_endpoint.id)",
    ),
    (
        "delivery_lane",
        "due_at IS NULL AND lease_token IS NULL AND CAST($1 AS BIGINT) > 0
            AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.lane_id = delivery_lane.id AND d.next_attempt_at IS NOT NULL)",
    ),
];

/// Deletes what is older than thirty days, and lanes in which nothing waits.
///
/// # Errors
/// What the database answers.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    let before = app.now().minus(events::KEPT);
    for (table, condition) in OLD {
        loop {
            let db = app.db.write();
            let some = db::some_rows_sql(db, table, condition, SOME);
            let deleted = db::execute(
                db,
                &format!("DELETE FROM {table} WHERE {some}"),
                vec![before.into()],
            )
            .await?;
            if deleted < SOME {
                break;
            }
        }
    }
    Ok(())
}

/// Forgets what was told about a subject, in the transaction that erases it. What
/// still waits for an endpoint tells no more than what happened to which id; what
/// waits for a request's own address is canceled with that address.
///
/// # Errors
/// What the database answers.
pub async fn erase(tx: &impl ConnectionTrait, subject: &str, now: Timestamp) -> Result<(), DbErr> {
    use delivery::Column;
    events::erase(tx, subject).await?;
    let rows = event::Entity::find()
        .filter(event::Column::Subject.eq(subject))
        .all(tx)
        .await?;
    let ids: Vec<EventId> = rows.into_iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    delivery::Entity::update_many()
        .col_expr(Column::Status, Expr::value(delivery::Status::Canceled))
        .col_expr(Column::NextAttemptAt, Expr::value(Option::<i64>::None))
        .col_expr(Column::EndedAt, Expr::value(Some(now)))
        .col_expr(Column::Error, Expr::value(Some(ERASED)))
        .filter(Column::EventId.is_in(ids.clone()))
        .filter(Column::Url.is_not_null())
        .filter(Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    delivery::Entity::update_many()
        .col_expr(Column::Url, Expr::value(Option::<String>::None))
        .col_expr(Column::ResponseExcerpt, Expr::value(Option::<String>::None))
        .filter(Column::EventId.is_in(ids))
        .exec(tx)
        .await?;
    Ok(())
}
