//! Who runs a generation: its model's provider, or one that the operator put
//! behind it, where the request allows its countries. In test mode, nobody but the
//! sandbox: no paid provider is ever asked with test credits.

use entity::generation;
use serde_json::Value;

use crate::catalog::Model;
use crate::providers::SANDBOX;

/// A provider that may run it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub provider: String,
    /// What the provider calls the model.
    pub model: String,
    pub countries: Vec<String>,
}

/// Who runs what is asked of a model first: the lane in which it waits.
#[must_use]
pub fn first(model: &Model, livemode: bool) -> &str {
    match livemode {
        true => &model.row.provider,
        false => SANDBOX,
    }
}

/// All who may run it, in the order in which they are asked.
#[must_use]
pub fn places(model: &Model, row: &generation::Model) -> Vec<Place> {
    let own = &model.row;
    let named = |name: &str| match name {
        "" => own.id.clone(),
        name => name.to_owned(),
    };
    let mut places = vec![Place {
        provider: first(model, row.livemode).to_owned(),
        model: named(&own.provider_model),
        // What the sandbox draws in place of another leaves this server nowhere.
        countries: match row.livemode || own.provider == SANDBOX {
            true => own.countries.clone(),
            false => Vec::new(),
        },
    }];
    let fallback = own.fallback.iter().filter(|_| row.livemode);
    let fallback = fallback.filter(|fallback| allowed(row, &fallback.countries));
    places.extend(fallback.map(|fallback| Place {
        provider: fallback.provider.clone(),
        model: match fallback.provider_model.as_str() {
            "" => named(&own.provider_model),
            name => name.to_owned(),
        },
        countries: fallback.countries.clone(),
    }));
    places
}

/// Whether the request lets it be processed in all of these countries.
#[must_use]
pub fn allowed(row: &generation::Model, countries: &[String]) -> bool {
    let Some(regions) = row.regions.as_ref().and_then(Value::as_array) else {
        return true;
    };
    countries
        .iter()
        .all(|country| regions.iter().any(|region| region.as_str() == Some(country)))
}
