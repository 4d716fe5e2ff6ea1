//! One reading of the rows: the models by id and alias, in the order in which they
//! were configured. It never changes; a new reading takes its place.

use std::collections::HashMap;
use std::sync::Arc;

use super::check::{check_row, check_successors};
use super::{CatalogError, Model};
use crate::config;

const SANDBOX: &str = include_str!("sandbox.toml");

#[derive(serde::Deserialize)]
struct Rows {
    models: Vec<config::Model>,
}

pub(super) struct Listing {
    pub models: Vec<Arc<Model>>,
    by_name: HashMap<String, Arc<Model>>,
}

impl Listing {
    /// Without any row, the sandbox's four models are offered.
    pub fn configured(config: &config::Config) -> Result<Self, CatalogError> {
        match (config.models.is_empty(), config.sandbox.enabled) {
            (false, _) => Self::from_rows(config.models.clone()),
            (true, false) => Self::from_rows(Vec::new()),
            (true, true) => Ok(Self::sandbox()),
        }
    }

    pub fn sandbox() -> Self {
        Self::from_rows(sandbox_rows()).expect("the rows are valid")
    }

    pub fn from_rows(rows: Vec<config::Model>) -> Result<Self, CatalogError> {
        let mut listing = Self {
            models: Vec::new(),
            by_name: HashMap::new(),
        };
        for row in rows {
            let model = Arc::new(Model::new(row).map_err(CatalogError::Row)?);
            check_row(&model).map_err(CatalogError::Row)?;
            for name in std::iter::once(&model.row.id).chain(&model.row.aliases) {
                if listing.by_name.insert(name.clone(), Arc::clone(&model)).is_some() {
                    return Err(CatalogError::Row(format!("two models are called `{name}`")));
                }
            }
            listing.models.push(model);
        }
        let rows: Vec<&config::Model> = listing.models.iter().map(|model| &model.row).collect();
        check_successors(&rows).map_err(CatalogError::Row)?;
        Ok(listing)
    }

    pub fn find(&self, name: &str) -> Option<&Arc<Model>> {
        self.by_name.get(name)
    }
}

fn sandbox_rows() -> Vec<config::Model> {
    let rows: Rows = toml::from_str(SANDBOX).expect("the rows are TOML");
    rows.models
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sandbox_has_a_model_of_every_kind() {
        let listing = Listing::configured(&config::Config::default()).unwrap();
        let ids: Vec<&str> = listing.models.iter().map(|model| model.row.id.as_str()).collect();
        assert_eq!(
            ids,
            ["sandbox-image", "sandbox-video", "sandbox-speech", "sandbox-text"]
        );
    }

    /// Why the sandbox's rows are refused after a change to the first of them.
    fn refused(change: impl FnOnce(&mut config::Model)) -> String {
        let mut rows = sandbox_rows();
        change(&mut rows[0]);
        match Listing::from_rows(rows) {
            Err(error) => error.to_string(),
            Ok(_) => String::new(),
        }
    }

    #[test]
    fn what_could_not_work_is_refused_by_name() {
        let moment = |text: &str| Some(text.parse().unwrap());
        assert!(
            refused(|row| row.aliases = vec!["video".to_owned()]).contains("two models are called `video`")
        );
        assert!(refused(|row| row.pricing.clear()).contains("no pricing"));
        assert!(refused(|row| row.pricing[0].unit = config::Unit::Second).contains("does not count"));
        assert!(
            refused(|row| drop(
                row.pricing[0]
                    .multipliers
                    .insert("qualty".to_owned(), Default::default())
            ))
            .contains("`qualty`")
        );
        let factor = |row: &mut config::Model, field: &str, key: &str| {
            let factors = row.pricing[0].multipliers.entry(field.to_owned()).or_default();
            factors.insert(key.to_owned(), entity::Credits::from_micro(1));
        };
        for (field, key) in [
            ("quality", "highest"),
            ("n", "eleven"),
            ("n", "11"),
            ("n", "1.5"),
            ("n", ""),
        ] {
            let said = refused(|row| factor(row, field, key));
            assert!(
                said.contains(&format!("`{key}` of `{field}`")),
                "{field} {key}: {said}"
            );
        }
        assert_eq!(refused(|row| factor(row, "n", "2.0")), "");
        let said = refused(|row| {
            factor(row, "n", "2.0");
            factor(row, "n", "2");
        });
        assert!(said.contains("two multipliers for one value of `n`"), "{said}");
        let takes = |properties: &str| {
            let schema = format!(r#"{{"type": "object", "properties": {{"quality": {{}}, {properties}}}}}"#);
            refused(|row| row.input_schema = schema)
        };
        assert!(takes(r#""top_p": {}"#).contains("takes `top_p`"));
        assert!(takes(r#""n": {"default": "1"}"#).contains("takes \"1\" for `n`"));
        assert!(takes(r#""speed": {"enum": [1, "fast"]}"#).contains("takes \"fast\" for `speed`"));
        assert_eq!(takes(r#""n": {"default": 1.0}, "speed": {"enum": [1, 2.5]}"#), "");
        assert!(refused(|row| row.shutdown_at = moment("2027-01-01T00:00:00Z")).contains("deprecated_at"));
        assert!(refused(|row| row.after_shutdown = config::AfterShutdown::Remap).contains("replaced_by"));
        for (successor, why) in [
            ("sandbox-image", "itself"),
            ("image", "no row"),
            ("sandbox-video", "something else"),
        ] {
            let said = refused(|row| row.replaced_by = successor.to_owned());
            assert!(said.contains(why), "{successor}: {said}");
        }
        assert_eq!(refused(|_| ()), "");
    }
}
