//! A mail address: kept as it was typed, compared in lower case.

use std::str::FromStr;

/// RFC 5321 allows no longer path.
const LONGEST: usize = 254;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a mail address such as ada@studio.example")]
pub struct InvalidAddress;

impl Address {
    /// As it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes it unique.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Refuses what can't be an address at all, and what could smuggle a second line
/// or recipient into a mail. Whether it exists, only the mailed code tells.
impl FromStr for Address {
    type Err = InvalidAddress;

    fn from_str(text: &str) -> Result<Self, InvalidAddress> {
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidAddress)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"@<>(),;:\\\"[]".contains(c);
        // The Kelvin sign is a `k` in lower case: another address with the same key.
        let poses = |c: char| !c.is_ascii() && c.to_lowercase().any(|lower| lower.is_ascii());
        let labels = domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        let sound = text.len() <= LONGEST
            && (1..=64).contains(&local.len())
            && local.chars().all(plain)
            && domain
                .chars()
                .all(|c| c.is_alphanumeric() || c == '-' || c == '.')
            && labels
            && !text.chars().any(poses)
            && domain.contains('.');
        sound.then(|| Self(text.to_owned())).ok_or(InvalidAddress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_compared_in_lower_case() {
        let address: Address = "Ada+1@Studio.Example".parse().unwrap();
        assert_eq!(address.as_str(), "Ada+1@Studio.Example");
        assert_eq!(address.key(), "ada+1@studio.example");
        assert!("jürgen@bücher.example".parse::<Address>().is_ok());
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for bad in [
            "",
            "ada",
            "@studio.example",
            "ada@",
            "ada@studio",
            "ada@studio..example",
            "a b@studio.example",
            "a@b@studio.example",
            "ada@studio.example\nBcc: eve@evil.example",
            "ada@-studio.example",
            "<ada@studio.example>",
            "ada@studio.example,eve@evil.example",
            "ada@studio.example\0",
            "ada@\u{212a}elvin.example",
        ] {
            assert!(bad.parse::<Address>().is_err(), "{bad:?}");
        }
        assert!(
            format!("{}@studio.example", "a".repeat(65))
                .parse::<Address>()
                .is_err()
        );
        assert!(
            format!("a@{}.example", "b.".repeat(125))
                .parse::<Address>()
                .is_err()
        );
    }
}
