//! An answer to a request that may be a mere trial.

use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::payload::Json;
use poem_openapi::registry::{MetaResponses, Registry};
use poem_openapi::types::ToJSON;

use super::success::json;

/// What was done; or 200 with what would have been done.
pub enum OrTried<T, D> {
    Done(T),
    Tried(D),
}

impl<T: IntoResponse, D: ToJSON> IntoResponse for OrTried<T, D> {
    fn into_response(self) -> Response {
        match self {
            Self::Done(done) => done.into_response(),
            Self::Tried(tried) => Json(tried).into_response(),
        }
    }
}

impl<T: ApiResponse + IntoResponse, D: ToJSON> ApiResponse for OrTried<T, D> {
    fn meta() -> MetaResponses {
        let mut meta = T::meta();
        let tried = "With `validate_only`: what it would cost. Nothing was done";
        meta.responses.push(json::<D>(200, tried, vec![]));
        meta
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
        D::register(registry);
    }
}
