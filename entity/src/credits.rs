//! Credits: an exact amount in whole millionths, a decimal string on the wire.
//!
//! Never a float: `"12.5"` is 12,500,000 micro-credits. Arithmetic is checked;
//! an amount that overflows is an error, not a small number.

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::str::FromStr;

use poem_openapi::registry::{MetaSchema, MetaSchemaRef, Registry};
use poem_openapi::types::{ParseError, ParseFromJSON, ParseResult, ToJSON, Type};
use sea_orm::DeriveValueType;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

const MICRO: i64 = 1_000_000;

/// The most that any one amount may be: a thousand million credits. Sums of
/// balances stay far inside an `i64`.
const MAX: i64 = 1_000_000_000 * MICRO;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType)]
pub struct Credits(i64);

/// A text that is no amount of credits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an amount of credits as a decimal string such as \"12.5\", with at most six decimals")]
pub struct InvalidCredits;

impl Credits {
    pub const ZERO: Self = Self(0);

    #[must_use]
    pub const fn from_micro(micro: i64) -> Self {
        Self(micro)
    }

    #[must_use]
    pub const fn micro(self) -> i64 {
        self.0
    }

    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// This amount times a whole number; `None` beyond the largest amount.
    #[must_use]
    pub fn times(self, count: u64) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(count);
        i64::try_from(product)
            .ok()
            .filter(|micro| *micro <= MAX)
            .map(Self)
    }

    /// This amount times `numerator / denominator`, rounded up to a whole
    /// micro-credit, so that a price is never lost to rounding.
    #[must_use]
    pub fn scale(self, numerator: u64, denominator: u64) -> Option<Self> {
        let product = i128::from(self.0) * i128::from(numerator);
        let denominator = i128::from(denominator);
        let quotient = product
            .checked_add(denominator.checked_sub(1)?)?
            .checked_div(denominator)?;
        i64::try_from(quotient)
            .ok()
            .filter(|micro| *micro <= MAX)
            .map(Self)
    }
}

impl Add for Credits {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(
            self.0
                .checked_add(other.0)
                .expect("amounts are bounded far below i64::MAX"),
        )
    }
}

impl Sub for Credits {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(
            self.0
                .checked_sub(other.0)
                .expect("amounts are bounded far above i64::MIN"),
        )
    }
}

impl AddAssign for Credits {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Credits {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Sum for Credits {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (
            self.0.unsigned_abs() / MICRO as u64,
            self.0.unsigned_abs() % MICRO as u64,
        );
        let sign = if self.0 < 0 { "-" } else { "" };
        match fraction {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(
                f,
                "{sign}{whole}.{}",
                format!("{fraction:06}").trim_end_matches('0')
            ),
        }
    }
}

impl FromStr for Credits {
    type Err = InvalidCredits;

    fn from_str(text: &str) -> Result<Self, InvalidCredits> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str, most| {
            (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let is_in_range = digits(whole, 9) || whole == "1000000000";
        if !is_in_range || !digits(fraction, 6) {
            return Err(InvalidCredits);
        }
        let whole: i64 = whole.parse().map_err(|_| InvalidCredits)?;
        let micro: i64 = format!("{fraction:0<6}").parse().map_err(|_| InvalidCredits)?;
        match whole * MICRO + micro {
            total if total <= MAX => Ok(Self(total)),
            _ => Err(InvalidCredits),
        }
    }
}

impl Serialize for Credits {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Credits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

impl Type for Credits {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> Cow<'static, str> {
        "Credits".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Reference(Self::name().into_owned())
    }

    fn register(registry: &mut Registry) {
        registry.create_schema::<Self, _>(Self::name().into_owned(), |_| MetaSchema {
            description: Some(
                "An exact amount of credits, from 0 to 1000000000, as a decimal string with at most six decimals. Never parse it into a float.",
            ),
            // No less than `from_str` takes, and no more.
            pattern: Some(r"^([0-9]{1,9}(\.[0-9]{1,6})?|1000000000(\.0{1,6})?)$".to_owned()),
            example: Some("12.5".into()),
            ..MetaSchema::new("string")
        });
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(self.as_raw_value().into_iter())
    }
}

impl ParseFromJSON for Credits {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        match value {
            Some(Value::String(text)) => text.parse().map_err(ParseError::custom),
            _ => Err(ParseError::custom(InvalidCredits)),
        }
    }
}

impl ToJSON for Credits {
    fn to_json(&self) -> Option<Value> {
        Some(Value::String(self.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credits(text: &str) -> Credits {
        text.parse().unwrap()
    }

    #[test]
    fn a_decimal_string_reads_back_without_loss() {
        for text in ["0", "12.5", "0.000001", "999999999.999999", "1000000000"] {
            assert_eq!(credits(text).to_string(), text);
        }
        assert_eq!(credits("1.50").to_string(), "1.5");
        assert_eq!(Credits::from_micro(-500_000).to_string(), "-0.5");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "1e3",
            "0.0000001",
            "1000000001",
            "1000000000.000001",
            "0000000001",
            "99999999999",
            "NaN",
            "１",
        ] {
            assert_eq!(bad.parse::<Credits>(), Err(InvalidCredits), "{bad:?}");
        }
    }

    #[test]
    fn scaling_rounds_up_and_refuses_overflow() {
        assert_eq!(credits("1").scale(1, 3), Some(Credits::from_micro(333_334)));
        assert_eq!(credits("1000000000").times(2), None);
        assert_eq!(credits("1").scale(u64::MAX, 1), None);
        assert_eq!(credits("1").scale(1, 0), None);
    }
}
