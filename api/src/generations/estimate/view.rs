//! What a generation would cost, as the API shows it.

use std::collections::BTreeMap;

use entity::Credits;
use poem_openapi::Object;
use poem_openapi::types::Example;
use serde_json::Value;

use crate::catalog::PriceUnit;
use crate::http::{Code, FieldError, Nullable};

/// What a generation would cost, and what stands against it.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct EstimatedGeneration {
    /// As you asked for it: an id or an alias.
    pub model: String,
    /// The id of the model that would run; null if none would.
    pub model_resolved: Nullable<String>,
    /// The price list that it is estimated by.
    pub price_version: Nullable<String>,
    /// The least that it costs if it succeeds; whatever fails costs nothing. Null without a price.
    pub min: Nullable<Credits>,
    /// The most that it can cost: so much is held. Null without a price.
    pub max: Nullable<Credits>,
    /// How `max` comes about.
    pub lines: Vec<EstimateLine>,
    /// Why it would be refused; empty if it would be accepted.
    pub blockers: Vec<Blocker>,
}

/// A line of the price: `quantity` units at `credits`, times the multipliers.
#[derive(Debug, Clone, Object)]
pub struct EstimateLine {
    pub unit: PriceUnit,
    /// How many images, seconds, characters or tokens at most.
    pub quantity: u64,
    /// For one unit: one image or second, 1,000 characters or tokens.
    pub credits: Credits,
    pub multipliers: Vec<AppliedMultiplier>,
    pub subtotal: Credits,
}

/// A multiplier that the input picked.
#[derive(Debug, Clone, Object)]
pub struct AppliedMultiplier {
    /// A field of the input.
    pub field: String,
    pub value: String,
    pub factor: Credits,
}

/// Why a generation would be refused, as the error of the request would say it.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_empty)]
pub struct Blocker {
    pub code: Code,
    /// What to do about it.
    pub detail: String,
    /// What is wrong with the generation, one by one; pointers begin at its own body.
    #[oai(default)]
    pub errors: Vec<FieldError>,
    /// What else the error would say: `required`, `available`, `replaced_by`…
    #[oai(default)]
    pub context: BTreeMap<String, Value>,
}

impl Example for EstimatedGeneration {
    fn example() -> Self {
        let credits = |whole: i64| Credits::from_micro(whole * 1_000_000);
        Self {
            model: "image".to_owned(),
            model_resolved: Some("sandbox-image".to_owned()).into(),
            price_version: Some("2026-11-21".to_owned()).into(),
            min: Some(credits(2)).into(),
            max: Some(credits(4)).into(),
            lines: vec![EstimateLine {
                unit: PriceUnit::Image,
                quantity: 2,
                credits: credits(1),
                multipliers: vec![AppliedMultiplier {
                    field: "quality".to_owned(),
                    value: "high".to_owned(),
                    factor: credits(2),
                }],
                subtotal: credits(4),
            }],
            blockers: Vec::new(),
        }
    }
}
