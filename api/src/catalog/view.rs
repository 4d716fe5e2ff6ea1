//! A model, as the API shows it.

use std::collections::{BTreeMap, BTreeSet};

use entity::generation::Kind;
use entity::{Credits, Timestamp};
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object};
use serde_json::Value;

use super::{Catalog, Model, Speed};
use crate::config::{self, PriceLine, Unit};
use crate::http::Nullable;

/// A model that you can generate with.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Model", example)]
pub struct ModelView {
    /// What to send as `model`.
    #[oai(validator(max_length = 100))]
    pub id: String,
    pub kind: Kind,
    pub display_name: String,
    pub description: String,
    /// Who runs it.
    pub provider: String,
    pub processing: Processing,
    /// JSON Schema 2020-12 of `input`: the very document that requests are checked against.
    pub input_schema: BTreeMap<String, Value>,
    pub pricing: Vec<Price>,
    /// The price list; a generation keeps the one that it was admitted under.
    pub price_version: String,
    pub charge_policy: ChargePolicy,
    /// Whether it can be stopped once it runs.
    pub cancelable: bool,
    /// Whether what it makes can be followed while it is made.
    pub streams: bool,
    /// Half of the last runs here took no longer, in seconds; null before the first one.
    pub p50_seconds: Nullable<f64>,
    /// Of twenty runs here, nineteen took no longer, in seconds; null before the first one.
    pub p95_seconds: Nullable<f64>,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// When its end was announced. Calls to it carry `Deprecation` and `Sunset` headers.
    pub deprecated_at: Nullable<Timestamp>,
    /// When it ends. A call after that is run by `replaced_by` if the operator decided so, else answered with 410
    /// `model_gone`.
    pub shutdown_at: Nullable<Timestamp>,
    /// The id of the model that takes its place.
    pub replaced_by: Nullable<String>,
    /// After so many seconds a generation expires, uncharged.
    pub timeout_seconds: u64,
}

impl Example for ModelView {
    fn example() -> Self {
        let speed = Speed {
            p50_seconds: Some(0.18),
            p95_seconds: Some(0.31),
        };
        show(&Catalog::sandbox().models()[0], speed)
    }
}

/// Where a model's input is processed.
#[derive(Debug, Clone, Object)]
pub struct Processing {
    /// ISO 3166 codes; `ZZ` is this server itself.
    pub countries: Vec<String>,
    /// Where else it may be processed when that is out of order. `regions` on a generation rules out what it does
    /// not name.
    pub fallback_countries: Vec<String>,
    /// What makes the transfer there lawful.
    pub mechanism: String,
}

/// A line of a price: so many credits a unit, times the factors that the input picks.
#[derive(Debug, Clone, Object)]
pub struct Price {
    pub unit: PriceUnit,
    /// For one unit.
    pub credits: Credits,
    /// Input field, value, factor.
    pub multipliers: BTreeMap<String, BTreeMap<String, Credits>>,
}

/// What a price counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum PriceUnit {
    Image,
    Second,
    #[oai(rename = "1000_characters")]
    Characters,
    #[oai(rename = "1000_tokens")]
    Tokens,
}

/// When a model is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum ChargePolicy {
    /// For what it made, when it succeeded; nothing else costs.
    OnSuccess,
}

/// All models on offer.
#[derive(Debug, Clone, Object)]
pub struct Models {
    pub data: Vec<ModelView>,
}

/// A model as it is published, with how long it takes here.
pub fn show(model: &Model, speed: Speed) -> ModelView {
    let row = &model.row;
    let schema = model.input_schema.as_object().cloned().unwrap_or_default();
    ModelView {
        id: row.id.clone(),
        kind: row.kind,
        display_name: row.display_name.clone(),
        description: row.description.clone(),
        provider: row.provider.clone(),
        processing: Processing {
            countries: row.countries.clone(),
            fallback_countries: fallback_countries(row),
            mechanism: row.mechanism.clone(),
        },
        input_schema: schema.into_iter().collect(),
        pricing: row.pricing.iter().map(price).collect(),
        price_version: row.price_version.clone(),
        charge_policy: ChargePolicy::OnSuccess,
        cancelable: row.cancelable,
        streams: row.streams,
        p50_seconds: speed.p50_seconds.into(),
        p95_seconds: speed.p95_seconds.into(),
        deprecated_at: row.deprecated_at.into(),
        shutdown_at: row.shutdown_at.into(),
        replaced_by: model.successor().map(str::to_owned).into(),
        aliases: row.aliases.clone(),
        timeout_seconds: row.timeout_seconds,
    }
}

/// Those of all fallbacks, each once.
fn fallback_countries(row: &config::Model) -> Vec<String> {
    let countries = row.fallback.iter().flat_map(|fallback| &fallback.countries);
    let others = countries.filter(|country| !row.countries.contains(country));
    others.cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

fn price(line: &PriceLine) -> Price {
    Price {
        unit: line.unit.into(),
        credits: line.credits,
        multipliers: line.multipliers.clone(),
    }
}

impl From<Unit> for PriceUnit {
    fn from(unit: Unit) -> Self {
        match unit {
            Unit::Image => Self::Image,
            Unit::Second => Self::Second,
            Unit::Characters => Self::Characters,
            Unit::Tokens => Self::Tokens,
        }
    }
}
