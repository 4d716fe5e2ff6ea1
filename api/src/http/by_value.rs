//! Numbers by their value: `1`, `1.0` and `1e0` are one number.
//!
//! serde_json keeps what was written apart, and so would every comparison: of prices,
//! of choices, of repeated requests. So each value from outside is brought into one
//! form when it comes in, and from there on equal is equal.

use serde_json::{Number, Value};

/// One beyond the largest `i64` and `u64`; both are floats without loss.
const I64_END: f64 = 9_223_372_036_854_775_808.0;
const U64_END: f64 = 18_446_744_073_709_551_616.0;

/// The same value, with every whole number as an integer.
#[must_use]
pub fn by_value(mut value: Value) -> Value {
    settle(&mut value);
    value
}

fn settle(value: &mut Value) {
    match value {
        Value::Number(number) => {
            if let Some(whole) = whole(number) {
                *number = whole;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(settle),
        Value::Object(members) => members.values_mut().for_each(settle),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The integer that a float is; `None` where it is none, or one already.
fn whole(number: &Number) -> Option<Number> {
    let float = number.as_f64().filter(|_| number.is_f64())?;
    match float {
        _ if float.fract() != 0.0 => None,
        _ if (-I64_END..I64_END).contains(&float) => Some((float as i64).into()),
        _ if (0.0..U64_END).contains(&float) => Some((float as u64).into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Value {
        by_value(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn however_a_number_is_written_it_is_the_same() {
        for (one, other) in [
            ("1", "1.0"),
            ("1", "1e0"),
            ("1500", "1.5e3"),
            ("1.5", "15e-1"),
            ("0", "-0.0"),
            ("-9223372036854775808", "-9223372036854775808.0"),
            ("10000000000000000000", "1e19"),
            (r#"{"a":[2,{"b":3}]}"#, r#"{"a":[2.0,{"b":30e-1}]}"#),
        ] {
            assert_eq!(read(one), read(other), "{one} {other}");
            assert_eq!(read(one).to_string(), read(other).to_string());
        }
    }

    #[test]
    fn what_differs_stays_apart() {
        for (one, other) in [("1", "\"1\""), ("1", "1.5"), ("1", "true"), ("1e19", "1e20")] {
            assert_ne!(read(one), read(other), "{one} {other}");
        }
        assert!(read("1e30").is_f64(), "beyond every integer");
    }
}
