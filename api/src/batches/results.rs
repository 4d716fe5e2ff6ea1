//! What became of a batch's generations, in the order of its request.

use std::collections::HashMap;
use std::sync::Arc;

use bytes::Bytes;
use entity::{BatchId, GenerationId, batch_item, generation};
use futures_util::stream::{self, Stream};
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::view::BatchResult;
use crate::app::App;
use crate::catalog::Catalog;
use crate::generations::view;
use crate::http::ndjson;

/// Results that are read at a time for a stream.
const AT_ONCE: u64 = 50;

/// Some results behind a position.
///
/// # Errors
/// What the database answers.
pub async fn page(
    app: &App,
    catalog: &Catalog,
    batch: &BatchId,
    after: Option<i32>,
    limit: u64,
) -> Result<Vec<BatchResult>, DbErr> {
    use batch_item::Column;
    let mut items = batch_item::Entity::find().filter(Column::BatchId.eq(batch.clone()));
    if let Some(after) = after {
        items = items.filter(Column::Position.gt(after));
    }
    let items = items
        .order_by_asc(Column::Position)
        .limit(limit)
        .all(app.db.read())
        .await?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let ids = items.iter().map(|item| item.generation_id.clone());
    let rows = generation::Entity::find()
        .filter(generation::Column::Id.is_in(ids))
        .all(app.db.read())
        .await?;
    let shown = view::show(app, catalog, rows).await?;
    let mut shown: HashMap<GenerationId, view::View> =
        shown.into_iter().map(|view| (view.id.clone(), view)).collect();
    let results = items.into_iter().filter_map(|item| {
        Some(BatchResult {
            position: item.position,
            generation: shown.remove(&item.generation_id)?,
            reference: item.reference.into(),
        })
    });
    Ok(results.collect())
}

/// All results as lines of JSON, a few in memory at a time.
pub fn lines(app: App, catalog: Arc<Catalog>, batch: BatchId) -> impl Stream<Item = Result<Bytes, DbErr>> {
    stream::try_unfold(None, move |after| {
        let (app, catalog, batch) = (app.clone(), Arc::clone(&catalog), batch.clone());
        async move {
            let results = page(&app, &catalog, &batch, after, AT_ONCE).await?;
            let last = results.last().map(|result| result.position);
            let lines: String = results.iter().map(ndjson::line).collect();
            Ok(last.map(|last| (Bytes::from(lines), Some(last))))
        }
    })
}
