//! Recovery codes: for whoever lost their authenticator app, once each.
//!
//! A code has 80 random bits, so guessing is hopeless and a plain hash is enough:
//! `k7qm-2xv9-0hbn-w4te`.

use super::spelled;
use crate::secrets::sha256_hex;

/// So many are given out at once.
pub const COUNT: usize = 10;

const LETTERS: usize = 16;

/// New codes. They are shown once; keep their [`hash`]es only.
#[must_use]
pub fn mint() -> Vec<String> {
    (0..COUNT).map(|_| spelled::mint(LETTERS)).collect()
}

/// What is stored of a code, however it was typed; `None` for what can't be one.
#[must_use]
pub fn hash(typed: &str) -> Option<String> {
    spelled::read(typed, LETTERS).map(|code| sha256_hex(code.as_bytes()))
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
            assert!(hash(code).is_some(), "{code}");
        }
    }

    #[test]
    fn a_code_may_be_typed_carelessly() {
        let stored = hash("10a0-1bcd-efgh-jkmn");
        assert!(stored.is_some());
        for typed in ["10A01BCDEFGHJKMN", " loaO ibcd efgh jkmn "] {
            assert_eq!(hash(typed), stored, "{typed}");
        }
        assert_eq!(hash("10a0-1bcd-efgh-jkm"), None);
    }
}
