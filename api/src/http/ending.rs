//! What announces an end: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a
//! `Link` to the successor (RFC 5829).

use entity::Timestamp;
use poem::http::{HeaderName, HeaderValue, header};
use poem::{IntoResponse, Response};
use poem_openapi::ApiResponse;
use poem_openapi::registry::{MetaHeader, MetaResponses, Registry};
use poem_openapi::types::Type;

const DEPRECATION: HeaderName = HeaderName::from_static("deprecation");
const SUNSET: HeaderName = HeaderName::from_static("sunset");

/// The announced end of something that an answer is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ending {
    /// Since when it is deprecated, or will be.
    pub deprecated_at: Option<Timestamp>,
    /// When it ends, or ended.
    pub ends_at: Option<Timestamp>,
    /// The path of what takes its place.
    pub successor: Option<String>,
}

impl Ending {
    /// The headers that say so.
    #[must_use]
    pub fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let deprecation = self.deprecated_at.map(|at| format!("@{}", at.seconds()));
        let sunset = self.ends_at.and_then(http_date);
        let link = self
            .successor
            .as_ref()
            .map(|path| format!("<{path}>; rel=\"successor-version\""));
        [(DEPRECATION, deprecation), (SUNSET, sunset), (header::LINK, link)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, HeaderValue::from_str(&value?).ok()?)))
            .collect()
    }

    /// Several ends in one answer: the first of the dates, and every successor.
    #[must_use]
    pub fn first_of(endings: &[Self]) -> Vec<Self> {
        let earliest = |date: fn(&Self) -> Option<Timestamp>| endings.iter().filter_map(date).min();
        let mut all = vec![Self {
            deprecated_at: earliest(|ending| ending.deprecated_at),
            ends_at: earliest(|ending| ending.ends_at),
            successor: None,
        }];
        for ending in endings {
            let successor = Self {
                successor: ending.successor.clone(),
                ..Self::default()
            };
            if !all.contains(&successor) {
                all.push(successor);
            }
        }
        all
    }
}

fn http_date(at: Timestamp) -> Option<String> {
    let at = jiff::Timestamp::from_second(at.seconds()).ok()?;
    jiff::fmt::rfc2822::DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&at)
        .ok()
}

/// An answer about things whose end may be announced.
pub struct Announced<T> {
    pub answer: T,
    pub endings: Vec<Ending>,
}

impl<T: IntoResponse> IntoResponse for Announced<T> {
    fn into_response(self) -> Response {
        let mut response = self.answer.into_response();
        for (name, value) in self.endings.iter().flat_map(Ending::headers) {
            response.headers_mut().append(name, value);
        }
        response
    }
}

impl<T: ApiResponse + IntoResponse> ApiResponse for Announced<T> {
    fn meta() -> MetaResponses {
        let declare = |name: &str, description: &str| MetaHeader {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            required: false,
            deprecated: false,
            schema: String::schema_ref(),
        };
        let mut meta = T::meta();
        for response in &mut meta.responses {
            response.headers.extend([
                declare(
                    "Deprecation",
                    "Since when the model is deprecated: seconds since 1970 after an `@` (RFC 9745)",
                ),
                declare("Sunset", "When the model ends (RFC 8594)"),
                declare(
                    "Link",
                    "The model that takes its place, with `rel=\"successor-version\"`",
                ),
            ]);
        }
        meta
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(ending: &Ending) -> Vec<String> {
        let headers = ending.headers();
        headers
            .iter()
            .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
            .collect()
    }

    #[test]
    fn an_end_is_told_in_the_words_of_its_standards() {
        let ending = Ending {
            deprecated_at: Some("2026-11-21T00:00:00Z".parse().unwrap()),
            ends_at: Some("2027-11-21T09:30:00Z".parse().unwrap()),
            successor: Some("/v1/models/next".to_owned()),
        };
        let expected = [
            "deprecation: @1795219200",
            "sunset: Sun, 21 Nov 2027 09:30:00 GMT",
            "link: </v1/models/next>; rel=\"successor-version\"",
        ];
        assert_eq!(told(&ending), expected);
        assert_eq!(told(&Ending::default()), [""; 0]);
    }

    #[test]
    fn of_several_ends_the_first_is_told_and_every_successor_once() {
        let ending = |year: u32, successor: &str| Ending {
            deprecated_at: None,
            ends_at: Some(format!("{year}-01-01T00:00:00Z").parse().unwrap()),
            successor: Some(successor.to_owned()),
        };
        let all = Ending::first_of(&[ending(2028, "/a"), ending(2027, "/b"), ending(2029, "/a")]);
        let told: Vec<String> = all.iter().flat_map(told).collect();
        assert_eq!(
            told,
            [
                "sunset: Fri, 01 Jan 2027 00:00:00 GMT",
                "link: </a>; rel=\"successor-version\"",
                "link: </b>; rel=\"successor-version\"",
            ]
        );
    }
}
