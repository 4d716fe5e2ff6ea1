//! Checks what is asked, prices it and has it admitted.

use std::sync::Arc;
use std::time::Duration;

use entity::{Credits, GenerationId, KeyId, Timestamp};
use serde_json::{Map, Value};

use super::admit::{Admissions, Admitted, NewGeneration, Refused};
use crate::catalog::{Catalog, InputFault, Model};
use crate::credits::Owner;

/// A request as it came, parsed.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub owner: Owner,
    pub key: Option<KeyId>,
    pub model: String,
    pub input: Map<String, Value>,
    pub metadata: Map<String, Value>,
    pub end_user: Option<String>,
    pub saved: bool,
    pub max_cost: Option<Credits>,
    pub deadline: Option<Timestamp>,
    pub regions: Option<Vec<String>>,
    /// The idempotency key and the fingerprint of the request.
    pub once: Option<(String, String)>,
}

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("there is no model `{0}`")]
    UnknownModel(String),
    #[error("the model does not take this input")]
    Input(Vec<InputFault>),
    #[error("the model is processed outside the regions that were allowed")]
    Region { countries: Vec<String> },
    #[error("it costs up to {estimated}, more than {max_cost}")]
    MaxCost { estimated: Credits, max_cost: Credits },
    #[error("the deadline has passed")]
    DeadlinePassed,
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// Checks, prices and admits. Nothing is held for what is refused.
///
/// # Errors
/// Why it was not admitted.
pub async fn create(
    catalog: &Catalog,
    admissions: &Admissions,
    wanted: Wanted,
    now: Timestamp,
) -> Result<Admitted, CreateError> {
    let model = catalog
        .find(&wanted.model)
        .ok_or_else(|| CreateError::UnknownModel(wanted.model.clone()))?;
    let input = completed(model, &wanted.input)?;
    if let Some(regions) = &wanted.regions {
        let countries = &model.row.countries;
        if !countries.iter().all(|country| regions.contains(country)) {
            return Err(CreateError::Region {
                countries: countries.clone(),
            });
        }
    }
    let estimated = model.price(&input, model.planned(&input)).ok_or_else(too_much)?;
    if let Some(max_cost) = wanted.max_cost.filter(|max_cost| estimated > *max_cost) {
        return Err(CreateError::MaxCost { estimated, max_cost });
    }
    let longest = now.plus(Duration::from_secs(model.row.timeout_seconds));
    let deadline_at = wanted.deadline.map_or(longest, |deadline| deadline.min(longest));
    if deadline_at <= now {
        return Err(CreateError::DeadlinePassed);
    }
    let new = NewGeneration {
        id: GenerationId::new(now),
        owner: wanted.owner,
        key: wanted.key,
        model: Arc::clone(model),
        asked: wanted.model,
        input,
        metadata: wanted.metadata,
        end_user: wanted.end_user,
        saved: wanted.saved,
        estimated,
        deadline_at,
        once: wanted.once,
    };
    Ok(admissions.admit(new).await?)
}

/// The input with the schema's defaults and, where the model takes one, a seed:
/// so that whoever likes what came can have it again.
fn completed(model: &Model, input: &Map<String, Value>) -> Result<Map<String, Value>, CreateError> {
    let mut input = model.complete(input).map_err(CreateError::Input)?;
    if model.takes("seed") && !input.contains_key("seed") {
        input.insert("seed".to_owned(), rand::random::<u32>().into());
    }
    Ok(input)
}

fn too_much() -> CreateError {
    let detail = "this input costs more than any amount of credits".to_owned();
    CreateError::Input(vec![InputFault {
        pointer: String::new(),
        detail,
    }])
}
