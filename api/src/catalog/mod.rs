//! The catalogue: which models there are, what they take, what they cost.
//!
//! Models are rows of configuration, never constants: providers retire them at
//! short notice. Without any row, the sandbox's four models are offered.

pub mod http;
mod model;
mod price;

use std::collections::HashMap;
use std::sync::Arc;

pub use model::{InputFault, Model, Usage};

use crate::config;

const SANDBOX: &str = include_str!("sandbox.toml");

#[derive(serde::Deserialize)]
struct Rows {
    models: Vec<config::Model>,
}

/// The models by id and alias, in the order in which they were configured.
pub struct Catalog {
    models: Vec<Arc<Model>>,
    by_name: HashMap<String, Arc<Model>>,
}

#[derive(Debug, thiserror::Error)]
#[error("`models` can't be used: {0}")]
pub struct CatalogError(String);

impl Catalog {
    /// Reads the configured rows.
    ///
    /// # Errors
    /// When a row has no valid schema, or two have one name.
    pub fn configured(config: &config::Config) -> Result<Self, CatalogError> {
        match (config.models.is_empty(), config.sandbox.enabled) {
            (false, _) => Self::from_rows(config.models.clone()),
            (true, false) => Self::from_rows(Vec::new()),
            (true, true) => Ok(Self::sandbox()),
        }
    }

    /// The models of the sandbox.
    ///
    /// # Panics
    /// When the rows in the source are not valid.
    #[must_use]
    pub fn sandbox() -> Self {
        let rows: Rows = toml::from_str(SANDBOX).expect("the rows are TOML");
        Self::from_rows(rows.models).expect("the rows are valid")
    }

    fn from_rows(rows: Vec<config::Model>) -> Result<Self, CatalogError> {
        let mut catalog = Self {
            models: Vec::new(),
            by_name: HashMap::new(),
        };
        for row in rows {
            let model = Arc::new(Model::new(row).map_err(CatalogError)?);
            for name in std::iter::once(&model.row.id).chain(&model.row.aliases) {
                if catalog.by_name.insert(name.clone(), Arc::clone(&model)).is_some() {
                    return Err(CatalogError(format!("two models are called `{name}`")));
                }
            }
            catalog.models.push(model);
        }
        Ok(catalog)
    }

    /// All models.
    #[must_use]
    pub fn models(&self) -> &[Arc<Model>] {
        &self.models
    }

    /// The model with this id or alias.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Arc<Model>> {
        self.by_name.get(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_has_a_model_of_every_kind() {
        let catalog = Catalog::configured(&config::Config::default()).unwrap();
        let ids: Vec<&str> = catalog
            .models()
            .iter()
            .map(|model| model.row.id.as_str())
            .collect();
        assert_eq!(
            ids,
            ["sandbox-image", "sandbox-video", "sandbox-speech", "sandbox-text"]
        );
    }

    #[test]
    fn two_models_of_one_name_are_refused() {
        let rows: Rows = toml::from_str(SANDBOX).unwrap();
        let twice = [rows.models.clone(), rows.models].concat();
        assert!(Catalog::from_rows(twice).is_err());
    }
}
