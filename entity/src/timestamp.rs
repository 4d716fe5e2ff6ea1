//! The one type for a moment: whole microseconds since 1970, UTC.
//!
//! An integer sorts and compares rightly on every database. (Texts with a
//! trimmed fraction do not: `…20.5Z` sorts before `…20Z`.) On the wire it is
//! RFC 3339 with a fixed six-digit fraction and `Z`.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseFromParameter, ParseResult, ToJSON, Type};
use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// A text that is no RFC 3339 time, or one beyond the years 1970 to 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an RFC 3339 time such as 2026-11-21T09:30:00Z")]
pub struct InvalidTimestamp;

impl Timestamp {
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    #[must_use]
    pub const fn micros(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_add(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(
            self.0
                .saturating_sub(i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)),
        )
    }

    /// The time since `earlier`; zero when it lies ahead.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or_default())
    }

    /// Adds an ISO 8601 period such as `P30D` or `P7Y` by the calendar.
    ///
    /// # Errors
    /// When the sum leaves the calendar.
    pub fn plus_period(self, period: &jiff::Span) -> Result<Self, jiff::Error> {
        let zoned = jiff::Timestamp::from_microsecond(self.0)?.to_zoned(jiff::tz::TimeZone::UTC);
        Ok(Self(zoned.checked_add(*period)?.timestamp().as_microsecond()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_microsecond(self.0) {
            Ok(time) => write!(f, "{time:.6}"),
            Err(_) => f.write_str("9999-12-30T22:00:00.000000Z"),
        }
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let time: jiff::Timestamp = text.parse().map_err(|_| InvalidTimestamp)?;
        match time.as_microsecond() {
            micros if micros >= 0 => Ok(Self(micros)),
            _ => Err(InvalidTimestamp),
        }
    }
}

impl Type for Timestamp {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "string(date-time)".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "date-time")))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl ParseFromJSON for Timestamp {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        match value {
            Some(Value::String(text)) => text.parse().map_err(ParseError::custom),
            other => Err(ParseError::expected_type(other.unwrap_or_default())),
        }
    }
}

impl ParseFromParameter for Timestamp {
    fn parse_from_parameter(value: &str) -> ParseResult<Self> {
        value.parse().map_err(ParseError::custom)
    }
}

impl ToJSON for Timestamp {
    fn to_json(&self) -> Option<Value> {
        Some(Value::String(self.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_text_has_six_digits_and_sorts_like_the_moment() {
        let times = [20_000_000, 20_500_000, 20_500_001, 21_000_000].map(Timestamp::from_micros);
        let texts = times.map(|time| time.to_string());
        assert_eq!(texts[1], "1970-01-01T00:00:20.500000Z");
        assert!(texts.is_sorted());
        assert_eq!(texts[2].parse(), Ok(times[2]));
    }

    #[test]
    fn a_period_follows_the_calendar() {
        let leap: Timestamp = "2028-02-29T00:00:00Z".parse().unwrap();
        let after = leap.plus_period(&"P1Y".parse().unwrap()).unwrap();
        assert_eq!(after.to_string(), "2029-02-28T00:00:00.000000Z");
    }

    #[test]
    fn a_time_before_1970_or_no_time_is_refused() {
        for bad in ["", "yesterday", "1969-12-31T23:59:59Z", "2026-11-21"] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad:?}");
        }
    }
}
