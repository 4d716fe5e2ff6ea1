//! Codes of an authenticator app (RFC 6238): six digits, new every 30 seconds.
//!
//! SHA-1, because some apps show SHA-256 and compute SHA-1 all the same. A code
//! counts in its own step, the one before and the one after: clocks differ. That
//! it counts only once is for whoever keeps the last step that was accepted.

use std::fmt;

use entity::Timestamp;
use totp_rs::{Builder, Totp};

const PERIOD: i64 = 30;
/// As the standard recommends: 160 bits.
const BYTES: usize = 20;

/// What an authenticator app and we share. Sealed wherever it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; BYTES]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    #[must_use]
    pub fn generate() -> Self {
        Self(rand::random())
    }

    /// As people type it: 32 characters, without padding.
    #[must_use]
    pub fn base32(&self) -> String {
        totp_rs::Secret::new_stack(self.0).to_base32()
    }

    /// `None` for anything that [`Self::base32`] does not write.
    #[must_use]
    pub fn from_base32(text: &str) -> Option<Self> {
        let secret = totp_rs::Secret::try_from_base32(text).ok()?;
        secret.as_bytes().try_into().ok().map(Self)
    }

    /// What authenticator apps read from a QR code: who asks for the code, and
    /// whose it is. Colons, which part the two, become spaces.
    #[must_use]
    pub fn uri(&self, issuer: &str, account: &str) -> String {
        let totp = self
            .builder()
            .with_issuer(Some(issuer.replace(':', " ")))
            .with_account_name(account.replace(':', " "))
            .build_noncompliant();
        let uri = totp.to_url().expect("an account has a name, without colons");
        // Defaults; said all the same, for apps with others.
        format!("{uri}&algorithm=SHA1&digits=6&period={PERIOD}")
    }

    /// The step whose code this is, if it is near `now` and later than `last`, the
    /// last that was accepted.
    #[must_use]
    pub fn step(&self, code: &str, now: Timestamp, last: Option<i64>) -> Option<i64> {
        let totp = self.totp();
        let current = now.seconds().div_euclid(PERIOD);
        (current - 1..=current + 1)
            .filter(|step| last.is_none_or(|last| *step > last))
            .find(|step| u64::try_from(step * PERIOD).is_ok_and(|time| totp.check(code, time).is_some()))
    }

    /// The code that an authenticator app shows now.
    #[must_use]
    pub fn code(&self, now: Timestamp) -> String {
        let time = u64::try_from(now.seconds()).unwrap_or_default();
        self.totp().generate(time).to_string()
    }

    fn totp(&self) -> Totp {
        self.builder().build_noncompliant()
    }

    fn builder(&self) -> Builder {
        // A skew of none: which steps count is decided above.
        Builder::new().with_secret(self.0).with_skew(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn standard() -> Secret {
        Secret(*b"12345678901234567890")
    }

    /// RFC 6238, appendix B, cut to six digits.
    const STANDARD: [(i64, &str); 6] = [
        (59, "287082"),
        (1_111_111_109, "081804"),
        (1_111_111_111, "050471"),
        (1_234_567_890, "005924"),
        (2_000_000_000, "279037"),
        (20_000_000_000, "353130"),
    ];

    #[test]
    fn the_standards_own_examples() {
        for (seconds, code) in STANDARD {
            assert_eq!(standard().code(at(seconds)), code);
            assert_eq!(standard().step(code, at(seconds), None), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_counts_in_its_step_and_the_two_beside_it() {
        let secret = standard();
        let code = secret.code(at(300));
        for (seconds, counts) in [(269, false), (270, true), (300, true), (359, true), (360, false)] {
            let step = secret.step(&code, at(seconds), None);
            assert_eq!(step, counts.then_some(10), "at {seconds}");
        }
    }

    #[test]
    fn a_step_that_was_accepted_and_those_before_it_do_not_count() {
        let secret = standard();
        let (before, code) = (secret.code(at(270)), secret.code(at(300)));
        assert_eq!(secret.step(&code, at(300), Some(9)), Some(10));
        assert_eq!(secret.step(&code, at(300), Some(10)), None);
        assert_eq!(secret.step(&before, at(300), Some(10)), None);
        assert_eq!(secret.step(&before, at(300), Some(8)), Some(9));
    }

    #[test]
    fn what_is_no_code_is_refused() {
        let secret = standard();
        // Leading zeros count; signs, spaces and other digits are none.
        let now = at(1_111_111_109);
        for bad in [
            "", "81804", " 81804", "+81804", "0818040", "81804 ", "08180٤", "081805", "abcdef",
        ] {
            assert_eq!(secret.step(bad, now, None), None, "{bad}");
        }
        assert_eq!(secret.step("081804", at(-1), None), None);
    }

    #[test]
    fn a_secret_is_written_and_read() {
        let secret = standard();
        assert_eq!(secret.base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(Secret::from_base32(&secret.base32()), Some(secret));
        let secret = Secret::generate();
        assert_eq!(Secret::from_base32(&secret.base32()), Some(secret.clone()));
        assert_ne!(secret, Secret::generate());
        for bad in ["", "GEZDGNBV", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"] {
            assert_eq!(Secret::from_base32(bad), None, "{bad}");
        }
        assert!(!format!("{secret:?}").contains(&secret.base32()));
    }

    #[test]
    fn an_address_for_authenticator_apps() {
        assert_eq!(
            standard().uri("Ada & Co: Studio", "ada+x@studio.example"),
            "otpauth://totp/Ada%20%26%20Co%20%20Studio:ada%2Bx%40studio.example\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Ada%20%26%20Co%20%20Studio\
             &algorithm=SHA1&digits=6&period=30"
        );
    }
}
