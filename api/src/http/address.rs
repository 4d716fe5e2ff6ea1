//! What no address may hold, whichever operation it leads to: NUL, which not every
//! database could compare with, and bytes that are no text.
//!
//! A cursor is no text; whatever it holds, its signature tells.

use poem::http::Uri;
use url::form_urlencoded;

use super::error::{ApiError, Code, FieldError};

/// # Errors
/// 400, naming the parameter.
pub(super) fn readable(uri: &Uri) -> Result<(), ApiError> {
    let query = uri.query().unwrap_or_default();
    if !query.contains('%') && !uri.path().contains('%') {
        return Ok(());
    }
    if !is_text(uri.path()) {
        return Err(ApiError::new(
            Code::InvalidRequest,
            "The path holds percent-encoded bytes that are not UTF-8.",
        ));
    }
    for pair in query.split('&').filter(|pair| !pair.starts_with("cursor=")) {
        let (code, detail) = match () {
            () if pair.contains("%00") => ("nul", "Must not contain the NUL character."),
            () if !is_text(pair) => ("not_utf8", "Must be UTF-8 before it is percent-encoded."),
            () => continue,
        };
        let name = pair.split(['=', '%']).next().unwrap_or_default();
        return Err(ApiError::invalid(vec![FieldError::parameter(name, code, detail)]));
    }
    Ok(())
}

/// Whether what is percent-encoded is UTF-8: decoding puts U+FFFD for anything else.
fn is_text(encoded: &str) -> bool {
    let decoded = form_urlencoded::parse(encoded.as_bytes());
    let put: usize = decoded
        .map(|(name, value)| name.matches('\u{fffd}').count() + value.matches('\u{fffd}').count())
        .sum();
    put == 0 || put == encoded.to_ascii_uppercase().matches("%EF%BF%BD").count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(uri: &'static str) -> Option<(Option<String>, String)> {
        let error = readable(&Uri::from_static(uri)).err()?;
        let fault = error.errors.into_iter().next()?;
        Some((fault.parameter, fault.code))
    }

    #[test]
    fn what_is_text_may_be_anything() {
        for uri in [
            "/v1/keys",
            "/v1/keys?limit=1&model=%2500",
            "/v1/keys?cursor=%00",
            "/v1/keys?cursor=%ff",
            "/v1/keys?model=%C3%A4%ef%bf%bd",
            "/v1/keys/%C3%A4",
        ] {
            assert_eq!(
                readable(&Uri::from_static(uri)).err().map(|error| error.detail),
                None,
                "{uri}"
            );
        }
    }

    #[test]
    fn a_nul_and_what_is_no_text_are_told_with_their_parameter() {
        for uri in [
            "/v1/keys?a=1&model=a%00",
            "/v1/keys?model=%00",
            "/v1/keys?model%00=a",
        ] {
            assert_eq!(
                refused(uri),
                Some((Some("model".to_owned()), "nul".to_owned())),
                "{uri}"
            );
        }
        for uri in ["/v1/keys?model=%ff", "/v1/keys?model=%EF%BF%BD%C3"] {
            assert_eq!(
                refused(uri),
                Some((Some("model".to_owned()), "not_utf8".to_owned())),
                "{uri}"
            );
        }
        let path = readable(&Uri::from_static("/v1/keys/%FF")).unwrap_err();
        assert_eq!(path.code, Code::InvalidRequest);
    }
}
