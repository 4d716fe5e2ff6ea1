//! What becomes due by the clock: requests that nobody confirmed expire, and
//! archives are removed.

use std::time::Duration;

use entity::data_request::{self, Status};
use entity::{Timestamp, file};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, Condition, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::told;
use crate::accounts::codes;
use crate::app::App;
use crate::files;
use crate::signals::Signal;

/// How long an archive can be downloaded.
const ARCHIVE_LIFE: Duration = Duration::from_secs(14 * 24 * 60 * 60);

const BATCH: u64 = 50;

/// Until when a request can be confirmed.
pub(super) fn code_expires_at(received_at: Timestamp) -> Timestamp {
    received_at.plus(codes::LIFE)
}

/// When the archive of a request that was fulfilled then is removed.
pub(super) fn archive_expires_at(fulfilled_at: Timestamp) -> Timestamp {
    fulfilled_at.plus(ARCHIVE_LIFE)
}

/// Ends requests whose code was not entered in time.
///
/// # Errors
/// What the database answers.
pub async fn expire_unverified(app: &App, now: Timestamp) -> Result<(), DbErr> {
    use data_request::Column;
    let due = Condition::all()
        .add(Column::Status.eq(Status::AwaitingVerification))
        .add(Column::ReceivedAt.lte(now.minus(codes::LIFE)));
    // Looked at once a second: without need, nothing is written.
    let found = data_request::Entity::find()
        .filter(due.clone())
        .limit(BATCH)
        .all(app.db.read())
        .await?;
    for row in found {
        let tx = app.db.begin().await?;
        let expired = data_request::Entity::update_many()
            .col_expr(Column::Status, Expr::value(Status::Expired))
            .col_expr(Column::EndedAt, Expr::value(now))
            .filter(due.clone())
            .filter(Column::Id.eq(row.id.clone()))
            .exec(&tx)
            .await?;
        // Of many processes, one tells.
        if expired.rows_affected == 1 {
            told::tell(&tx, app, &row, Status::Expired, now).await?;
        }
        tx.commit().await?;
        app.signals.tell(Signal::Work);
    }
    Ok(())
}

/// Removes archives whose time is over.
///
/// # Errors
/// What the database answers.
pub async fn remove_old_archives(app: &App, now: Timestamp) -> Result<(), DbErr> {
    use data_request::Column;
    loop {
        let due = data_request::Entity::find()
            .filter(Column::ArchiveId.is_not_null())
            .filter(Column::EndedAt.lte(now.minus(ARCHIVE_LIFE)))
            .limit(BATCH)
            .all(app.db.read())
            .await?;
        if due.is_empty() {
            return Ok(());
        }
        let tx = app.db.begin().await?;
        let archives = due.iter().filter_map(|row| row.archive_id.clone());
        let rows = file::Entity::find()
            .filter(file::Column::Id.is_in(archives))
            .all(&tx)
            .await?;
        files::forget(&tx, rows, now).await?;
        data_request::Entity::update_many()
            .col_expr(Column::ArchiveId, Expr::value(Option::<String>::None))
            .filter(Column::Id.is_in(due.iter().map(|row| row.id.clone())))
            .exec(&tx)
            .await?;
        tx.commit().await?;
        app.signals.tell(Signal::Work);
    }
}
