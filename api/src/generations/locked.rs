//! A price that an estimate locked for a while.

use std::sync::Arc;

use entity::estimate;
use sea_orm::{ColumnTrait as _, QueryFilter as _};

use super::admit::Refused;
use super::check::CreateError;
use super::wanted::Wanted;
use crate::app::App;
use crate::catalog::Catalog;
use crate::config::PriceLine;

/// What a model costs, as it was estimated.
#[derive(Debug, Clone)]
pub struct LockedPrice {
    pub model: String,
    pub version: String,
    pub lines: Arc<[PriceLine]>,
}

/// Looks up the price that the named estimate locked, if one is named.
///
/// # Errors
/// When there is no such estimate, or its time is over.
pub async fn lock(app: &App, catalog: &Catalog, wanted: &mut Wanted) -> Result<(), CreateError> {
    let Some(id) = &wanted.estimate else { return Ok(()) };
    let now = app.now();
    let row = estimate::Entity::of(&wanted.owner.account, wanted.owner.livemode)
        .filter(estimate::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await
        .map_err(Refused::from)?
        .ok_or(CreateError::NoEstimate)?;
    if row.expires_at <= now {
        return Err(CreateError::EstimateExpired);
    }
    let Ok(resolved) = catalog.resolve(&wanted.model, now) else {
        return Ok(());
    };
    let model = resolved.model.row.id.clone();
    let version = row.prices.get(&model).and_then(serde_json::Value::as_str);
    let version = version.ok_or(CreateError::NotEstimated)?.to_owned();
    let lines = catalog.prices(&app.db, &model, &version).await;
    let lines = lines.map_err(Refused::from)?.ok_or(CreateError::NotEstimated)?;
    wanted.locked = Some(LockedPrice {
        model,
        version,
        lines,
    });
    Ok(())
}
