//! Objects without a row, left by a crash between store and commit, go after a day.

use std::collections::HashSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use entity::file;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::forget::RemoveError;
use crate::app::App;

const AGE: Duration = Duration::from_secs(24 * 3600);

/// Removes what no row names.
///
/// # Errors
/// When store or database can't be asked.
pub async fn sweep(app: &App) -> Result<(), RemoveError> {
    // By the system's clock, like the store's own dates.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let before = i64::try_from(now.saturating_sub(AGE).as_secs()).unwrap_or_default();
    let mut old = app.store.list("").await?;
    old.retain(|object| object.modified < before);
    for objects in old.chunks(500) {
        let keys = objects.iter().map(|object| object.key.clone());
        let named: HashSet<String> = file::Entity::find()
            .select_only()
            .column(file::Column::StorageKey)
            .filter(file::Column::StorageKey.is_in(keys))
            .into_tuple()
            .all(app.db.read())
            .await?
            .into_iter()
            .collect();
        for object in objects.iter().filter(|object| !named.contains(&object.key)) {
            tracing::info!(key = object.key, "removed an object that no row names");
            app.store.delete(&object.key).await?;
        }
    }
    Ok(())
}
