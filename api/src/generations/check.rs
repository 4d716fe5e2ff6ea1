//! What a request comes to, before anything is written: the model that would run,
//! the input with all defaults, the price, and every reason to refuse it.
//!
//! Creating, estimating and batching all ask here, so that they never disagree.

use std::sync::Arc;
use std::time::Duration;

use entity::{Credits, Timestamp};
use serde_json::{Map, Value};

use super::admit::Refused;
use super::wanted::Wanted;
use crate::catalog::{Catalog, InputFault, Model, NotOffered, Usage, price};
use crate::outbound;

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("there is no model `{0}`")]
    UnknownModel(String),
    #[error("the model has ended")]
    ModelGone { replaced_by: Option<String> },
    #[error("the key may not ask for this model")]
    ModelNotAllowed { models: Vec<String> },
    #[error("the model does not take this input")]
    Input(Vec<InputFault>),
    #[error("there is more metadata than is kept")]
    Metadata,
    #[error("the webhook's address is refused: {0}")]
    WebhookUrl(outbound::Refused),
    #[error("the webhook would tell what the caller may not read")]
    WebhookScope,
    #[error("the webhook wants events that are not of a generation")]
    WebhookEvents,
    #[error("the entry {0} of the regions is no country")]
    NoCountry(usize),
    #[error("the model is processed outside the regions that were allowed")]
    Region { countries: Vec<String> },
    #[error("it costs up to {estimated}, more than {max_cost}")]
    MaxCost { estimated: Credits, max_cost: Credits },
    #[error("the deadline has passed")]
    DeadlinePassed,
    #[error("there is no such estimate")]
    NoEstimate,
    #[error("the estimate's time is over")]
    EstimateExpired,
    #[error("the estimate says nothing of this model")]
    NotEstimated,
    #[error(transparent)]
    Refused(#[from] Refused),
}

/// What would be made, at which price.
#[derive(Clone)]
pub struct Priced {
    pub model: Arc<Model>,
    /// With the schema's defaults.
    pub input: Map<String, Value>,
    /// The least that it costs if it succeeds.
    pub least: Credits,
    /// The most that it can cost.
    pub estimated: Credits,
    /// How that comes about.
    pub lines: Vec<price::Priced>,
    pub price_version: String,
    pub deadline_at: Timestamp,
}

/// The price, as far as there is one, and all that stands against it.
pub struct Checked {
    pub priced: Option<Priced>,
    pub refusals: Vec<CreateError>,
}

impl Checked {
    /// What may be admitted.
    ///
    /// # Errors
    /// The first reason to refuse it.
    pub fn admissible(self) -> Result<Priced, CreateError> {
        match (self.refusals.into_iter().next(), self.priced) {
            (None, Some(priced)) => Ok(priced),
            (Some(refusal), _) => Err(refusal),
            (None, None) => Err(too_much()),
        }
    }
}

/// Checks and prices a request. Nothing is written.
#[must_use]
pub fn check(catalog: &Catalog, wanted: &Wanted, now: Timestamp) -> Checked {
    let (asked, model) = match catalog.resolve(&wanted.model, now) {
        Ok(resolved) => (resolved.asked, resolved.model),
        Err(NotOffered::Unknown) => return refused(CreateError::UnknownModel(wanted.model.clone())),
        Err(NotOffered::Gone { replaced_by }) => return refused(CreateError::ModelGone { replaced_by }),
    };
    let input = match completed(&model, &wanted.input) {
        Ok(input) => input,
        Err(refusal) => return refused(refusal),
    };
    let (version, prices) = match (&wanted.estimate, &wanted.locked) {
        (None, _) => (&model.row.price_version, &model.prices),
        (Some(_), Some(locked)) if locked.model == model.row.id => (&locked.version, &locked.lines),
        (Some(_), _) => return refused(CreateError::NotEstimated),
    };
    let planned = Usage::planned(model.row.kind, &input);
    let lines = price::itemize(prices, &input, planned);
    let least = price::quote(prices, &input, planned.least());
    let estimated = lines.as_deref().and_then(price::total);
    let (Some(lines), Some(least), Some(estimated)) = (lines, least, estimated) else {
        return refused(too_much());
    };
    let mut refusals = Vec::new();
    // Whoever may have a model may have what an operator put in its place.
    let bounds = &wanted.bounds;
    if !bounds.allow_model(&asked.row.id) && !bounds.allow_model(&model.row.id) {
        let models = bounds.models.iter().flatten().cloned();
        refusals.push(CreateError::ModelNotAllowed {
            models: models.collect(),
        });
    }
    let countries = &model.row.countries;
    if let Some(regions) = &wanted.regions
        && !countries.iter().all(|country| regions.contains(country))
    {
        refusals.push(CreateError::Region {
            countries: countries.clone(),
        });
    }
    if let Some(max_cost) = wanted.max_cost.filter(|max_cost| estimated > *max_cost) {
        refusals.push(CreateError::MaxCost { estimated, max_cost });
    }
    let longest = now.plus(Duration::from_secs(model.row.timeout_seconds));
    let deadline_at = wanted.deadline.map_or(longest, |deadline| deadline.min(longest));
    if deadline_at <= now {
        refusals.push(CreateError::DeadlinePassed);
    }
    let priced = Priced {
        price_version: version.clone(),
        model,
        input,
        least,
        estimated,
        lines,
        deadline_at,
    };
    Checked {
        priced: Some(priced),
        refusals,
    }
}

fn refused(refusal: CreateError) -> Checked {
    Checked {
        priced: None,
        refusals: vec![refusal],
    }
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
