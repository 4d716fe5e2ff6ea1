//! `/v1/models`.

use std::sync::Arc;

use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::web::Data;
use poem::{IntoResponse, Response};
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;
use poem_openapi::registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};
use poem_openapi::{ApiResponse, OpenApi};

use super::Catalog;
use super::view::{ModelView, Models, show};
use crate::app::App;
use crate::http::{ApiError, Tag};
use crate::secrets::sha256_hex;

pub struct ModelsApi;

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
    /// All models on offer, with the schema of their input, their prices, how long
    /// they take here and, where it was announced, when they end. Needs no key.
    /// Send the `ETag` back as `If-None-Match` to learn cheaply that nothing
    /// changed.
    #[oai(path = "/", method = "get", operation_id = "models.list")]
    async fn list(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        /// The `ETag` that you have.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<Tagged<Models>, ApiError> {
        let now = app.now();
        let mut data = Vec::new();
        for model in catalog.models() {
            if !model.has_ended(now) {
                data.push(show(&model, catalog.speed(&app.db, &model, now).await?));
            }
        }
        Ok(Tagged::new(Models { data }, if_none_match.0.as_deref()))
    }

    /// Get a model
    ///
    /// One model by its id or an alias, even past its end: `shutdown_at` says
    /// when that was. Needs no key.
    #[oai(path = "/:id", method = "get", operation_id = "models.get")]
    async fn get(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        /// The model's id or an alias.
        id: Path<String>,
        /// The `ETag` that you have.
        #[oai(name = "If-None-Match")]
        if_none_match: Header<Option<String>>,
    ) -> Result<Tagged<ModelView>, ApiError> {
        let model = catalog.find(&id).ok_or_else(ApiError::not_found)?;
        let speed = catalog.speed(&app.db, &model, app.now()).await?;
        Ok(Tagged::new(show(&model, speed), if_none_match.0.as_deref()))
    }
}
