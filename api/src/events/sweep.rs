//! Events are kept for thirty days. What was swept away is written down: it is not
//! missed, even if the clock was ahead and was set back.

use std::time::Duration;

use entity::event_sequence;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use crate::app::App;
use crate::db;

pub const KEPT: Duration = Duration::from_secs(30 * 24 * 3600);

/// Rows deleted in one transaction.
const SOME: u64 = 500;

/// Deletes what is older.
///
/// # Errors
/// What the database answers.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    let before = app.now().minus(KEPT);
    event_sequence::Entity::update_many()
        .col_expr(event_sequence::Column::SweptBefore, Expr::value(before))
        .filter(event_sequence::Column::SweptBefore.lt(before))
        .exec(app.db.write())
        .await?;
    loop {
        let db = app.db.write();
        let some = db::some_rows_sql(db, "event", "created_at < $1 AND seq IS NOT NULL", SOME);
        let values = vec![before.into()];
        if db::execute(db, &format!("DELETE FROM event WHERE {some}"), values).await? < SOME {
            return Ok(());
        }
    }
}
