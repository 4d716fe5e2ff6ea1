//! The one error of the API.
//!
//! [`ApiError`] is data; its body is written by [`super::problems`], where the
//! request's id and path are known. It must not implement `ResponseError`: poem
//! would then wrap it and the data would be lost.

use std::borrow::Cow;
use std::error::Error;

use poem::Response;
use poem::http::{HeaderName, HeaderValue, header};
use poem_openapi::registry::{
    MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};
use poem_openapi::types::{ToJSON as _, Type as _};
use poem_openapi::{ApiResponse, Object};
use sea_orm::DbErr;
use serde_json::{Map, Value};

pub use super::code::Code;

pub const PROBLEM_JSON: &str = "application/problem+json";

/// One thing that is wrong with the request.
#[derive(Debug, Clone, PartialEq, Eq, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct FieldError {
    /// Where in the body: a JSON pointer (RFC 6901). The empty pointer is the whole body.
    pub pointer: Option<String>,
    /// Which parameter or header, when it is not in the body.
    pub parameter: Option<String>,
    /// What is wrong, in one stable word.
    pub code: String,
    /// What is wrong, in a sentence.
    pub detail: String,
}

impl FieldError {
    /// Something in the body.
    pub fn at(pointer: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self {
            pointer: Some(pointer.into()),
            parameter: None,
            code: code.to_owned(),
            detail: detail.into(),
        }
    }

    /// The fault and its place in one sentence.
    fn in_place(&self) -> String {
        match (&self.pointer, &self.parameter) {
            (Some(pointer), _) if !pointer.is_empty() => format!("`{pointer}`: {}", self.detail),
            (_, Some(parameter)) => format!("`{parameter}`: {}", self.detail),
            _ => self.detail.clone(),
        }
    }

    /// Something in the path, the query or the headers.
    pub fn parameter(name: impl Into<String>, code: &str, detail: impl Into<String>) -> Self {
        Self {
            pointer: None,
            parameter: Some(name.into()),
            code: code.to_owned(),
            detail: detail.into(),
        }
    }
}

/// An error, as RFC 9457 wants it. More members may follow, by the code:
/// `required`, `available`, `replaced_by`…
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct Problem {
    /// A page that explains this kind of error.
    #[oai(rename = "type")]
    pub kind: String,
    /// What happened, in words that never change.
    pub title: String,
    /// The HTTP status, again.
    pub status: u16,
    /// What happened this time.
    pub detail: String,
    /// The path that was asked for.
    pub instance: String,
    pub code: Code,
    /// Tell us this when you ask for help.
    pub request_id: String,
    /// What is wrong with the request, one by one.
    pub errors: Option<Vec<FieldError>>,
}

impl poem_openapi::types::Example for Problem {
    fn example() -> Self {
        Self {
            kind: "https://api.studio.example/problems/invalid_request".to_owned(),
            title: Code::InvalidRequest.title().to_owned(),
            status: 400,
            detail: "Is required.".to_owned(),
            instance: "/v1/keys".to_owned(),
            code: Code::InvalidRequest,
            request_id: "req_6f1d3b6c2a5e4f0b9c7d8e1f2a3b4c5d".to_owned(),
            errors: Some(vec![FieldError::at("/name", "missing", "Is required.")]),
        }
    }
}

