//! Lines of JSON: a long answer that is read as it comes.

use std::io;
use std::marker::PhantomData;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use poem::{Body, IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};

const CONTENT_TYPE: &str = "application/x-ndjson";

/// 200 with a line for each `T`. One that breaks off is cut, so that nobody takes
/// a part for the whole.
pub struct Lines<T> {
    lines: BoxStream<'static, io::Result<Bytes>>,
    item: PhantomData<fn() -> T>,
}

impl<T> Lines<T> {
    pub fn of(lines: BoxStream<'static, io::Result<Bytes>>) -> Self {
        Self {
            lines,
            item: PhantomData,
        }
    }
}

/// One of the lines.
pub fn line<T: ToJSON>(item: &T) -> String {
    item.to_json_string() + "\n"
}

impl<T> IntoResponse for Lines<T> {
    fn into_response(self) -> Response {
        let body = Body::from_bytes_stream(self.lines);
        Response::builder().content_type(CONTENT_TYPE).body(body)
    }
}

impl<T: Type> ApiResponse for Lines<T> {
    fn meta() -> MetaResponses {
        MetaResponses {
            responses: vec![MetaResponse {
                description: "A line of JSON for each, in their order",
                status: Some(200),
                status_range: None,
                content: vec![MetaMediaType {
                    content_type: CONTENT_TYPE,
                    schema: T::schema_ref(),
                }],
                headers: vec![],
            }],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}
