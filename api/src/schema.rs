//! Brings the schema up to date; of several processes that start at once, one does.

use migration::{Migrator, MigratorTrait as _};
use sea_orm::DbErr;

use crate::db::{self, Db};

/// Any number will do, as long as it is ours alone.
const LOCK: i64 = 0x7469_6e74_7970_6531;

/// Applies what is missing.
///
/// # Errors
/// What the database answers.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    if !db.is_postgres() {
        return Migrator::up(db.write(), None).await;
    }
    let waiting = db.begin().await?;
    db::execute(&waiting, "SELECT pg_advisory_xact_lock($1)", vec![LOCK.into()]).await?;
    Migrator::up(db.write(), None).await?;
    waiting.commit().await
}
