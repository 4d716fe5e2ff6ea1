//! The periods of caps, in UTC. Pure.

use std::time::Duration;

use entity::Timestamp;
use entity::key_cap::Period;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{ToSpan as _, Zoned};

const DAY: i64 = 86_400_000_000;

/// Stands for all days together.
pub const LIFETIME: Timestamp = Timestamp::from_micros(0);

/// The longest period that ends, with a day to spare.
pub const LONGEST: Duration = Duration::from_secs(32 * 24 * 60 * 60);

/// The beginning of the day in which `at` lies.
#[must_use]
pub const fn day(at: Timestamp) -> Timestamp {
    Timestamp::from_micros(at.micros() - at.micros().rem_euclid(DAY))
}

/// The beginning of the period in which `now` lies.
#[must_use]
pub fn start(period: Period, now: Timestamp) -> Timestamp {
    let today = day(now);
    let back = match (period, civil(today)) {
        (Period::Lifetime, _) => return LIFETIME,
        (Period::Day, _) | (_, None) => 0,
        (Period::Week, Some(date)) => i64::from(date.weekday().since(Weekday::Monday)),
        (Period::Month, Some(date)) => i64::from(date.day()) - 1,
    };
    Timestamp::from_micros(today.micros() - back * DAY)
}

/// When the period in which `now` lies ends; `None`: never.
#[must_use]
pub fn end(period: Period, now: Timestamp) -> Option<Timestamp> {
    let begin = start(period, now);
    match period {
        Period::Lifetime => None,
        Period::Day => Some(Timestamp::from_micros(begin.micros() + DAY)),
        Period::Week => Some(Timestamp::from_micros(begin.micros() + 7 * DAY)),
        Period::Month => begin.plus_period(&1.month()).ok(),
    }
}

fn civil(at: Timestamp) -> Option<Zoned> {
    let time = jiff::Timestamp::from_microsecond(at.micros()).ok()?;
    Some(time.to_zoned(TimeZone::UTC))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_begins_and_ends_by_the_calendar() {
        for (now, period, begin, finish) in [
            ("2026-11-21T09:30:00Z", Period::Day, "2026-11-21", "2026-11-22"),
            ("2026-11-21T09:30:00Z", Period::Week, "2026-11-16", "2026-11-23"),
            ("2026-11-16T00:00:00Z", Period::Week, "2026-11-16", "2026-11-23"),
            ("2026-11-22T23:59:59Z", Period::Week, "2026-11-16", "2026-11-23"),
            ("2026-11-21T09:30:00Z", Period::Month, "2026-11-01", "2026-12-01"),
            ("2028-02-29T23:59:59Z", Period::Month, "2028-02-01", "2028-03-01"),
            ("2026-12-31T23:59:59Z", Period::Month, "2026-12-01", "2027-01-01"),
            ("2027-01-01T00:00:00Z", Period::Week, "2026-12-28", "2027-01-04"),
        ] {
            let now = now.parse().unwrap();
            let at = |date: &str| format!("{date}T00:00:00Z").parse().unwrap();
            assert_eq!(start(period, now), at(begin), "{period:?} of {now}");
            assert_eq!(end(period, now), Some(at(finish)), "{period:?} of {now}");
        }
    }

    #[test]
    fn a_lifetime_never_ends() {
        let now = "2026-11-21T09:30:00Z".parse().unwrap();
        assert_eq!(start(Period::Lifetime, now), LIFETIME);
        assert_eq!(end(Period::Lifetime, now), None);
    }

    #[test]
    fn no_period_is_longer_than_the_longest() {
        for day in 0..800 {
            let now = Timestamp::from_micros(1_795_253_400_000_000 + day * DAY);
            for period in [Period::Day, Period::Week, Period::Month] {
                assert!(now.since(start(period, now)) < LONGEST);
            }
        }
    }
}
