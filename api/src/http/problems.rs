//! The outermost layer: it names each request and turns whatever went wrong into
//! one `application/problem+json`.
//!
//! Only this layer knows a request's id and the path as it was asked, so only it
//! writes bodies of errors, the `Link` of a list and the headers of the rate
//! limit. What poem says of an error is never passed on: its words hold what the
//! caller sent.

use std::any::Any;
use std::sync::Arc;
use std::time::Instant;

use poem::error::{MethodNotAllowedError, NotFoundError};
use poem::http::{HeaderName, HeaderValue, Uri, header};
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt as _, IntoResponse as _, Request, Response};
use poem_openapi::OperationId;
use poem_openapi::error::{ParseParamError, ParsePathError};
use tracing::Instrument as _;

use super::contract::Contract;
use super::error::{ApiError, Code, FieldError, log_chain};
use super::page::NextCursor;
use super::{idempotency, limit};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

struct Layer {
    public_url: String,
    contract: Contract,
}

/// Wraps the whole route.
pub fn problems<E: Endpoint + 'static>(route: E, public_url: String, contract: Contract) -> impl Endpoint {
    let layer = Arc::new(Layer { public_url, contract });
    let caught = route.with(CatchPanic::new().with_handler(panicked));
    caught.around(move |inner, request: Request| {
        let layer = Arc::clone(&layer);
        async move {
            let id = format!("req_{:032x}", rand::random::<u128>());
            let span = tracing::info_span!("request", id);
            Ok(layer.answer(inner, request, &id).instrument(span).await)
        }
    })
}

/// The panic's own words are in the log already, by the panic hook.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    let error = ApiError::unexplained();
    let mut response = error.code.status().into_response();
    response.set_data(error);
    response
}

impl Layer {
    async fn answer(&self, inner: Arc<impl Endpoint>, mut request: Request, id: &str) -> Response {
        let started = Instant::now();
        let rate = limit::Noted::default();
        request.set_data(rate.clone());
        let uri = request.uri().clone();
        let method = request.method().clone();
        let readable = idempotency::readable(request.headers()).and_then(|()| without_nul(&uri));
        let answered = match readable {
            Ok(()) => inner.call(request).await.map(|output| output.into_response()),
            Err(error) => Err(error.into()),
        };
        let mut response = match answered {
            Ok(response) => match response.data::<ApiError>().cloned() {
                Some(error) => self.explain(error, id, &uri),
                None => response,
            },
            Err(error) => {
                let operation = error.data::<OperationId>().copied();
                let mut response = self.explain(self.to_api_error(&error, uri.path()), id, &uri);
                if let Some(operation) = operation {
                    response.set_data(operation);
                }
                response
            }
        };
        if let Some(NextCursor(cursor)) = response.data() {
            let link = format!("<{}>; rel=\"next\"", self.with_cursor(&uri, cursor));
            if let Ok(link) = HeaderValue::try_from(link) {
                response.headers_mut().insert(header::LINK, link);
            }
        }
        rate.write(response.headers_mut());
        // Whoever wants an answer kept says so; the others hold secrets or personal data.
        let headers = response.headers_mut();
        headers
            .entry(header::CACHE_CONTROL)
            .or_insert(HeaderValue::from_static("no-store"));
        if let Ok(id) = HeaderValue::from_str(id) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        // Neither path nor query: both can hold what must be erasable.
        tracing::debug!(
            %method,
            operation = response.data::<OperationId>().map(|operation| operation.0),
            status = response.status().as_u16(),
            millis = started.elapsed().as_millis(),
            "answered"
        );
        response
    }

    fn explain(&self, error: ApiError, id: &str, uri: &Uri) -> Response {
        error.respond(&self.public_url, id, uri.path())
    }

    fn to_api_error(&self, error: &poem::Error, path: &str) -> ApiError {
        if let Some(own) = error.data::<ApiError>() {
            return own.clone();
        }
        if let Some(wrong) = error.downcast_ref::<ParsePathError>() {
            let operation = error.data::<OperationId>().copied();
            let name = self.contract.parameter(operation, wrong.name);
            return wrong_parameter(name, &wrong.reason);
        }
        if let Some(wrong) = error.downcast_ref::<ParseParamError>() {
            return wrong_parameter(wrong.name.to_owned(), &wrong.reason);
        }
        if error.is::<NotFoundError>() {
            return ApiError::not_found();
        }
        if error.is::<MethodNotAllowedError>() {
            let allow = HeaderValue::try_from(self.contract.allow(path));
            let allow = allow.unwrap_or(HeaderValue::from_static(""));
            return ApiError::new(Code::MethodNotAllowed, "This address does not take this method.")
                .header(header::ALLOW, allow);
        }
        match Code::of_status(error.status()) {
            Code::InternalError => {
                log_chain(error);
                ApiError::unexplained()
            }
            Code::Unavailable => ApiError::new(Code::Unavailable, Code::Unavailable.title()).retry_after(1),
            code => ApiError::new(code, code.title()),
        }
    }

