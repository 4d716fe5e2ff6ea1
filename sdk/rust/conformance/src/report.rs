//! What a user of the client sees, as JSON.

use serde::Serialize;
use serde_json::{Value, json};
use tintype_client::{Error, Response};

pub fn value(value: &impl Serialize) -> Value {
    json!({"value": value})
}

pub fn response<T: Serialize>(response: &Response<T>) -> Value {
    json!({"value": response.data, "request_id": response.request_id()})
}

pub fn error(error: &Error) -> Value {
    let family = match error {
        Error::BadRequest(_) => "bad_request",
        Error::Authentication(_) => "authentication",
        Error::InsufficientCredits(_) => "insufficient_credits",
        Error::PermissionDenied(_) => "permission_denied",
        Error::NotFound(_) => "not_found",
        Error::Conflict(_) => "conflict",
        Error::Gone(_) => "gone",
        Error::Unprocessable(_) => "unprocessable",
        Error::RateLimited(_) => "rate_limited",
        Error::Server(_) => "server_error",
        Error::Status(_) => "api",
        Error::Connection(_) => "connection",
        Error::Timeout(_) => "timeout",
        Error::Webhook(_) => "webhook",
        _ => "other",
    };
    let mut said = json!({"family": family, "base": true, "message": error.to_string()});
    if let Some(id) = error.request_id() {
        said["request_id"] = json!(id);
    }
    if let Some(api) = error.api() {
        said["status"] = json!(api.status);
        said["code"] = json!(api.code);
        said["title"] = json!(api.title);
        said["detail"] = json!(api.detail);
        said["retry_after"] = json!(api.retry_after.map(|after| after.as_secs_f64()));
        said["errors"] = json!(api.errors);
        said["context"] = json!(api.context);
    }
    json!({"error": said})
}
