//! The body of a request: `Body<CreateKey>`.
//!
//! - 415 unless it is `application/json`; 413 beyond the limit, with or without
//!   an announced length;
//! - 400 for malformed JSON, for NUL in any string (PostgreSQL can't store it),
//!   and for whatever breaks the type's schema: all faults at once, each with its
//!   pointer ([`super::expected`]);
//! - numbers are read by their value, so that `2.0` is an integer ([`super::by_value`]);
//! - what was sent is kept for the fingerprint of an idempotent request.
//!
//! `#[oai(deny_unknown_fields)]` would not do: it breaks tagged unions, prints
//! nothing in the contract, and names types instead of places.

use std::any::TypeId;
use std::collections::HashMap;
use std::io::ErrorKind;
use std::ops::Deref;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use poem::error::ReadBodyError;
use poem::http::header;
use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaMediaType, MetaRequest, Registry};
use poem_openapi::types::{ParseFromJSON, ToJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use super::by_value::by_value;
use super::error::{ApiError, Code, FieldError};
use super::expected::Expected;
use super::fingerprint::Fingerprint;
use super::limit_body::limit_of;
use crate::app::App;

/// Bodies of more bytes are read beside the others.
const LARGE: usize = 256 * 1024;

pub struct Body<T> {
    pub parsed: T,
    /// As it came.
    sent: Value,
}

impl<T> Deref for Body<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.parsed
    }
}

impl<T: ToJSON> Body<T> {
    /// Equal for requests that mean the same: however numbers, amounts and times are
    /// written, and whether a default of the contract is.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint_of(|_| ())
    }

    /// The same, after `settle` has brought what only the operation knows to mean the
    /// same into one form.
    #[must_use]
    pub fn fingerprint_of(&self, settle: impl FnOnce(&mut Value)) -> Fingerprint {
        let mut meant = by_value(self.parsed.to_json().unwrap_or_default());
        settle(&mut meant);
        Fingerprint::of_body(&meant, &self.sent)
    }
}

/// What each type of body expects, worked out once.
static EXPECTED: LazyLock<RwLock<HashMap<TypeId, Arc<Expected>>>> = LazyLock::new(RwLock::default);

fn expected<T: Type + 'static>() -> Arc<Expected> {
    let key = TypeId::of::<T>();
    let known = EXPECTED.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.get(&key) {
        return Arc::clone(known);
    }
    drop(known);
    let fresh = Arc::new(Expected::of::<T>());
    let mut all = EXPECTED.write().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(all.entry(key).or_insert(fresh))
}

/// What is wrong with a value that should be a `T`.
#[must_use]
pub fn faults<T: Type + 'static>(value: &Value) -> Vec<FieldError> {
    expected::<T>().faults(value)
}

fn is_json(request: &Request) -> bool {
    let essence = request.content_type().and_then(|text| text.split(';').next());
    essence.is_some_and(|text| text.trim().eq_ignore_ascii_case("application/json"))
}

fn announced_length(request: &Request) -> Option<usize> {
    let length = request.headers().get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

async fn read(request: &Request, body: &mut RequestBody) -> Result<Vec<u8>, ApiError> {
    let app: &App = request.data().expect("the route carries the App");
    let limit = limit_of(request).unwrap_or(app.config.limits.body_bytes);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let too_large = || {
        let detail = format!("The body has more than {limit} bytes.");
        ApiError::new(Code::PayloadTooLarge, detail)
    };
    if announced_length(request).is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let bytes = match body.take() {
        Ok(body) => body.into_bytes_limit(limit).await,
        Err(error) => Err(error),
    };
    match bytes {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(ReadBodyError::PayloadTooLarge) => Err(too_large()),
        Err(ReadBodyError::Io(error)) if error.kind() == ErrorKind::TimedOut => Err(ApiError::new(
            Code::RequestTimeout,
            "The body did not arrive in time.",
        )),
        Err(ReadBodyError::BodyHasBeenTaken) => Err(ApiError::internal(ReadBodyError::BodyHasBeenTaken)),
        Err(_) => Err(ApiError::new(Code::InvalidRequest, "The body broke off.")),
    }
}

/// Where reading stopped, never what stands there: it may be a secret.
fn malformed(error: &serde_json::Error) -> ApiError {
    let (line, column) = (error.line(), error.column());
    let detail = format!("The body is not JSON: see line {line}, column {column}.");
    ApiError::new(Code::MalformedJson, detail)
}

impl<T: ParseFromJSON + 'static> Body<T> {
    fn parse(bytes: &[u8]) -> Result<Self, ApiError> {
        let sent: Value = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
        let read = by_value(sent.clone());
        let faults = expected::<T>().faults(&read);
        if !faults.is_empty() {
            return Err(ApiError::invalid(faults));
        }
        // Only a type's own rule can refuse now. poem's words name types and may
        // hold what was sent.
        let parsed = T::parse_from_json(Some(read))
            .map_err(|_| ApiError::new(Code::InvalidRequest, "A value does not have the right form."))?;
        Ok(Self { parsed, sent })
    }
}

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType {
                content_type: "application/json",
                schema: T::schema_ref(),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        if !is_json(request) {
            let detail = "Send `Content-Type: application/json`.";
            return Err(ApiError::new(Code::UnsupportedMediaType, detail).into());
        }
        let bytes = read(request, body).await?;
        // A large one takes a while; others have their turn meanwhile.
        Ok(match bytes.len() > LARGE {
            true => tokio::task::block_in_place(|| Self::parse(&bytes))?,
            false => Self::parse(&bytes)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Body<Vec<i64>>, Code> {
        Body::parse(text.as_bytes()).map_err(|error| error.code)
    }

    #[test]
    fn what_is_no_json_is_told_apart_from_what_does_not_fit() {
        for text in ["", "{", "[1,]", "[1e400]", "[01]", "\u{feff}[]", "[1] [2]"] {
            assert_eq!(parse(text).err(), Some(Code::MalformedJson), "{text}");
        }
        for text in ["null", "{}", "[1.5]", "[9223372036854775808]", "[\"\\u0000\"]"] {
            assert_eq!(parse(text).err(), Some(Code::InvalidRequest), "{text}");
        }
    }

    #[test]
    fn a_whole_number_is_an_integer_however_it_is_written() {
        for text in ["[1, 2]", "[1.0, 2e0]", "[10e-1, 2]"] {
            assert_eq!(
                parse(text).map(|body| body.parsed).ok(),
                Some(vec![1, 2]),
                "{text}"
            );
        }
    }
}
