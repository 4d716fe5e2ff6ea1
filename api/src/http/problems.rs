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
use poem::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};
use poem::middleware::CatchPanic;
use poem::{Endpoint, EndpointExt as _, IntoResponse as _, Request, Response};
use poem_openapi::OperationId;
use poem_openapi::error::{ParseParamError, ParsePathError};
use tracing::Instrument as _;

use super::contract::Contract;
use super::error::{ApiError, Code, log_chain};
use super::page::NextCursor;
use super::{address, limit, strict};

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
            let id = new_id();
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
        strict::join_lists(request.headers_mut());
        let headers = request.headers().clone();
        let readable = address::readable(&uri)
            .and_then(|()| self.known(&method, &uri, &headers))
            .and_then(|()| unpacked(&mut request));
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
                let mut response = self.explain(self.to_api_error(&error, &method, &uri, &headers), id, &uri);
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
        finish(&mut response, id);
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

    /// Before anybody acts on half of what was asked.
    fn known(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), ApiError> {
        match self.contract.surplus(method, uri, headers) {
            none if none.is_empty() => Ok(()),
            faults => Err(ApiError::invalid(faults)),
        }
    }

    fn explain(&self, error: ApiError, id: &str, uri: &Uri) -> Response {
        error.respond(&self.public_url, id, uri.path())
    }

    fn to_api_error(&self, error: &poem::Error, method: &Method, uri: &Uri, headers: &HeaderMap) -> ApiError {
        if let Some(own) = error.data::<ApiError>() {
            return own.clone();
        }
        let in_path = error.downcast_ref::<ParsePathError>().map(|wrong| wrong.name);
        let elsewhere = || error.downcast_ref::<ParseParamError>().map(|wrong| wrong.name);
        if let Some(name) = in_path.or_else(elsewhere) {
            return ApiError::invalid(self.contract.faults(method, name, uri, headers));
        }
        if error.is::<NotFoundError>() {
            return ApiError::not_found();
        }
        if error.is::<MethodNotAllowedError>() {
            let allow = HeaderValue::try_from(self.contract.allow(uri.path()));
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

/// A body is read as it came: nothing here unpacks one.
fn unpacked(request: &mut Request) -> Result<(), ApiError> {
    let identity = |value: &HeaderValue| value.as_bytes().trim_ascii().eq_ignore_ascii_case(b"identity");
    let mut encodings = request.headers().get_all(header::CONTENT_ENCODING).iter();
    if encodings.all(identity) {
        return Ok(());
    }
    let body = request.take_body();
    let nothing = body.is_empty();
    request.set_body(body);
    match nothing {
        true => Ok(()),
        false => Err(ApiError::new(
            Code::UnsupportedMediaType,
            "The body is compressed or otherwise encoded (`Content-Encoding`). Send it as it is.",
        )
        .header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"))),
    }
}

/// The answer to a request that reached no endpoint: its address is not known.
pub(super) fn without_endpoint(error: ApiError, public_url: &str) -> Response {
    let id = new_id();
    tracing::debug!(id, status = error.code.status().as_u16(), "refused");
    let mut response = error.respond(public_url, &id, "*");
    finish(&mut response, &id);
    response
}

fn new_id() -> String {
    format!("req_{:032x}", rand::random::<u128>())
}

/// What every answer carries.
fn finish(response: &mut Response, id: &str) {
    // Whoever wants an answer kept says so; the others hold secrets or personal data.
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
