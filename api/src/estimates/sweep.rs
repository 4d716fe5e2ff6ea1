//! Estimates are forgotten a while after nobody can name them any more.

use std::time::Duration;

use sea_orm::DbErr;

use crate::app::App;
use crate::db;

/// As long as an idempotency key may ask for the answer again, and an hour.
const KEPT: Duration = Duration::from_secs(25 * 60 * 60);

const BATCH: u64 = 1000;

/// Forgets old estimates.
///
/// # Errors
/// What the database answers.
pub async fn sweep(app: &App) -> Result<(), DbErr> {
    let before = app.now().minus(KEPT);
    let some = db::some_rows_sql(app.db.write(), "estimate", "created_at < $1", BATCH);
    let sql = format!("DELETE FROM estimate WHERE {some}");
    while db::execute(app.db.write(), &sql, vec![before.into()]).await? == BATCH {}
    Ok(())
}
