//! A model: its row, its schema ready to validate, its price, its end.

use std::sync::Arc;

use entity::Timestamp;
use serde_json::{Map, Value};

use crate::config::{self, AfterShutdown, PriceLine};
use crate::http::{Ending, by_value};

pub struct Model {
    pub row: config::Model,
    /// The document that is published; it is the validator's own source.
    pub input_schema: Value,
    /// The lines of its price, under `row.price_version`.
    pub prices: Arc<[PriceLine]>,
    validator: jsonschema::Validator,
}

/// Something in `input` that the model's schema does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFault {
    /// A JSON pointer into `input`.
    pub pointer: String,
    pub detail: String,
}

impl Model {
    pub(super) fn new(row: config::Model) -> Result<Self, String> {
        let input_schema = serde_json::from_str(&row.input_schema)
            .map_err(|error| format!("the schema of `{}` is no JSON: {error}", row.id))?;
        let input_schema = by_value(input_schema);
        let validator = jsonschema::draft202012::new(&input_schema)
            .map_err(|error| format!("the schema of `{}` is refused: {error}", row.id))?;
        Ok(Self {
            prices: row.pricing.as_slice().into(),
            row,
            input_schema,
            validator,
        })
    }

    /// Checks `input` and fills in what the schema has a default for.
    ///
    /// # Errors
    /// Every fault, with its place; the texts never repeat the input.
    pub fn complete(&self, input: &Map<String, Value>) -> Result<Map<String, Value>, Vec<InputFault>> {
        let mut input = input.clone();
        for (name, property) in self.properties() {
            if let Some(default) = property.get("default").filter(|_| !input.contains_key(name)) {
                input.insert(name.clone(), default.clone());
            }
        }
        // Types of the contract have numbers of their own: a `speed` of 1 is a float.
        let instance = by_value(Value::Object(input));
        let faults: Vec<InputFault> = self
            .validator
            .iter_errors(&instance)
            .take(20)
            .map(|error| InputFault {
                pointer: error.instance_path().to_string(),
                detail: error.masked_with("the value").to_string(),
            })
            .collect();
        match (faults.is_empty(), instance) {
            (true, Value::Object(input)) => Ok(input),
            _ => Err(faults),
        }
    }

    /// The fields of `input` that the schema knows, each with its own schema.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&String, &Value)> {
        let properties = self.input_schema.get("properties").and_then(Value::as_object);
        properties.into_iter().flatten()
    }

    /// Whether the schema knows this field of `input`.
    #[must_use]
    pub fn takes(&self, field: &str) -> bool {
        self.properties().any(|(name, _)| name == field)
    }

    /// Whether the schema has nothing against this value of the field, as far as the
    /// field alone tells.
    pub(super) fn may_be(&self, field: &str, value: &Value) -> bool {
        let instance = Value::Object([(field.to_owned(), value.clone())].into_iter().collect());
        let place = format!("/{}", field.replace('~', "~0").replace('/', "~1"));
        let mut errors = self.validator.iter_errors(&instance);
        !errors.any(|error| error.instance_path().to_string().starts_with(&place))
    }

    /// What the schema fills in for a field of `input`.
    #[must_use]
    pub fn default_of(&self, field: &str) -> Option<&Value> {
        self.input_schema.get("properties")?.get(field)?.get("default")
    }

    /// Whether its end has come.
    #[must_use]
    pub fn has_ended(&self, now: Timestamp) -> bool {
        self.row.shutdown_at.is_some_and(|end| end <= now)
    }

    /// Its end, if that was announced.
    #[must_use]
    pub fn ending(&self) -> Option<Ending> {
        let row = &self.row;
        row.deprecated_at.map(|announced| Ending {
            deprecated_at: Some(announced),
            ends_at: row.shutdown_at,
            successor: self.successor().map(|id| format!("/v1/models/{id}")),
        })
    }

    /// The row that takes its place.
    #[must_use]
    pub fn successor(&self) -> Option<&str> {
        Some(self.row.replaced_by.as_str()).filter(|id| !id.is_empty())
    }

    /// The successor that runs what is asked of this model after its end.
    pub(super) fn remaps_to(&self) -> Option<&str> {
        let remaps = self.row.after_shutdown == AfterShutdown::Remap;
        self.successor().filter(|_| remaps)
    }
}