    /// The same request with another cursor.
    fn with_cursor(&self, uri: &Uri, cursor: &str) -> String {
        let others = uri.query().unwrap_or_default().split('&');
        let mut query: Vec<&str> = others
            .filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="))
            .collect();
        let cursor = format!("cursor={cursor}");
        query.push(&cursor);
        format!("{}{}?{}", self.public_url, uri.path(), query.join("&"))
    }
}

/// No text holds a NUL: not every database could compare with it. A cursor is no
/// text; whatever it holds, its signature tells.
fn without_nul(uri: &Uri) -> Result<(), ApiError> {
    let mut pairs = uri.query().unwrap_or_default().split('&');
    match pairs.find(|pair| pair.contains("%00") && !pair.starts_with("cursor=")) {
        None => Ok(()),
        Some(pair) => {
            let name = pair.split(['=', '%']).next().unwrap_or_default().to_owned();
            let detail = format!("The parameter `{name}` must not contain the NUL character.");
            Err(ApiError::invalid(vec![FieldError::parameter(
                name, "nul", detail,
            )]))
        }
    }
}

/// Of a validator only the bound is told: `minimum(1, exclusive: false)`.
fn wrong_parameter(name: String, reason: &str) -> ApiError {
    let bound = reason
        .strip_prefix("verification failed. ")
        .and_then(|bound| bound.split_once('('));
    let number = |rest: &str| rest.split([',', ')']).next().unwrap_or_default().to_owned();
    let detail = match bound {
        Some(("minimum", least)) => format!("The parameter `{name}` must be at least {}.", number(least)),
        Some(("maximum", most)) => format!("The parameter `{name}` must be at most {}.", number(most)),
        Some(("minLength" | "minItems", _)) => format!("The parameter `{name}` is too short."),
        Some(("maxLength" | "maxItems", _)) => format!("The parameter `{name}` is too long."),
        _ => format!("The parameter `{name}` does not have the right form."),
    };
    ApiError::invalid(vec![FieldError::parameter(name, "invalid", detail)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_validator_s_bound_is_told_and_nothing_that_was_sent() {
        let detail = |reason| wrong_parameter("limit".to_owned(), reason).detail;
        let told = detail("verification failed. minimum(1, exclusive: false)");
        assert_eq!(told, "The parameter `limit` must be at least 1.");
        let told = detail("failed to parse \"integer\": <script>");
        assert_eq!(told, "The parameter `limit` does not have the right form.");
    }

    #[test]
    fn a_nul_is_told_with_its_parameter() {
        let refused = |uri: &'static str| without_nul(&Uri::from_static(uri)).map_err(|error| error.errors);
        assert_eq!(refused("/v1/keys"), Ok(()));
        assert_eq!(refused("/v1/keys?limit=1&model=%2500"), Ok(()));
        assert_eq!(refused("/v1/keys?cursor=%00"), Ok(()));
        for uri in [
            "/v1/keys?a=1&model=a%00",
            "/v1/keys?model=%00",
            "/v1/keys?model%00=a",
        ] {
            let told = refused(uri).unwrap_err();
            assert_eq!(told[0].parameter.as_deref(), Some("model"), "{uri}");
        }
    }

    #[test]
    fn the_next_page_keeps_the_filters() {
        let layer = Layer {
            public_url: "https://a.example".to_owned(),
            contract: Contract::default(),
        };
        let next = |uri: &'static str| layer.with_cursor(&Uri::from_static(uri), "n");
        assert_eq!(next("/v1/keys"), "https://a.example/v1/keys?cursor=n");
        assert_eq!(
            next("/v1/keys?limit=2&cursor=old&status=a"),
            "https://a.example/v1/keys?limit=2&status=a&cursor=n"
        );
    }
}
