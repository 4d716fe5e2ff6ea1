//! Price lists, by model and version: written down once, never changed. So what
//! was admitted under one is settled by it, whatever the catalogue says by then.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use entity::{Timestamp, price_list};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue::Set, DbErr, EntityTrait as _};
use serde_json::Value;

use super::{CatalogError, Model};
use crate::config::PriceLine;
use crate::db::Db;

type Lines = Arc<[PriceLine]>;

/// Those that were read already; operators make few.
#[derive(Default)]
pub(super) struct PriceLists {
    known: Mutex<HashMap<(String, String), Lines>>,
}

impl PriceLists {
    /// Writes down the prices of a model, or finds them written as they are.
    pub async fn publish(&self, db: &Db, model: &Model, now: Timestamp) -> Result<(), CatalogError> {
        use price_list::Column;
        let (id, version) = (&model.row.id, &model.row.price_version);
        let lines = serde_json::to_value(&model.row.pricing)
            .map_err(|error| CatalogError::Row(format!("the pricing of `{id}` can't be written: {error}")))?;
        let row = price_list::ActiveModel {
            model_id: Set(id.clone()),
            version: Set(version.clone()),
            lines: Set(lines.clone()),
            created_at: Set(now),
        };
        price_list::Entity::insert(row)
            .on_conflict(
                OnConflict::columns([Column::ModelId, Column::Version])
                    .do_nothing()
                    .to_owned(),
            )
            .exec_without_returning(db.write())
            .await?;
        let written = price_list::Entity::find_by_id((id.clone(), version.clone()))
            .one(db.write())
            .await?;
        if written.is_some_and(|written| written.lines != lines) {
            return Err(CatalogError::Repriced {
                model: id.clone(),
                version: version.clone(),
            });
        }
        self.keep(id, version, &model.prices);
        Ok(())
    }

    /// The lines of a version; `None` where nobody ever wrote one.
    pub async fn find(&self, db: &Db, model: &str, version: &str) -> Result<Option<Lines>, DbErr> {
        let place = (model.to_owned(), version.to_owned());
        if let Some(lines) = self.known(&place) {
            return Ok(Some(lines));
        }
        let row = price_list::Entity::find_by_id(place).one(db.read()).await?;
        let Some(row) = row else { return Ok(None) };
        let lines: Lines = read(row.lines)?.into();
        self.keep(model, version, &lines);
        Ok(Some(lines))
    }

    fn known(&self, place: &(String, String)) -> Option<Lines> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(place).map(Arc::clone)
    }

    fn keep(&self, model: &str, version: &str, lines: &Lines) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.insert((model.to_owned(), version.to_owned()), Arc::clone(lines));
    }
}

fn read(lines: Value) -> Result<Vec<PriceLine>, DbErr> {
    serde_json::from_value(lines).map_err(|error| DbErr::Json(error.to_string()))
}
