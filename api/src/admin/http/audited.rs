//! An answer that was paid for with an entry of the audit log.

use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaResponses, Registry};

use crate::admin::audit::Entry;

/// What operations answer: there is no other way to make one than to spend an entry.
pub struct Audited<T>(T);

impl<T> Audited<T> {
    pub fn by(entry: Entry, answer: T) -> Self {
        drop(entry);
        Self(answer)
    }
}

impl<T: IntoResponse> IntoResponse for Audited<T> {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl<T: ApiResponse> ApiResponse for Audited<T> {
    fn meta() -> MetaResponses {
        T::meta()
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}
