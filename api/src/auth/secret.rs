//! The secret of an API key: `tt_live_` or `tt_test_`, 30 random characters, and
//! six that check the rest. So a typo is refused without asking the database, and
//! a leaked key is recognised wherever it is found.

use crate::secrets::sha256_hex;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const LIVE: &str = "tt_live_";
const TEST: &str = "tt_test_";
const RANDOM: usize = 30;
const CHECK: usize = 6;

/// A new secret. It is shown once; keep its [`hash`] only.
#[must_use]
pub fn mint(livemode: bool) -> String {
    let random = (0..RANDOM).map(|_| char::from(DIGITS[rand::random_range(0..DIGITS.len())]));
    let mut secret = String::from(if livemode { LIVE } else { TEST });
    secret.extend(random);
    secret.push_str(&checksum(&secret));
    secret
}

/// Whether a text can be a secret of ours at all.
#[must_use]
pub fn is_well_formed(text: &str) -> bool {
    let Some(body) = text.strip_prefix(LIVE).or_else(|| text.strip_prefix(TEST)) else {
        return false;
    };
    if body.len() != RANDOM + CHECK || !body.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let (secret, check) = text.split_at(text.len() - CHECK);
    checksum(secret) == check
}

/// Whether a text looks as if it was meant for a key rather than a token.
#[must_use]
pub fn is_key(text: &str) -> bool {
    text.starts_with("tt_")
}

/// What is stored of a secret: SHA-256, in hex. It has 178 random bits, so
/// nothing slower is needed.
#[must_use]
pub fn hash(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}

/// The last four characters, to tell keys apart by.
#[must_use]
pub fn last_four(secret: &str) -> &str {
    let start = secret.len().saturating_sub(4);
    secret.get(start..).unwrap_or_default()
}

/// CRC-32 in six base-62 digits.
fn checksum(text: &str) -> String {
    let mut rest = crc32fast::hash(text.as_bytes());
    let mut digits = [b'0'; CHECK];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(rest % 62) as usize];
        rest /= 62;
    }
    digits.map(char::from).iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_well_formed_and_new() {
        for livemode in [true, false] {
            let secret = mint(livemode);
            assert_eq!(secret.len(), 44);
            assert_eq!(secret.starts_with("tt_live_"), livemode);
            assert!(is_well_formed(&secret), "{secret}");
            assert_ne!(secret, mint(livemode));
            assert!(secret.ends_with(last_four(&secret)));
        }
    }

    #[test]
    fn a_typo_is_seen() {
        let secret = mint(false);
        for at in 0..secret.len() {
            let mut typo = secret.clone().into_bytes();
            typo[at] = if typo[at] == b'a' { b'b' } else { b'a' };
            assert!(!is_well_formed(std::str::from_utf8(&typo).unwrap()), "at {at}");
        }
        for bad in [
            "",
            "tt_test_",
            "tt_test_é",
            &secret[1..],
            &secret[..43],
            &format!("{secret}0"),
        ] {
            assert!(!is_well_formed(bad), "{bad}");
        }
        // The prefix is under the checksum: a test key can't be made a live one.
        assert!(!is_well_formed(&secret.replace("tt_test_", "tt_live_")));
    }

    #[test]
    fn a_checksum_has_six_digits() {
        assert_eq!(checksum(""), "000000");
        assert_eq!(checksum("123456789").len(), 6);
    }
}
