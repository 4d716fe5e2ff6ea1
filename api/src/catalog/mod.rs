//! The catalogue: which models there are, what they take, what they cost, when
//! they end.
//!
//! Models are rows of configuration, never constants: providers retire them at
//! short notice. [`listing`] is one reading of the rows, [`check`] what they must
//! fulfil. A new reading takes the old one's place while the server runs; what is
//! priced keeps the version that it was priced under ([`price_lists`]). [`speeds`]
//! are measured here.

mod check;
pub mod http;
mod input;
mod listing;
mod model;
pub mod price;
mod price_lists;
mod speeds;
mod usage;
mod view;

use std::sync::Arc;

use arc_swap::ArcSwap;
use entity::Timestamp;
use sea_orm::DbErr;

pub use input::GenerationInput;
use listing::Listing;
pub use model::{InputFault, Model};
use price_lists::PriceLists;
pub use speeds::Speed;
use speeds::Speeds;
pub use usage::Usage;
pub use view::PriceUnit;

use crate::config::{Config, PriceLine};
use crate::db::Db;

/// The models on offer, as of the last reading.
pub struct Catalog {
    listing: ArcSwap<Listing>,
    price_lists: PriceLists,
    speeds: Speeds,
}

#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error("`models` can't be used: {0}")]
    Row(String),
    #[error(
        "`models` can't be used: `{model}` has had other prices under the version `{version}`: \
         give them a new `price_version`"
    )]
    Repriced { model: String, version: String },
    #[error("the price lists can't be written down: {0}")]
    Database(#[from] DbErr),
}

/// The model that was asked for, and the one that runs it.
#[derive(Clone)]
pub struct Resolved {
    pub asked: Arc<Model>,
    pub model: Arc<Model>,
}

/// Why no model runs what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotOffered {
    #[error("there is no such model")]
    Unknown,
    #[error("the model has ended")]
    Gone { replaced_by: Option<String> },
}

impl Catalog {
    /// Reads the configured rows, and writes down their prices.
    ///
    /// # Errors
    /// When a row is not valid, or has other prices than its version had before.
    pub async fn open(config: &Config, db: &Db, now: Timestamp) -> Result<Self, CatalogError> {
        let catalog = Self::of(Listing::configured(config)?);
        let listing = catalog.listing.load_full();
        catalog.publish(&listing, db, now).await?;
        Ok(catalog)
    }

    /// Reads the rows again. When they are refused, those read before stay.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn reload(&self, config: &Config, db: &Db, now: Timestamp) -> Result<usize, CatalogError> {
        let listing = Listing::configured(config)?;
        self.publish(&listing, db, now).await?;
        let count = listing.models.len();
        self.listing.store(Arc::new(listing));
        Ok(count)
    }

    async fn publish(&self, listing: &Listing, db: &Db, now: Timestamp) -> Result<(), CatalogError> {
        for model in &listing.models {
            self.price_lists.publish(db, model, now).await?;
        }
        Ok(())
    }

    /// The models of the sandbox.
    ///
    /// # Panics
    /// When the rows in the source are not valid.
    #[must_use]
    pub fn sandbox() -> Self {
        Self::of(Listing::sandbox())
    }

    fn of(listing: Listing) -> Self {
        Self {
            listing: ArcSwap::from_pointee(listing),
            price_lists: PriceLists::default(),
            speeds: Speeds::default(),
        }
    }

    /// All models, those past their end too.
    #[must_use]
    pub fn models(&self) -> Vec<Arc<Model>> {
        self.listing.load().models.clone()
    }

    /// The model with this id or alias, even past its end.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<Arc<Model>> {
        self.listing.load().find(name).map(Arc::clone)
    }

    /// The model that runs what is asked of `name`: its own, or the one that an
    /// operator put in its place after its end.
    ///
    /// # Errors
    /// When there is none.
    pub fn resolve(&self, name: &str, now: Timestamp) -> Result<Resolved, NotOffered> {
        let listing = self.listing.load();
        let asked = listing.find(name).ok_or(NotOffered::Unknown)?;
        let mut model = asked;
        // Circles were refused when the rows were read.
        while model.has_ended(now) {
            let next = model.remaps_to().and_then(|id| listing.find(id));
            model = next.ok_or_else(|| NotOffered::Gone {
                replaced_by: model.successor().map(str::to_owned),
            })?;
        }
        Ok(Resolved {
            asked: Arc::clone(asked),
            model: Arc::clone(model),
        })
    }

    /// The prices of a model under a version, current or not.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn prices(
        &self,
        db: &Db,
        model: &str,
        version: &str,
    ) -> Result<Option<Arc<[PriceLine]>>, DbErr> {
        self.price_lists.find(db, model, version).await
    }

    /// How long the models take here.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn speed(&self, db: &Db, model: &Model, now: Timestamp) -> Result<Speed, DbErr> {
        self.speeds.of(db, &model.row.id, now).await
    }
}
