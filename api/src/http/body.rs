//! The body of a request: `Body<CreateKey>`.
//!
//! - 415 unless it is `application/json`; 413 beyond the limit, with or without
//!   an announced length;
//! - 400 for malformed JSON, for NUL in any string (PostgreSQL can't store it),
//!   and for whatever breaks the type's schema: all faults at once, each with its
//!   pointer ([`super::expected`]);
//! - the parsed value is kept for the fingerprint of an idempotent request.
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
use poem_openapi::types::{ParseFromJSON, Type};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};
use serde_json::Value;

use super::error::{ApiError, Code};
use super::expected::Expected;
use super::limit_body::limit_of;
use crate::app::App;
use crate::secrets::sha256_hex;

/// Bodies of more bytes are read beside the others.
const LARGE: usize = 256 * 1024;

pub struct Body<T> {
    pub parsed: T,
    /// As it came, keys in order: equal for equal requests.
    pub raw: Value,
}

impl<T> Deref for Body<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.parsed
    }
}

impl<T> Body<T> {
    /// SHA-256 of the parsed request, in hex. The order of keys and white space
    /// do not matter: clients change them when they try again.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        sha256_hex(self.raw.to_string().as_bytes())
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

/// The same value with every object's keys in order.
fn canonical(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            let sorted = sorted.into_iter();
            sorted
                .map(|(key, value)| (key.clone(), canonical(value)))
                .collect()
        }
        Value::Array(items) => items.iter().map(canonical).collect(),
        other => other.clone(),
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
        let raw: Value = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
        let faults = expected::<T>().faults(&raw);
        if !faults.is_empty() {
            return Err(ApiError::invalid(faults));
        }
        // Only a type's own rule can refuse now. poem's words name types and may
        // hold what was sent.
        let parsed = T::parse_from_json(Some(raw.clone()))
            .map_err(|_| ApiError::new(Code::InvalidRequest, "A value does not have the right form."))?;
        let raw = canonical(&raw);
        Ok(Self { parsed, raw })
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
    fn the_order_of_keys_does_not_change_the_fingerprint() {
        let print = |text: &str| {
            let raw = canonical(&serde_json::from_str(text).unwrap());
            Body { parsed: (), raw }.fingerprint()
        };
        assert_eq!(
            print(r#"{"a":1,"b":{"c":2,"d":3}}"#),
            print(r#"{"b": {"d":3,"c":2}, "a":1}"#)
        );
        assert_ne!(print(r#"{"a":1}"#), print(r#"{"a":2}"#));
    }
}
