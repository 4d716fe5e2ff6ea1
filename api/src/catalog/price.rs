//! Prices, pure: so much a unit, times the factors that the input picks.

use entity::Credits;
use serde_json::{Map, Value};

use super::Usage;
use crate::config::{PriceLine, Unit};
use crate::http::by_value;

/// A factor of 1, in the millionths that factors are written in.
const ONE: u64 = 1_000_000;

/// What a line of a price comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    pub unit: Unit,
    /// Images, seconds, characters or tokens.
    pub quantity: u64,
    /// For one unit, before the factors.
    pub credits: Credits,
    pub factors: Vec<Factor>,
    pub subtotal: Credits,
}

/// A factor that the input picked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Factor {
    pub field: String,
    pub value: String,
    pub factor: Credits,
}

/// What `usage` costs, line by line. `None` beyond the largest amount.
#[must_use]
pub fn itemize(lines: &[PriceLine], input: &Map<String, Value>, usage: Usage) -> Option<Vec<Priced>> {
    lines.iter().map(|line| price(line, input, usage)).collect()
}

/// What `usage` costs: the sum of the lines. `None` beyond the largest amount.
#[must_use]
pub fn quote(lines: &[PriceLine], input: &Map<String, Value>, usage: Usage) -> Option<Credits> {
    total(&itemize(lines, input, usage)?)
}

/// The sum of the lines. `None` beyond the largest amount.
#[must_use]
pub fn total(lines: &[Priced]) -> Option<Credits> {
    let sum: Credits = lines.iter().map(|line| line.subtotal).sum();
    sum.times(1)
}

fn price(line: &PriceLine, input: &Map<String, Value>, usage: Usage) -> Option<Priced> {
    let (quantity, cost) = match line.unit {
        Unit::Image => (usage.images, line.credits.times(usage.images)?),
        Unit::Second => (usage.seconds, line.credits.times(usage.seconds)?),
        Unit::Characters => (usage.characters, line.credits.scale(usage.characters, 1000)?),
        Unit::Tokens => (usage.tokens, line.credits.scale(usage.tokens, 1000)?),
    };
    let factors = line.multipliers.iter().filter_map(|(field, factors)| {
        let value = input.get(field)?;
        let (key, factor) = factors.iter().find(|(key, _)| names(key, value))?;
        Some(Factor {
            field: field.clone(),
            value: key.clone(),
            factor: *factor,
        })
    });
    let factors: Vec<Factor> = factors.collect();
    let subtotal = factors.iter().try_fold(cost, |cost, each| {
        cost.scale(each.factor.micro().unsigned_abs(), ONE)
    })?;
    Some(Priced {
        unit: line.unit,
        quantity,
        credits: line.credits,
        factors,
        subtotal,
    })
}

/// Whether this value of an input is meant by the key of a multiplier: a text as it
/// is, anything else by its value, however it is written.
#[must_use]
pub fn names(key: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => text == key,
        other => read(key).is_some_and(|named| named == by_value(other.clone())),
    }
}

/// The value that a key stands for, if it is no text.
pub(super) fn read(key: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(key).ok()?;
    (!value.is_string()).then(|| by_value(value))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn credits(text: &str) -> Credits {
        text.parse().unwrap()
    }

    fn line(unit: Unit, price: &str) -> PriceLine {
        PriceLine {
            unit,
            credits: credits(price),
            multipliers: Default::default(),
        }
    }

    fn price(lines: &[PriceLine], input: Value, usage: Usage) -> Option<Credits> {
        quote(lines, input.as_object().unwrap(), usage)
    }

    #[test]
    fn each_unit_counts_its_own() {
        let usage = Usage {
            images: 3,
            seconds: 5,
            characters: 1500,
            tokens: 1,
        };
        assert_eq!(
            price(&[line(Unit::Image, "2")], json!({}), usage),
            Some(credits("6"))
        );
        assert_eq!(
            price(&[line(Unit::Second, "0.5")], json!({}), usage),
            Some(credits("2.5"))
        );
        assert_eq!(
            price(&[line(Unit::Characters, "1")], json!({}), usage),
            Some(credits("1.5"))
        );
        assert_eq!(
            price(&[line(Unit::Tokens, "0.01")], json!({}), usage),
            Some(credits("0.00001"))
        );
    }

    #[test]
    fn a_factor_applies_where_the_input_has_its_value() {
        let mut lines = [line(Unit::Image, "1")];
        lines[0]
            .multipliers
            .insert("quality".into(), [("high".into(), credits("2.5"))].into());
        let usage = Usage {
            images: 2,
            ..Usage::default()
        };
        assert_eq!(
            price(&lines, json!({"quality": "high"}), usage),
            Some(credits("5"))
        );
        assert_eq!(
            price(&lines, json!({"quality": "low"}), usage),
            Some(credits("2"))
        );
    }

    #[test]
    fn a_factor_of_a_number_applies_however_it_is_written() {
        let mut lines = [line(Unit::Image, "1")];
        let factors = [("1.0", "3"), ("1.5", "5"), ("2e0", "10"), ("true", "7")];
        let factors = factors.map(|(key, factor)| (key.to_owned(), credits(factor)));
        lines[0].multipliers.insert("speed".into(), factors.into());
        let usage = Usage {
            images: 1,
            ..Usage::default()
        };
        for (speed, cost) in [
            ("1", "3"),
            ("1.0", "3"),
            ("15e-1", "5"),
            ("2", "10"),
            ("2.0", "10"),
            ("true", "7"),
            ("3", "1"),
            // A text is no number.
            ("\"2\"", "1"),
        ] {
            let input = serde_json::from_str(&format!(r#"{{"speed": {speed}}}"#)).unwrap();
            assert_eq!(price(&lines, input, usage), Some(credits(cost)), "{speed}");
        }
    }

    #[test]
    fn less_usage_never_costs_more() {
        let lines = [line(Unit::Tokens, "0.333333"), line(Unit::Characters, "0.7")];
        let mut before = Credits::ZERO;
        for amount in 0..5000 {
            let usage = Usage {
                tokens: amount,
                characters: amount,
                ..Usage::default()
            };
            let cost = price(&lines, json!({}), usage).unwrap();
            assert!(cost >= before);
            before = cost;
        }
    }

    #[test]
    fn an_absurd_amount_has_no_price() {
        let usage = Usage {
            images: u64::MAX,
            ..Usage::default()
        };
        assert_eq!(price(&[line(Unit::Image, "1")], json!({}), usage), None);
    }
}
