//! The days that a report covers, named by their beginnings in UTC.

use entity::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Unit};

use crate::http::{ApiError, FieldError};

/// The longest time that one report covers, in days.
const MOST_DAYS: i32 = 366;

/// How many days a report covers by default.
const USUAL_DAYS: i32 = 30;

/// From the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub first: Timestamp,
    pub last: Timestamp,
}

impl Days {
    /// # Errors
    /// When they are no days, or too many.
    pub fn read(from: Option<&str>, to: Option<&str>, now: Timestamp) -> Result<Self, ApiError> {
        let date = |name: &'static str, text: &str| {
            let date: Option<Date> = text.parse().ok();
            let date = date.filter(|date| (1970..=9998).contains(&date.year()));
            date.ok_or_else(|| wrong(name, "Must be a day such as 2026-11-21."))
        };
        let to = match to {
            Some(text) => date("to", text)?,
            None => date_of(now.micros()).unwrap_or(Date::MIN),
        };
        let from = match from {
            Some(text) => date("from", text)?,
            None => to
                .checked_sub((USUAL_DAYS - 1).days())
                .unwrap_or(to)
                .max(Date::constant(1970, 1, 1)),
        };
        let days = from
            .until((Unit::Day, to))
            .map(|span| span.get_days())
            .unwrap_or(i32::MAX);
        if from > to {
            return Err(wrong("from", "Must not be later than `to`."));
        }
        if days >= MOST_DAYS {
            let detail =
                format!("From `from` to `to` may be {MOST_DAYS} days at most. Ask for shorter times.");
            return Err(wrong("from", detail));
        }
        let beginning = |date: Date| {
            let begin = date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
            Timestamp::from_micros(begin.map(|at| at.as_microsecond()).unwrap_or_default())
        };
        Ok(Self {
            first: beginning(from),
            last: beginning(to),
        })
    }

    /// The place of a line on a page of these days: the next page is of the same.
    pub fn place(&self, line: &str) -> String {
        format!("{} {} {line}", self.first.micros(), self.last.micros())
    }

    /// What [`Self::place`] wrote.
    pub fn of_place(place: &str) -> Option<(Self, &str)> {
        let mut parts = place.splitn(3, ' ');
        let mut moment = || parts.next()?.parse().ok().map(Timestamp::from_micros);
        let days = Self {
            first: moment()?,
            last: moment()?,
        };
        Some((days, parts.next()?))
    }
}

pub fn date_of(micros: i64) -> Option<Date> {
    let time = jiff::Timestamp::from_microsecond(micros).ok()?;
    Some(time.to_zoned(TimeZone::UTC).date())
}

/// A parameter that can't be what it says.
pub(super) fn wrong(parameter: &str, detail: impl Into<String>) -> ApiError {
    ApiError::invalid(vec![FieldError::parameter(parameter, "invalid", detail)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::example;

    #[test]
    fn a_range_is_thirty_days_to_today_unless_asked_otherwise() {
        let now = example::MOMENT;
        let shown = |from, to| {
            Days::read(from, to, now)
                .map(|days| (days.first.to_string(), days.last.to_string()))
                .map_err(|error| error.errors[0].parameter.clone().unwrap())
        };
        let at = |from: &str, to: &str| {
            let midnight = |date: &str| format!("{date}T00:00:00.000000Z");
            Ok((midnight(from), midnight(to)))
        };
        assert_eq!(shown(None, None), at("2026-10-23", "2026-11-21"));
        assert_eq!(shown(None, Some("2026-01-05")), at("2025-12-07", "2026-01-05"));
        assert_eq!(
            shown(Some("2026-11-21"), Some("2026-11-21")),
            at("2026-11-21", "2026-11-21")
        );
        assert_eq!(
            shown(Some("2027-01-01"), Some("2028-01-01")),
            at("2027-01-01", "2028-01-01")
        );
        assert_eq!(shown(None, Some("1970-01-02")), at("1970-01-01", "1970-01-02"));
        for (from, to, wrong) in [
            ("2027-01-01", "2028-01-02", "from"),
            ("2026-11-22", "2026-11-21", "from"),
            ("2026-02-30", "2026-11-21", "from"),
            ("2026-11-21", "1969-12-31", "to"),
            ("0000-01-01", "9999-12-31", "to"),
        ] {
            assert_eq!(shown(Some(from), Some(to)), Err(wrong.to_owned()));
        }
    }

    #[test]
    fn a_place_reads_back() {
        let days = Days::read(None, None, example::MOMENT).unwrap();
        let line = r#"["a b", "c"]"#;
        assert_eq!(Days::of_place(&days.place(line)), Some((days, line)));
        assert_eq!(Days::of_place(line), None);
    }
}
