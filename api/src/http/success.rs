//! Successes that are more than 200 and a body.

use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::payload::Json;
use poem_openapi::registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};

const IDEMPOTENT_REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
const PREFERENCE_APPLIED: HeaderName = HeaderName::from_static("preference-applied");

/// 201 with `Location`.
pub struct Created<T> {
    pub location: String,
    /// Whether this is the first answer again.
    pub replayed: bool,
    pub body: T,
}

impl<T> Created<T> {
    pub fn at(location: impl Into<String>, body: T) -> Self {
        Self {
            location: location.into(),
            replayed: false,
            body,
        }
    }

    #[must_use]
    pub fn replayed(mut self, replayed: bool) -> Self {
        self.replayed = replayed;
        self
    }
}

/// What was accepted: 202 while it is under way, 201 when it ended within the wait.
pub struct Accepted<T> {
    pub location: String,
    pub ended: bool,
    /// The wait that was honoured: `wait=30`.
    pub preference_applied: Option<String>,
    /// Whether this is the first answer again.
    pub replayed: bool,
    pub body: T,
}

impl<T> Accepted<T> {
    pub fn at(location: impl Into<String>, ended: bool, body: T) -> Self {
        Self {
            location: location.into(),
            ended,
            preference_applied: None,
            replayed: false,
            body,
        }
    }

    #[must_use]
    pub fn replayed(mut self, replayed: bool) -> Self {
        self.replayed = replayed;
        self
    }

    #[must_use]
    pub fn preference_applied(mut self, applied: Option<String>) -> Self {
        self.preference_applied = applied;
        self
    }
}

/// 202 with `Location`: begun, and nothing to wait for here.
pub struct Begun<T> {
    pub location: String,
    /// Whether this is the first answer again.
    pub replayed: bool,
    pub body: T,
}

/// 200 with what was asked for, perhaps after a wait.
pub struct Found<T> {
    /// The wait that was honoured: `wait=30`.
    pub preference_applied: Option<String>,
    pub body: T,
}

/// 204.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoContent {
    /// Whether this is the first answer again.
    pub replayed: bool,
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn respond<T: ToJSON>(status: StatusCode, location: &str, replayed: bool, body: T) -> Response {
    let mut response = Json(body).into_response();
    response.set_status(status);
    set(&mut response, header::LOCATION, location);
    if replayed {
        set(&mut response, IDEMPOTENT_REPLAYED, "true");
    }
    response
}

impl<T: ToJSON> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        respond(StatusCode::CREATED, &self.location, self.replayed, self.body)
    }
}

impl<T: ToJSON> IntoResponse for Accepted<T> {
    fn into_response(self) -> Response {
        let status = match self.ended {
            true => StatusCode::CREATED,
            false => StatusCode::ACCEPTED,
        };
        let mut response = respond(status, &self.location, self.replayed, self.body);
        if let Some(applied) = &self.preference_applied {
            set(&mut response, PREFERENCE_APPLIED, applied);
        }
        response
    }
}

impl<T: ToJSON> IntoResponse for Begun<T> {
    fn into_response(self) -> Response {
        respond(StatusCode::ACCEPTED, &self.location, self.replayed, self.body)
    }
}

impl<T: ToJSON> IntoResponse for Found<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        if let Some(applied) = &self.preference_applied {
            set(&mut response, PREFERENCE_APPLIED, applied);
        }
        response
    }
}

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        let mut response = StatusCode::NO_CONTENT.into_response();
        if self.replayed {
            set(&mut response, IDEMPOTENT_REPLAYED, "true");
        }
        response
    }
}

fn declare(name: &str, description: &str, required: bool) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required,
        deprecated: false,
        schema: String::schema_ref(),
    }
}

fn replayed() -> MetaHeader {
    let description = "`true` when this is the first answer to the same `Idempotency-Key` again";
    declare("Idempotent-Replayed", description, false)
}

/// A response with a JSON body, for the contract.
pub(super) fn json<T: Type>(
    status: u16,
    description: &'static str,
    headers: Vec<MetaHeader>,
) -> MetaResponse {
    MetaResponse {
        description,
        status: Some(status),
        status_range: None,
        content: vec![MetaMediaType {
            content_type: "application/json",
            schema: T::schema_ref(),
        }],
        headers,
    }
}

pub(super) fn link() -> MetaHeader {
    declare(
        "Link",
        "The next page, with `rel=\"next\"`, where there is one",
        false,
    )
}

impl<T: ToJSON> ApiResponse for Created<T> {
    fn meta() -> MetaResponses {
        let location = declare("Location", "Where the new resource is", true);
        MetaResponses {
            responses: vec![json::<T>(201, "Created", vec![location, replayed()])],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ToJSON> ApiResponse for Accepted<T> {
    fn meta() -> MetaResponses {
        let headers = || {
            vec![
                declare("Location", "Where to ask for the resource", true),
                declare("Preference-Applied", "The wait that was honoured", false),
                replayed(),
            ]
        };
        MetaResponses {
            responses: vec![
                json::<T>(202, "Accepted; it is under way", headers()),
                json::<T>(201, "It ended within the wait", headers()),
            ],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ToJSON> ApiResponse for Begun<T> {
    fn meta() -> MetaResponses {
        let location = declare("Location", "Where to ask for the resource", true);
        MetaResponses {
            responses: vec![json::<T>(202, "Begun", vec![location, replayed()])],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl<T: ToJSON> ApiResponse for Found<T> {
    fn meta() -> MetaResponses {
        let applied = declare("Preference-Applied", "The wait that was honoured", false);
        MetaResponses {
            responses: vec![json::<T>(200, "As it stands", vec![applied])],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

impl ApiResponse for NoContent {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: vec![MetaResponse {
                description: "Done; there is nothing to say",
                status: Some(204),
                status_range: None,
                content: vec![],
                headers: vec![],
            }],
        }
    }

    fn register(_registry: &mut Registry) {}
}
