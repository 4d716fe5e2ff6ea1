//! `/v1/models`.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::Credits;
use entity::generation::Kind;
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::web::Data;
use poem::{IntoResponse, Response};
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{Example, ToJSON, Type};
use poem_openapi::{ApiResponse, Enum, Object, OpenApi};
use serde_json::Value;

use super::{Catalog, Model};
use crate::config::{PriceLine, Unit};
use crate::http::{ApiError, Tag};
use crate::secrets::sha256_hex;

pub struct ModelsApi;

/// A model that you can generate with.
#[derive(Debug, Clone, Object)]
#[oai(rename = "Model", example)]
pub struct ModelView {
    /// What to send as `model`.
    #[oai(validator(max_length = 100))]
    pub id: String,
    pub kind: Kind,
    pub display_name: String,
    pub description: String,
    /// Who runs it.
    pub provider: String,
    pub processing: Processing,
    /// JSON Schema 2020-12 of `input`: the very document that requests are checked against.
    pub input_schema: BTreeMap<String, Value>,
    pub pricing: Vec<Price>,
    /// The price list; a generation keeps the one that it was admitted under.
    pub price_version: String,
    pub charge_policy: ChargePolicy,
    /// Whether it can be stopped once it runs.
    pub cancelable: bool,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// After so many seconds a generation expires, uncharged.
    pub timeout_seconds: u64,
}

impl Example for ModelView {
    fn example() -> Self {
        view(&Catalog::sandbox().models()[0])
    }
}

/// Where a model's input is processed.
#[derive(Debug, Clone, Object)]
pub struct Processing {
    /// ISO 3166 codes; `ZZ` is this server itself.
    pub countries: Vec<String>,
    /// What makes the transfer there lawful.
    pub mechanism: String,
}

/// A line of a price: so many credits a unit, times the factors that the input picks.
#[derive(Debug, Clone, Object)]
pub struct Price {
    pub unit: PriceUnit,
    /// For one unit.
    pub credits: Credits,
    /// Input field, value, factor.
    pub multipliers: BTreeMap<String, BTreeMap<String, Credits>>,
}

/// What a price counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum PriceUnit {
    Image,
    Second,
    #[oai(rename = "1000_characters")]
    Characters,
    #[oai(rename = "1000_tokens")]
    Tokens,
}

/// When a model is charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum ChargePolicy {
    /// For what it made, when it succeeded; nothing else costs.
    OnSuccess,
}

/// All models.
#[derive(Debug, Clone, Object)]
pub struct Models {
    pub data: Vec<ModelView>,
}

/// 200 with an `ETag`, or 304 when the reader has it already.
pub struct Tagged<T> {
    body: T,
    unchanged: bool,
    etag: String,
}

impl<T: ToJSON> Tagged<T> {
    fn new(body: T, known: Option<&str>) -> Self {
        let etag = format!("\"{}\"", &sha256_hex(body.to_json_string().as_bytes())[..32]);
        let known = known.unwrap_or_default();
        let unchanged = known
            .split(',')
            .any(|tag| [etag.as_str(), "*"].contains(&tag.trim().trim_start_matches("W/")));
        Self {
            body,
            unchanged,
            etag,
        }
    }
}

impl<T: ToJSON> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let mut response = match self.unchanged {
            true => StatusCode::NOT_MODIFIED.into_response(),
            false => Json(self.body).into_response(),
        };
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                response.headers_mut().insert(name, value);
            }
        };
        set(header::ETAG, &self.etag);
        set(header::CACHE_CONTROL, "public, max-age=60");
        response
    }
}

impl<T: ToJSON> ApiResponse for Tagged<T> {
    fn meta() -> MetaResponses {
        let etag = || MetaHeader {
            name: "ETag".to_owned(),
            description: Some(
                "Send it as `If-None-Match` to learn cheaply whether anything changed".to_owned(),
            ),
            required: true,
            deprecated: false,
            schema: String::schema_ref(),
        };
        let answer = |status, description, content| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content,
            headers: vec![etag()],
        };
        let json = MetaMediaType {
            content_type: "application/json",
            schema: T::schema_ref(),
        };
        MetaResponses {
            responses: vec![
                answer(200, "As it stands", vec![json]),
                answer(304, "Unchanged since the `ETag` that you sent", vec![]),
            ],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

#[OpenApi(prefix_path = "/v1/models", tag = "Tag::Models")]
impl ModelsApi {
    /// List models
    ///
    /// All models on offer, with the schema of their input and their prices. Needs
    /// no key. Send the `ETag` back as `If-None-Match` to learn cheaply that
    /// nothing changed.
    #[oai(path = "/", method = "get", operation_id = "models.list")]
    async fn list(
        &self,
        catalog: Data<&Arc<Catalog>>,
        /// The `ETag` that you have.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<Tagged<Models>, ApiError> {
        let data = catalog.models().iter().map(|model| view(model)).collect();
        Ok(Tagged::new(Models { data }, if_none_match.0.as_deref()))
    }

    /// Get a model
    ///
    /// One model by its id or an alias. Needs no key.
    #[oai(path = "/:id", method = "get", operation_id = "models.get")]
    async fn get(
        &self,
        catalog: Data<&Arc<Catalog>>,
        /// The model's id or an alias.
        id: Path<String>,
        /// The `ETag` that you have.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<Tagged<ModelView>, ApiError> {
        let model = catalog.find(&id).ok_or_else(ApiError::not_found)?;
        Ok(Tagged::new(view(model), if_none_match.0.as_deref()))
    }
}

fn view(model: &Model) -> ModelView {
    let row = &model.row;
    let schema = model.input_schema.as_object().cloned().unwrap_or_default();
    ModelView {
        id: row.id.clone(),
        kind: row.kind,
        display_name: row.display_name.clone(),
        description: row.description.clone(),
        provider: row.provider.clone(),
        processing: Processing {
            countries: row.countries.clone(),
            mechanism: row.mechanism.clone(),
        },
        input_schema: schema.into_iter().collect(),
        pricing: row.pricing.iter().map(price).collect(),
        price_version: row.price_version.clone(),
        charge_policy: ChargePolicy::OnSuccess,
        cancelable: row.cancelable,
        aliases: row.aliases.clone(),
        timeout_seconds: row.timeout_seconds,
    }
}

fn price(line: &PriceLine) -> Price {
    Price {
        unit: match line.unit {
            Unit::Image => PriceUnit::Image,
            Unit::Second => PriceUnit::Second,
            Unit::Characters => PriceUnit::Characters,
            Unit::Tokens => PriceUnit::Tokens,
        },
        credits: line.credits,
        multipliers: line.multipliers.clone(),
    }
}
