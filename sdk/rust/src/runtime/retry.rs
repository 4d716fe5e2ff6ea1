//! When to send a request again, and after how long. Pure.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::Method;
use reqwest::header::{HeaderMap, RETRY_AFTER};

/// A server that asks for more is not waited for; the usual pause is made instead.
const LONGEST_ASKED: Duration = Duration::from_secs(120);
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);

/// How an attempt failed.
pub enum Failure<'a> {
    /// Nothing came back, or not all of it.
    Lost,
    Status(u16, &'a HeaderMap),
}

/// Whether to try again, attempts permitting.
///
/// A POST may have been done although its answer was lost: without an idempotency key it is
/// sent again only after a 429, which says that it was not done.
pub fn should_retry(method: &Method, has_key: bool, failure: &Failure<'_>) -> bool {
    let safe = method != Method::POST || has_key;
    match failure {
        Failure::Lost => safe,
        Failure::Status(status, headers) => match headers.get("x-should-retry").map(|value| value.as_bytes())
        {
            Some(b"true") => safe,
            Some(b"false") => false,
            _ => match status {
                429 => true,
                408 | 500.. => safe,
                // The first attempt, whose answer was lost, is still at work.
                409 => safe && headers.contains_key(RETRY_AFTER),
                _ => false,
            },
        },
    }
}

/// How long to pause before the attempt after the given one, which counts from 0; `chance` is
/// between 0 and 1.
pub fn pause(attempt: u32, asked: Option<Duration>, chance: f64) -> Duration {
    match asked {
        Some(asked) if asked <= LONGEST_ASKED => asked,
        _ => {
            let doubled = FIRST.saturating_mul(2_u32.saturating_pow(attempt)).min(LONGEST);
            doubled.mul_f64(1.0 - 0.25 * chance)
        }
    }
}

/// `Retry-After`, in seconds or as a date.
pub fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    Some(Duration::try_from(date.duration_since(now)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(name: &'static str, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(
            reqwest::header::HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )])
    }

    #[test]
    fn a_post_is_repeated_only_where_that_is_safe() {
        let none = HeaderMap::new();
        assert!(should_retry(&Method::GET, false, &Failure::Lost));
        assert!(should_retry(&Method::POST, true, &Failure::Lost));
        assert!(!should_retry(&Method::POST, false, &Failure::Lost));
        assert!(!should_retry(&Method::POST, false, &Failure::Status(503, &none)));
        assert!(should_retry(&Method::POST, false, &Failure::Status(429, &none)));
        assert!(!should_retry(&Method::POST, true, &Failure::Status(409, &none)));
        let later = headers("retry-after", "1");
        assert!(should_retry(&Method::POST, true, &Failure::Status(409, &later)));
    }

    #[test]
    fn the_server_has_the_last_word() {
        let no = headers("x-should-retry", "false");
        assert!(!should_retry(&Method::GET, false, &Failure::Status(429, &no)));
        let yes = headers("x-should-retry", "true");
        assert!(should_retry(&Method::POST, true, &Failure::Status(409, &yes)));
    }

    #[test]
    fn pauses_double_up_to_eight_seconds() {
        let pauses: Vec<_> = (0..6)
            .map(|attempt| pause(attempt, None, 0.0).as_millis())
            .collect();
        assert_eq!(pauses, [500, 1000, 2000, 4000, 8000, 8000]);
        assert_eq!(pause(0, None, 1.0).as_millis(), 375);
        assert_eq!(pause(0, Some(Duration::from_secs(120)), 0.0).as_secs(), 120);
        assert_eq!(pause(0, Some(Duration::from_secs(121)), 0.0).as_millis(), 500);
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = "2026-11-21T09:30:00Z".parse().unwrap_or_default();
        let asked = |value| retry_after(&headers("retry-after", value), now);
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(
            asked("Sat, 21 Nov 2026 09:30:30 GMT"),
            Some(Duration::from_secs(30))
        );
        assert_eq!(asked("Sat, 21 Nov 2026 09:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(asked("soon"), None);
    }
}
