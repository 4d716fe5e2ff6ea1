//! Money: minor units and their currency, never apart, never a float.

use std::fmt;

use poem_openapi::Object;
use serde::{Deserialize, Serialize};

/// An amount of money in the minor unit of its currency: `{"amount": 900, "currency": "EUR"}` is nine euros.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(example = true)]
pub struct Money {
    /// Whole minor units: cents of EUR, yen of JPY.
    #[oai(validator(minimum(value = "0")))]
    pub amount: i64,
    /// ISO 4217 code in capitals.
    #[oai(validator(pattern = "^[A-Z]{3}$"))]
    pub currency: String,
}

impl poem_openapi::types::Example for Money {
    fn example() -> Self {
        Self {
            amount: 900,
            currency: "EUR".to_owned(),
        }
    }
}

/// Digits after the point, where they are not two (ISO 4217).
fn decimals(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = decimals(&self.currency);
        let unit = 10_i64.pow(digits);
        match digits {
            0 => write!(f, "{} {}", self.amount, self.currency),
            _ => write!(
                f,
                "{}.{:0width$} {}",
                self.amount / unit,
                self.amount % unit,
                self.currency,
                width = digits as usize
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_prints_with_the_decimals_of_its_currency() {
        let print = |amount, currency: &str| {
            Money {
                amount,
                currency: currency.to_owned(),
            }
            .to_string()
        };
        assert_eq!(print(905, "EUR"), "9.05 EUR");
        assert_eq!(print(295, "JPY"), "295 JPY");
        assert_eq!(print(295_990, "KWD"), "295.990 KWD");
    }
}
