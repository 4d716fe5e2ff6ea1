//! Prices, pure: so much a unit, times the factors that the input picks.

use entity::Credits;
use serde_json::{Map, Value};

use super::Usage;
use crate::config::{PriceLine, Unit};

/// A factor of 1, in the millionths that factors are written in.
const ONE: u64 = 1_000_000;

/// What `usage` costs: the sum of the lines. `None` beyond the largest amount.
pub fn quote(lines: &[PriceLine], input: &Map<String, Value>, usage: Usage) -> Option<Credits> {
    lines.iter().try_fold(Credits::ZERO, |sum, line| {
        let cost = match line.unit {
            Unit::Image => line.credits.times(usage.images)?,
            Unit::Second => line.credits.times(usage.seconds)?,
            Unit::Characters => line.credits.scale(usage.characters, 1000)?,
            Unit::Tokens => line.credits.scale(usage.tokens, 1000)?,
        };
        let factors = line.multipliers.iter().filter_map(|(field, factors)| {
            let value = input.get(field)?;
            factors.get(
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
                    .as_str(),
            )
        });
        let cost = factors.copied().try_fold(cost, |cost, factor| {
            cost.scale(factor.micro().unsigned_abs(), ONE)
        })?;
        Some(sum + cost)
    })
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
