//! The answer to a request that reached no endpoint, since the protocol refuses it.

use std::sync::Arc;

use super::error::{ApiError, Code};
use super::problems::without_endpoint;
use crate::edge::{Refusal, Refuse};

/// What the edge says to such requests.
#[must_use]
pub fn refuse(public_url: String, max_headers: u32) -> Refuse {
    Arc::new(move |refusal| {
        let error = match refusal {
            Refusal::HeadersTooLarge => {
                let detail = format!(
                    "The address and the headers have more than {max_headers} bytes, or there are more than 100 \
                     headers. Send fewer or shorter ones."
                );
                ApiError::new(Code::HeadersTooLarge, detail)
            }
            Refusal::Malformed => ApiError::new(
                Code::MalformedRequest,
                "The request is not HTTP. Percent-encode every byte of the address that is no printable ASCII, \
                 and check the first line, `Content-Length` and `Transfer-Encoding`.",
            ),
        };
        without_endpoint(error, &public_url)
    })
}
