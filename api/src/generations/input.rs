//! What a request for a generation says.

use std::collections::BTreeMap;

use entity::event::Kind as EventKind;
use entity::{Credits, EstimateId, Timestamp};
use poem_openapi::Object;
use poem_openapi::types::Example;

use crate::catalog::GenerationInput;

/// What to make, and under which conditions.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct CreateGeneration {
    /// Id or alias of a model; `GET /v1/models` lists them.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub model: String,
    pub input: GenerationInput,
    /// Refuse the request if it could cost more than this.
    pub max_cost: Option<Credits>,
    /// Expire, uncharged, what has not ended by then.
    pub deadline: Option<Timestamp>,
    /// ISO 3166 codes of the countries in which it may be processed; others are refused.
    #[oai(validator(min_items = 1, max_items = 50))]
    pub regions: Option<Vec<String>>,
    /// An `https` address to which this generation's events are sent, besides your endpoints; signed with the secret
    /// of `GET /v1/webhook-endpoints/default-secret`. It takes the scope `generations:read`, too.
    #[oai(validator(min_length = 1, max_length = 2048))]
    pub webhook_url: Option<String>,
    /// The types that `webhook_url` is sent; how it ended, if absent.
    #[oai(validator(min_items = 1, max_items = 20, unique_items))]
    pub webhook_events: Option<Vec<EventKind>>,
    /// Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can filter by it.
    pub metadata: Option<BTreeMap<String, String>>,
    /// Your own stable name for the person on whose behalf you ask; a pseudonym will do.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub end_user: Option<String>,
    /// Keep the outputs beyond the operator's usual time.
    pub saved: Option<bool>,
    /// An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices are by now.
    pub estimate_id: Option<EstimateId>,
    /// Only check and price it: nothing is made, held or remembered, and the answer is 200 with what it would cost, or
    /// the error that it would meet.
    pub validate_only: Option<bool>,
}

impl Example for CreateGeneration {
    fn example() -> Self {
        Self {
            model: "sandbox-image".to_owned(),
            input: GenerationInput::example(),
            max_cost: Some(Credits::from_micro(2_000_000)),
            deadline: None,
            regions: None,
            webhook_url: None,
            webhook_events: None,
            metadata: None,
            end_user: Some("customer-7".to_owned()),
            saved: None,
            estimate_id: None,
            validate_only: None,
        }
    }
}
