//! Server-sent events.
//!
//! A stream that comes to its end is ended; one that breaks off before is cut, so
//! that nobody takes a part for the whole: clients come back with `Last-Event-ID`.
//!
//! Every block, which an empty line ends, has data. Readers in wide use take any
//! other for an event: one that holds only `retry:`, or only a comment once an id
//! was given. So the first event's block carries `retry:`, and a comment is a line
//! of whatever block comes next.

use std::fmt::Write as _;
use std::io;
use std::marker::PhantomData;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{Body, IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaMediaType, MetaResponse, MetaResponses, Registry};
use poem_openapi::types::{ToJSON, Type};

/// Proxies of nginx's kind hold an answer back unless they are told.
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// How soon a reader that lost the line comes back, in milliseconds.
const RETRY: u32 = 1000;

/// 200 with a stream of events, or 204 for a reader who has them all.
pub struct EventStream<T> {
    lines: Option<BoxStream<'static, io::Result<Bytes>>>,
    event: PhantomData<fn() -> T>,
}

impl<T> EventStream<T> {
    /// The lines of the stream, as [`Lines`] writes them.
    pub fn of(lines: BoxStream<'static, io::Result<Bytes>>) -> Self {
        Self {
            lines: Some(lines),
            event: PhantomData,
        }
    }

    /// Nothing is left to tell. It also stops browsers from coming back.
    pub fn nothing() -> Self {
        Self {
            lines: None,
            event: PhantomData,
        }
    }
}

/// Writes one stream.
#[derive(Default)]
pub struct Lines {
    begun: bool,
}

impl Lines {
    /// An event. JSON has no line breaks of its own.
    pub fn event<T: ToJSON>(&mut self, id: Option<u8>, name: &str, data: &T) -> String {
        let mut lines = String::new();
        // Writing to a text does not fail.
        if !self.begun {
            self.begun = true;
            let _ = writeln!(lines, "retry: {RETRY}");
        }
        if let Some(id) = id {
            let _ = writeln!(lines, "id: {id}");
        }
        let _ = write!(lines, "event: {name}\ndata: {}\n\n", data.to_json_string());
        lines
    }

    /// A comment, which readers skip.
    pub const fn heartbeat() -> &'static str {
        ": still there\n"
    }
}

impl<T> IntoResponse for EventStream<T> {
    fn into_response(self) -> Response {
        let Some(lines) = self.lines else {
            return StatusCode::NO_CONTENT.into_response();
        };
        let mut response = Response::builder()
            .content_type("text/event-stream")
            .body(Body::from_bytes_stream(lines));
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(ACCEL_BUFFERING, HeaderValue::from_static("no"));
        response
    }
}

impl<T: Type> ApiResponse for EventStream<T> {
    fn meta() -> MetaResponses {
        let answer = |status, description, content| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content,
            headers: vec![],
        };
        let events = MetaMediaType {
            content_type: "text/event-stream",
            schema: T::schema_ref(),
        };
        MetaResponses {
            responses: vec![
                answer(200, "Events, one by one, until the end", vec![events]),
                answer(204, "There is nothing after `Last-Event-ID`", vec![]),
            ],
        }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_block_stands_without_data() {
        let mut lines = Lines::default();
        let written = [
            Lines::heartbeat().to_owned(),
            lines.event(Some(1), "a", &1),
            Lines::heartbeat().to_owned(),
            lines.event(None, "b", &2),
        ];
        assert_eq!(
            written.concat(),
            ": still there\nretry: 1000\nid: 1\nevent: a\ndata: 1\n\n\
             : still there\nevent: b\ndata: 2\n\n"
        );
    }
}
