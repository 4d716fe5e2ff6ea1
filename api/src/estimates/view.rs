//! An estimate, as the API shows it.

use std::time::Duration;

use entity::{Credits, EstimateId, Timestamp};
use poem_openapi::Object;
use poem_openapi::types::{Example, ParseFromJSON as _, ToJSON as _};
use serde_json::Value;

use crate::generations::estimate::view::EstimatedGeneration;
use crate::generations::input::CreateGeneration;
use crate::http::{Nullable, example};

/// What is to be estimated.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct CreateEstimate {
    /// Bodies as for `POST /v1/generations`.
    #[oai(validator(min_items = 1, max_items = 100))]
    pub generations: Vec<CreateGeneration>,
}

/// What generations would cost, at prices that hold until `expires_at` for requests with this `estimate_id`.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Estimate {
    pub id: EstimateId,
    /// Whether all of them, asked for in this order, would be accepted now.
    pub admissible: bool,
    /// The least that they cost together if all succeed; null beyond the largest amount of credits.
    pub min: Nullable<Credits>,
    /// The most that they can cost together; null beyond the largest amount of credits.
    pub max: Nullable<Credits>,
    /// What could be spent when this was estimated.
    pub available: Credits,
    /// In the order of the request.
    pub generations: Vec<EstimatedGeneration>,
    pub livemode: bool,
    pub created_at: Timestamp,
    /// Until then a generation with this `estimate_id` is priced as it is here.
    pub expires_at: Timestamp,
}

impl Estimate {
    /// As it is kept.
    #[must_use]
    pub fn written(&self) -> Value {
        self.to_json().unwrap_or_default()
    }

    /// As it was kept; `None` when that is nothing of ours.
    #[must_use]
    pub fn read(kept: Value) -> Option<Self> {
        Self::parse_from_json(Some(kept)).ok()
    }
}

impl Example for CreateEstimate {
    fn example() -> Self {
        Self {
            generations: vec![CreateGeneration {
                max_cost: None,
                end_user: None,
                ..CreateGeneration::example()
            }],
        }
    }
}

impl Example for Estimate {
    fn example() -> Self {
        let credits = |whole: i64| Credits::from_micro(whole * 1_000_000);
        Self {
            id: example::id("est"),
            admissible: true,
            min: Some(credits(2)).into(),
            max: Some(credits(4)).into(),
            available: credits(997),
            generations: vec![EstimatedGeneration::example()],
            livemode: false,
            created_at: example::MOMENT,
            expires_at: example::MOMENT.plus(Duration::from_secs(15 * 60)),
        }
    }
}
