//! What the protocol itself refuses, answered in the form of all other errors.
//!
//! hyper answers what it can't read (headers beyond its buffer, a byte that no
//! address may hold) with a status and nothing else, before any handler is called.
//! On HTTP/1 such an answer is known by its moment: all that handlers answered has
//! left hyper's buffer, and none was called since; see [`Pulse::is_between`].
//! The socket then writes ours in its place.
//!
//! [`Pulse::is_between`]: super::pulse::Pulse::is_between

use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use poem::{
    Response,
    http::{HeaderMap, request::Parts},
};

/// Why a request is refused before any handler sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// More bytes of headers than [`Limits::max_headers`], or more than 100 headers.
    ///
    /// [`Limits::max_headers`]: super::Limits::max_headers
    HeadersTooLarge,
    /// It is not HTTP.
    Malformed,
}

/// Writes the answer to a refusal. Its body must be at hand.
pub type Refuse = Arc<dyn Fn(Refusal) -> Response + Send + Sync>;

/// What a header counts for beside its name and value, as HTTP/2 counts.
const OVERHEAD: usize = 32;

/// The bytes of a request's headers and address.
pub(super) fn size_of(parts: &Parts) -> usize {
    let address = parts.uri.path_and_query().map_or(0, |it| it.as_str().len());
    address + size(&parts.headers)
}

fn size(headers: &HeaderMap) -> usize {
    let sizes = headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + OVERHEAD);
    sizes.sum()
}

/// The message that stands in the place of hyper's own: its first line, what it
/// says of the connection and the date, and our headers and body.
///
/// `None` for what is no refusal of hyper's.
pub(super) fn in_place_of(head: &[u8], refuse: &Refuse) -> Option<Bytes> {
    let head = std::str::from_utf8(head).ok()?.strip_suffix("\r\n\r\n")?;
    let (first, fields) = head.split_once("\r\n")?;
    let refusal = match first.strip_prefix("HTTP/1.1 ")?.get(..3)? {
        "431" => Refusal::HeadersTooLarge,
        "400" => Refusal::Malformed,
        _ => return None,
    };
    let (parts, body) = refuse(refusal).into_parts();
    let body = body.into_bytes().now_or_never()?.ok()?;
    let mut message = Vec::with_capacity(1024);
    let mut line = |text: &[u8]| {
        message.extend_from_slice(text);
        message.extend_from_slice(b"\r\n");
    };
    line(first.as_bytes());
    for (name, value) in &parts.headers {
        line(&[name.as_str().as_bytes(), b": ", value.as_bytes()].concat());
    }
    for field in fields.split("\r\n") {
        match field.starts_with("content-length:") {
            true => line(format!("content-length: {}", body.len()).as_bytes()),
            false => line(field.as_bytes()),
        }
    }
    line(b"");
    message.extend_from_slice(&body);
    Some(message.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refuse() -> Refuse {
        Arc::new(|refusal| {
            Response::builder()
                .content_type("text/plain")
                .body(format!("{refusal:?}"))
        })
    }

    #[test]
    fn a_refusal_keeps_its_first_line_and_gets_a_body() {
        let told = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\n\
                     content-length: 0\r\ndate: now\r\n\r\n";
        let message = in_place_of(told, &refuse()).unwrap();
        assert_eq!(
            std::str::from_utf8(&message).unwrap(),
            "HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain\r\n\
             connection: close\r\ncontent-length: 15\r\ndate: now\r\n\r\nHeadersTooLarge"
        );
    }

    #[test]
    fn what_is_no_refusal_stays_as_it_is() {
        let settings = b"\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64";
        for other in [
            &settings[..],
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"HTTP/1.1 400 Bad Request\r\n",
            b"",
        ] {
            assert_eq!(in_place_of(other, &refuse()), None);
        }
    }
}
