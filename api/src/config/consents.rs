//! What people may be asked to agree to beyond what the service needs.

use entity::consent::MARKETING;
use serde::{Deserialize, Serialize};

/// A purpose, in words that people agree to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentPurpose {
    /// Its name in addresses: `marketing`, `model_training`. News by mail are `marketing`.
    pub purpose: String,
    /// What people read: "Yes, send me news by mail."
    pub text: String,
    /// Of the words; change it with them.
    #[serde(default = "first")]
    pub version: String,
}

fn first() -> String {
    "1".to_owned()
}

/// What there is to agree to where no rows say otherwise.
#[must_use]
pub fn usual() -> Vec<ConsentPurpose> {
    vec![ConsentPurpose {
        purpose: MARKETING.to_owned(),
        text: "News by mail, until I say otherwise.".to_owned(),
        version: first(),
    }]
}

/// What does not fit: the key, and why.
pub(super) fn fault(rows: &[ConsentPurpose]) -> Option<(&'static str, &'static str)> {
    let plain = |text: &str| {
        (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    if rows.iter().any(|row| !plain(&row.purpose)) {
        return Some((
            "consents.purpose",
            "must be 1 to 40 lower-case letters and underscores",
        ));
    }
    let mut names: Vec<&str> = rows.iter().map(|row| row.purpose.as_str()).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        return Some(("consents.purpose", "must name each purpose once"));
    }
    let long = |row: &ConsentPurpose| row.version.is_empty() || row.version.len() > 40 || row.text.is_empty();
    if rows.iter().any(long) {
        return Some(("consents", "need a text, and a version of 40 characters at most"));
    }
    None
}
