//! A mail address: kept as it was typed, compared in lower case.
//!
//! Domains beyond ASCII are kept in the form in which mail finds them (UTS 46): many
//! texts name one domain, and each would be another address of the same mailbox.

use std::str::FromStr;

use unicode_normalization::char::is_combining_mark;
use url::Host;

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
        let (local, typed) = text.rsplit_once('@').ok_or(InvalidAddress)?;
        let domain = as_found(typed)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"@<>(),;:\\\"[]".contains(c);
        // The Kelvin sign is a `k` in lower case: another address with the same key.
        let poses = |c: char| !c.is_ascii() && c.to_lowercase().any(|lower| lower.is_ascii());
        let labels = domain
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'));
        let address = format!("{local}@{domain}");
        let sound = address.len() <= LONGEST
            && (1..=64).contains(&local.len())
            && local.chars().all(plain)
            && domain
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.')
            && labels
            && !text.chars().any(poses)
            && domain.contains('.');
        sound.then_some(Self(address)).ok_or(InvalidAddress)
    }
}

/// A domain in ASCII.
fn as_found(typed: &str) -> Result<String, InvalidAddress> {
    // What a keyboard composes may come in parts.
    let letters = |c: char| c.is_alphanumeric() || is_combining_mark(c) || c == '-' || c == '.';
    let is_plain = typed.is_ascii() && !typed.to_ascii_lowercase().contains("xn--");
    match is_plain {
        true => Ok(typed.to_owned()),
        false if !typed.chars().all(letters) => Err(InvalidAddress),
        false => match Host::parse(typed) {
            Ok(Host::Domain(domain)) => Ok(domain),
            _ => Err(InvalidAddress),
        },
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
    }

    #[test]
    fn a_domain_is_one_however_it_is_written() {
        let key = |text: &str| text.parse::<Address>().map(|address| address.key());
        for same in [
            "jürgen@bücher.example",
            "jürgen@bu\u{308}cher.example",
            "jürgen@BÜCHER.example",
            "jürgen@xn--bcher-kva.example",
            "jürgen@XN--Bcher-KVA.Example",
            "jürgen@bücher.ｅxample",
        ] {
            assert_eq!(key(same), Ok("jürgen@xn--bcher-kva.example".to_owned()), "{same}");
        }
        for same in [
            "eve@ｍail.example",
            "eve@mａil.example",
            "eve@ⓜail.example",
            "eve@𝐦ail.example",
        ] {
            assert_eq!(key(same), Ok("eve@mail.example".to_owned()), "{same}");
        }
        for bad in ["eve@xn--a.example", "eve@１.２.３.４", "eve@mail。example"] {
            assert!(key(bad).is_err(), "{bad}");
        }
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
