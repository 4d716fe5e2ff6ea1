//! A stored file as an answer: all of it, or the part that was asked for.

use std::ops::Range;

use entity::file;
use poem::http::{HeaderName, HeaderValue, StatusCode, header};
use poem::{Body, IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{
    MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry,
};

use super::{ApiError, Code};
use crate::storage::Content;

#[derive(Debug, PartialEq, Eq)]
enum Part {
    All,
    Some(Range<u64>),
    Beyond,
}

/// Reads `bytes=a-b`, `bytes=a-` and `bytes=-n`. What else may be asked, such as
/// several parts, is answered with the whole, as RFC 9110 allows.
fn part(text: &str, size: u64) -> Part {
    let Some((first, last)) = text
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Part::All;
    };
    let range = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..last.saturating_add(1).min(size),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(count)) if first.is_empty() => size.saturating_sub(count)..size,
        _ => return Part::All,
    };
    if range.start >= range.end {
        Part::Beyond
    } else {
        Part::Some(range)
    }
}

/// No part of the file was asked for; it has so many bytes.
fn beyond(size: u64) -> ApiError {
    let detail = format!("The file has {size} bytes, and the range begins after them.");
    let error = ApiError::new(Code::RangeNotSatisfiable, detail);
    match HeaderValue::try_from(format!("bytes */{size}")) {
        Ok(range) => error.header(header::CONTENT_RANGE, range),
        Err(_) => error,
    }
}

fn size(file: &file::Model) -> u64 {
    u64::try_from(file.bytes).unwrap_or_default()
}

/// A file's bytes, all or a part.
pub struct Download {
    file: Box<file::Model>,
    size: u64,
    part: Option<Range<u64>>,
    content: Content,
}

impl Download {
    /// The part that is asked for by `range`, the header of that name; `None` for all.
    ///
    /// # Errors
    /// 416 when the file ends before it.
    pub fn part(file: &file::Model, range: Option<&str>) -> Result<Option<Range<u64>>, ApiError> {
        let size = size(file);
        match range.map(|text| part(text, size)) {
            Some(Part::Beyond) => Err(beyond(size)),
            Some(Part::Some(range)) => Ok(Some(range)),
            None | Some(Part::All) => Ok(None),
        }
    }

    /// The answer with that part's bytes.
    pub fn of(file: file::Model, part: Option<Range<u64>>, content: Content) -> Self {
        Self {
            size: size(&file),
            file: Box::new(file),
            part,
            content,
        }
    }
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        let mut response = Response::builder().body(Body::from_bytes_stream(self.content));
        let length = self.part.as_ref().map_or(self.size, |part| part.end - part.start);
        if let Some(part) = self.part {
            response.set_status(StatusCode::PARTIAL_CONTENT);
            let range = format!("bytes {}-{}/{}", part.start, part.end - 1, self.size);
            set(&mut response, header::CONTENT_RANGE, &range);
        }
        let file = self.file;
        set(&mut response, header::CONTENT_TYPE, &file.content_type);
        set(&mut response, header::CONTENT_LENGTH, &length.to_string());
        set(&mut response, header::ETAG, &format!("\"{}\"", file.sha256));
        let shown = match file.purpose {
            file::Purpose::Output if is_harmless(&file.content_type) => "inline",
            file::Purpose::Output | file::Purpose::Export => "attachment",
        };
        let name = file.storage_key.rsplit('/').next().unwrap_or_default();
        set(
            &mut response,
            header::CONTENT_DISPOSITION,
            &format!("{shown}; filename=\"{name}\""),
        );
        set(&mut response, header::ACCEPT_RANGES, "bytes");
        set(&mut response, header::CACHE_CONTROL, "private, max-age=3600");
        set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
        // Whatever was made is shown, never run.
        set(
            &mut response,
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        );
        response
    }
}

/// Whether a browser only shows or plays it. An SVG is a document that may run
/// scripts, under the address of this server.
fn is_harmless(content_type: &str) -> bool {
    let shown = ["image/", "audio/", "video/"];
    content_type != "image/svg+xml" && shown.iter().any(|kind| content_type.starts_with(kind))
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

impl ApiResponse for Download {
    fn meta() -> MetaResponses {
        let answer = |status, description, content| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content,
            headers: vec![],
        };
        let bytes = || {
            // The file has a type of its own; generators that know no `*/*` take the first.
            let binary = |content_type| MetaMediaType {
                content_type,
                schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary"))),
            };
            vec![binary("application/octet-stream"), binary("*/*")]
        };
        MetaResponses {
            responses: vec![
                answer(200, "The file's bytes, with the file's own content type", bytes()),
                answer(206, "The part that was asked for", bytes()),
            ],
        }
    }

    fn register(_registry: &mut Registry) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_cut_to_the_file() {
        assert_eq!(part("bytes=0-3", 10), Part::Some(0..4));
        assert_eq!(part("bytes=4-", 10), Part::Some(4..10));
        assert_eq!(part("bytes=-3", 10), Part::Some(7..10));
        assert_eq!(part("bytes=-30", 10), Part::Some(0..10));
        assert_eq!(part("bytes=5-100", 10), Part::Some(5..10));
        assert_eq!(part("bytes=10-", 10), Part::Beyond);
        assert_eq!(part("bytes=5-18446744073709551615", 10), Part::Some(5..10));
        for other in [
            "bytes=3-1",
            "bytes=a-b",
            "lines=1-2",
            "bytes=0-1,4-5",
            "",
            "bytes=-",
        ] {
            assert_eq!(part(other, 10), Part::All, "{other}");
        }
    }
}
