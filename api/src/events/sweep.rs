//! Events are kept for thirty days.

use std::time::Duration;

use sea_orm::DbErr;

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
    loop {
        let db = app.db.write();
        let some = db::some_rows_sql(db, "event", "created_at < $1 AND seq IS NOT NULL", SOME);
        let values = vec![app.now().minus(KEPT).into()];
        if db::execute(db, &format!("DELETE FROM event WHERE {some}"), values).await? < SOME {
            return Ok(());
        }
    }
}
