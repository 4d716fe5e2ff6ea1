//! Rows of configuration: the models of the catalogue and the packs for sale.

use std::collections::BTreeMap;

use entity::{Credits, Money, Timestamp, generation};
use serde::{Deserialize, Serialize};

use super::moment;

/// A row of the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub id: String,
    pub kind: generation::Kind,
    pub display_name: String,
    #[serde(default)]
    pub description: String,
    pub provider: String,
    /// What the provider calls it; empty: the same.
    #[serde(default)]
    pub provider_model: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Who else makes it, in the order in which they are asked.
    #[serde(default)]
    pub fallback: Vec<Fallback>,
    /// ISO 3166 codes of the countries where it is processed.
    pub countries: Vec<String>,
    /// What makes the transfer there lawful.
    pub mechanism: String,
    pub price_version: String,
    pub pricing: Vec<PriceLine>,
    #[serde(default)]
    pub cancelable: bool,
    /// Whether what it makes can be followed while it is made.
    #[serde(default)]
    pub streams: bool,
    /// When its end was announced, or will be.
    #[serde(default, with = "moment", skip_serializing_if = "Option::is_none")]
    pub deprecated_at: Option<Timestamp>,
    /// When it ends.
    #[serde(default, with = "moment", skip_serializing_if = "Option::is_none")]
    pub shutdown_at: Option<Timestamp>,
    /// The id of the row that takes its place; empty: none.
    #[serde(default)]
    pub replaced_by: String,
    #[serde(default)]
    pub after_shutdown: AfterShutdown,
    /// Longest run, in seconds, unless the request asks for less.
    pub timeout_seconds: u64,
    /// JSON Schema 2020-12 of `input`, as JSON text.
    pub input_schema: String,
}

/// What becomes of a call to a model that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterShutdown {
    /// It is answered with 410, naming the successor.
    #[default]
    Refuse,
    /// The successor runs it.
    Remap,
}

/// One line of a price: so much a unit, times the factors that apply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceLine {
    pub unit: Unit,
    pub credits: Credits,
    /// Input field, value, factor: `{ quality = { high = "2" } }`.
    #[serde(default)]
    pub multipliers: BTreeMap<String, BTreeMap<String, Credits>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Image,
    Second,
    #[serde(rename = "1000_characters")]
    Characters,
    #[serde(rename = "1000_tokens")]
    Tokens,
}

/// Who else makes the same, when the model's own provider can't.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fallback {
    pub provider: String,
    /// What this provider calls the model; empty: as its row does.
    #[serde(default)]
    pub provider_model: String,
    /// Where it is processed then: only requests that allow all of these fall back.
    pub countries: Vec<String>,
}

/// A pack of credits for sale.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub id: String,
    pub display_name: String,
    pub credits: Credits,
    pub prices: Vec<Money>,
    /// How long the credits last, as an ISO 8601 period; empty: for ever.
    #[serde(default)]
    pub lasts: String,
}
