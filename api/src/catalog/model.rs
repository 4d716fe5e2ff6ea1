//! A model: its row, its schema ready to validate, its price.

use entity::Credits;
use entity::generation::Kind;
use serde_json::{Map, Value};

use super::price;
use crate::config;

pub struct Model {
    pub row: config::Model,
    /// The document that is published; it is the validator's own source.
    pub input_schema: Value,
    validator: jsonschema::Validator,
}

/// Something in `input` that the model's schema does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFault {
    /// A JSON pointer into `input`.
    pub pointer: String,
    pub detail: String,
}

/// What there is to pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    pub images: u64,
    pub seconds: u64,
    pub characters: u64,
    pub tokens: u64,
}

impl Model {
    pub(super) fn new(row: config::Model) -> Result<Self, String> {
        let input_schema: Value = serde_json::from_str(&row.input_schema)
            .map_err(|error| format!("the schema of `{}` is no JSON: {error}", row.id))?;
        let validator = jsonschema::draft202012::new(&input_schema)
            .map_err(|error| format!("the schema of `{}` is refused: {error}", row.id))?;
        if row.pricing.is_empty() {
            return Err(format!("`{}` has no pricing", row.id));
        }
        Ok(Self {
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
        let properties = self.input_schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            if let Some(default) = property.get("default").filter(|_| !input.contains_key(name)) {
                input.insert(name.clone(), default.clone());
            }
        }
        let instance = Value::Object(input);
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

    /// Whether the schema knows this field of `input`.
    #[must_use]
    pub fn takes(&self, field: &str) -> bool {
        self.input_schema
            .get("properties")
            .and_then(|properties| properties.get(field))
            .is_some()
    }

    /// The most that this input can make.
    #[must_use]
    pub fn planned(&self, input: &Map<String, Value>) -> Usage {
        let count = |field: &str| input.get(field).and_then(Value::as_u64);
        let characters = written(input).map(|text| text.chars().count() as u64).sum();
        match self.row.kind {
            Kind::Image => Usage {
                images: count("n").unwrap_or(1),
                characters,
                ..Usage::default()
            },
            Kind::Video => Usage {
                seconds: count("seconds").unwrap_or(1),
                characters,
                ..Usage::default()
            },
            Kind::Speech => Usage {
                characters,
                ..Usage::default()
            },
            // A token is seldom shorter than one byte: the most that a text can count as.
            Kind::Text => Usage {
                tokens: written(input).map(|text| text.len() as u64).sum::<u64>()
                    + count("max_tokens").unwrap_or(0),
                characters,
                ..Usage::default()
            },
        }
    }

    /// What `usage` costs for this input; `None` beyond the largest amount.
    #[must_use]
    pub fn price(&self, input: &Map<String, Value>, usage: Usage) -> Option<Credits> {
        price::quote(&self.row.pricing, input, usage)
    }
}

/// The texts that a model reads: the prompt, or the messages.
fn written(input: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let messages = input
        .get("messages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let contents = messages.filter_map(|message| message.get("content").and_then(Value::as_str));
    input
        .get("prompt")
        .and_then(Value::as_str)
        .into_iter()
        .chain(contents)
}