/// Why a request failed.
#[derive(Debug, Clone)]
pub struct ApiError {
    pub code: Code,
    pub detail: Cow<'static, str>,
    pub errors: Vec<FieldError>,
    /// More members of the body: `required`, `available`, `replaced_by`…
    pub context: Box<Map<String, Value>>,
    /// Seconds.
    pub retry_after: Option<u64>,
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl ApiError {
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code,
            detail: detail.into(),
            errors: Vec::new(),
            context: Box::default(),
            retry_after: None,
            headers: Vec::new(),
        }
    }

    /// Adds a member to the body.
    #[must_use]
    pub fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        self.context.insert(member.to_owned(), value.into());
        self
    }

    /// Says when to come back.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Says what is wrong at one place of the body.
    #[must_use]
    pub fn field(mut self, pointer: &str, code: &str, detail: impl Into<String>) -> Self {
        self.errors.push(FieldError::at(pointer, code, detail));
        self
    }

    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Nothing is there, or it is somebody else's: always the same words.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(
            Code::NotFound,
            "There is nothing here for these credentials. Check the address and the id, and that a test \
             key asks for test data.",
        )
    }

    /// The request is against its schema.
    #[must_use]
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => one.in_place(),
            _ => {
                "The request does not fit its schema. Each fault and its place stand in `errors`.".to_owned()
            }
        };
        Self {
            errors,
            ..Self::new(Code::InvalidRequest, detail)
        }
    }

    /// No valid credentials, whatever is wrong with them.
    #[must_use]
    pub fn unauthenticated() -> Self {
        let challenge = HeaderValue::from_static("Bearer realm=\"tintype\"");
        Self::new(
            Code::Unauthenticated,
            "Send `Authorization: Bearer` with a valid API key or access token.",
        )
        .header(header::WWW_AUTHENTICATE, challenge)
    }

    /// Our fault. The whole chain goes to the log, nothing of it to the wire.
    pub fn internal(error: impl Error) -> Self {
        log_chain(&error);
        Self::unexplained()
    }

    /// Our fault, logged already.
    pub(super) fn unexplained() -> Self {
        Self::new(Code::InternalError, "Something went wrong here. It is logged.")
    }

    /// The body, when everything is known. Called once, by the outermost layer.
    pub(super) fn respond(self, public_url: &str, request_id: &str, instance: &str) -> Response {
        let problem = Problem {
            kind: format!("{public_url}/problems/{}", self.code.name()),
            title: self.code.title().to_owned(),
            status: self.code.status().as_u16(),
            detail: self.detail.into_owned(),
            instance: instance.to_owned(),
            code: self.code,
            request_id: request_id.to_owned(),
            errors: (!self.errors.is_empty()).then_some(self.errors),
        };
        let mut body = problem.to_json().unwrap_or_default();
        if let Some(members) = body.as_object_mut() {
            members.extend(*self.context);
        }
        let mut response = Response::builder()
            .status(self.code.status())
            .content_type(PROBLEM_JSON)
            .body(body.to_string());
        for (name, value) in self.headers {
            response.headers_mut().append(name, value);
        }
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Logs an error with all its causes.
pub(super) fn log_chain(error: &dyn Error) {
    let mut chain = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        chain.push_str(": ");
        chain.push_str(&inner.to_string());
        cause = inner.source();
    }
    tracing::error!(error = chain, "a request failed");
}

impl From<DbErr> for ApiError {
    fn from(error: DbErr) -> Self {
        if crate::db::is_unavailable(&error) {
            tracing::warn!(%error, "the database was away");
            return Self::new(Code::Unavailable, "The database does not answer right now.").retry_after(1);
        }
        Self::internal(error)
    }
}

/// The error travels as data of poem's.
impl From<ApiError> for poem::Error {
    fn from(error: ApiError) -> Self {
        let mut carrier = Self::from_status(error.code.status());
        carrier.set_error_message(error.detail.as_ref());
        carrier.set_data(error);
        carrier
    }
}

/// What an operation may answer; the finisher drops what can't occur. Successes
/// must use none of these, else an operation would list a status twice.
const DECLARED: &[(Option<u16>, &str)] = &[
    (Some(400), "Unparsable, or against the schema"),
    (Some(401), "No valid credentials"),
    (Some(402), "Not enough credits, or a spending cap is reached"),
    (Some(403), "The credentials do not include the scope"),
    (Some(404), "There is no such resource, or it is not yours"),
    (Some(409), "In conflict with the state of the resource"),
    (Some(410), "It existed and is gone"),
    (Some(413), "The body is too large"),
    (Some(415), "The body has another content type"),
    (Some(416), "The file ends before the part that was asked for"),
    (Some(422), "Well-formed, but refused by a rule"),
    (Some(429), "Too many requests"),
    (Some(503), "Not available right now"),
    (None, "Any other error, in the same form"),
];

impl ApiResponse for ApiError {
    fn meta() -> MetaResponses {
        let problem = |(status, description): &(Option<u16>, &'static str)| MetaResponse {
            description,
            status: *status,
            status_range: None,
            content: vec![MetaMediaType {
                content_type: PROBLEM_JSON,
                schema: Problem::schema_ref(),
            }],
            headers: vec![],
        };
        MetaResponses {
            responses: DECLARED.iter().map(problem).collect(),
        }
    }

    fn register(registry: &mut Registry) {
        Problem::register(registry);
        // The context of a code: more members, and the contract says so.
        if let Some(schema) = registry.schemas.get_mut("Problem") {
            let anything = MetaSchemaRef::Inline(Box::new(MetaSchema::ANY));
            schema.additional_properties = Some(Box::new(anything));
        }
    }
}
