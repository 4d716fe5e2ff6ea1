//! What a request for a batch says.

use std::collections::BTreeMap;

use entity::Credits;
use entity::event::Kind as EventKind;
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::generations::input::CreateGeneration;

/// What to make together.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct CreateBatch {
    /// What to make, one by one: the bodies of `POST /v1/generations`, each with a `reference` if you like.
    #[oai(validator(min_items = 1, max_items = 1000))]
    pub generations: Vec<BatchGeneration>,
    /// Refuse the batch if all of it together could cost more than this.
    pub max_cost: Option<Credits>,
    /// An `https` address to which this batch's events are sent, besides your endpoints; signed with the secret of
    /// `GET /v1/webhook-endpoints/default-secret`. It takes the scope `generations:read`, too.
    #[oai(validator(min_length = 1, max_length = 2048))]
    pub webhook_url: Option<String>,
    /// The types that `webhook_url` is sent; `batch.ended`, if absent. Types of generations are sent of each that has no
    /// `webhook_url` of its own.
    #[oai(validator(min_items = 1, max_items = 20, unique_items))]
    pub webhook_events: Option<Vec<EventKind>>,
    /// Your own data about the batch: up to 50 keys with texts of up to 500 characters.
    pub metadata: Option<BTreeMap<String, String>>,
}

/// One of a batch.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct BatchGeneration {
    /// Your own name for it, which comes back with its result. No two of a batch may have the same.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub reference: Option<String>,
    #[oai(flatten)]
    pub generation: CreateGeneration,
}

impl Example for CreateBatch {
    fn example() -> Self {
        Self {
            generations: vec![BatchGeneration::example()],
            max_cost: None,
            webhook_url: None,
            webhook_events: None,
            metadata: None,
        }
    }
}

impl Example for BatchGeneration {
    fn example() -> Self {
        Self {
            reference: Some("page-1".to_owned()),
            generation: CreateGeneration {
                max_cost: None,
                ..CreateGeneration::example()
            },
        }
    }
}
