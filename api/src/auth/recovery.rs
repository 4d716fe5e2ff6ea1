//! Recovery codes: for whoever lost their authenticator app, once each.
//!
//! A code has 80 random bits, so guessing is hopeless and a plain hash is enough.
//! It is written in groups of four, `k7qm-2xv9-0hbn-w4te`, in letters that are
//! not mistaken for one another; whoever types it may leave out the dashes, write
//! capitals, or take `O` for `0` and `l` for `1`.

use crate::secrets::sha256_hex;

/// So many are given out at once.
pub const COUNT: usize = 10;

/// Crockford's: no i, l, o or u.
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH: usize = 16;
const GROUP: usize = 4;

/// New codes. They are shown once; keep their [`hash`]es only.
#[must_use]
pub fn mint() -> Vec<String> {
    (0..COUNT).map(|_| one()).collect()
}

fn one() -> String {
    let mut code = String::with_capacity(LENGTH + LENGTH / GROUP - 1);
    for at in 0..LENGTH {
        if at > 0 && at % GROUP == 0 {
            code.push('-');
        }
        code.push(char::from(DIGITS[rand::random_range(0..DIGITS.len())]));
    }
    code
}

/// What is stored of a code, however it was typed; `None` for what can't be one.
#[must_use]
pub fn hash(typed: &str) -> Option<String> {
    let mut code = String::with_capacity(LENGTH);
    for character in typed.chars() {
        match character.to_ascii_lowercase() {
            '-' | ' ' => {}
            'o' => code.push('0'),
            'i' | 'l' => code.push('1'),
            digit if digit.is_ascii() && DIGITS.contains(&(digit as u8)) => code.push(digit),
            _ => return None,
        }
    }
    (code.len() == LENGTH).then(|| sha256_hex(code.as_bytes()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ten_codes_that_differ() {
        let codes: BTreeSet<_> = mint().into_iter().chain(mint()).collect();
        assert_eq!(codes.len(), 2 * COUNT);
        for code in &codes {
            assert_eq!(code.len(), 19);
            assert!(code.split('-').all(|group| group.len() == GROUP), "{code}");
            assert!(hash(code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_code_may_be_typed_carelessly() {
        let stored = hash("10a0-1bcd-efgh-jkmn");
        assert!(stored.is_some());
        for typed in ["10a01bcdefghjkmn", "10A0-1BCD-EFGH-JKMN", " loaO ibcd efgh jkmn "] {
            assert_eq!(hash(typed), stored, "{typed}");
        }
    }

    #[test]
    fn what_can_t_be_a_code_has_no_hash() {
        for bad in [
            "",
            "10a0-1bcd-efgh-jkm",
            "10a0-1bcd-efgh-jkmn0",
            "10a0-1bcd-efgh-jkmu",
            "10a0-1bcd-efgh-jkmé",
            "10a0_1bcd_efgh_jkmn",
        ] {
            assert_eq!(hash(bad), None, "{bad}");
        }
    }
}
