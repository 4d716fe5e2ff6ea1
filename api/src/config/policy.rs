//! Who answers for personal data, and the policy that people agree to.

use entity::Timestamp;
use serde::{Deserialize, Serialize};

use super::read_web_url;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Who answers for personal data.
    pub controller: String,
    /// Where they are reached.
    pub contact: String,
    /// How long a data-rights request may take, as an ISO 8601 period.
    pub request_deadline: String,
    /// Of the policy and terms now: whoever signs up accepts it, and everyone is
    /// told of a new one by mail. Empty: neither.
    pub version: String,
    /// Where people read it.
    pub url: String,
    /// When this version takes effect: `2026-12-15T00:00:00Z`. Empty: at once.
    pub effective_at: String,
    /// What is new in it, in a few sentences, for the mail.
    pub changes: Vec<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            controller: "Example Studio".to_owned(),
            contact: "privacy@studio.example".to_owned(),
            request_deadline: "P1M".to_owned(),
            version: String::new(),
            url: String::new(),
            effective_at: String::new(),
            changes: Vec::new(),
        }
    }
}

impl Policy {
    /// The version that people accept, where there is one.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        Some(self.version.as_str()).filter(|version| !version.is_empty())
    }

    /// When the present version takes effect; `None`: at once.
    #[must_use]
    pub fn effective_at(&self) -> Option<Timestamp> {
        self.effective_at.parse().ok()
    }

    /// What does not fit: the key, and why.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        if self.request_deadline.parse::<jiff::Span>().is_err() {
            return Some((
                "policy.request_deadline",
                "must be an ISO 8601 period such as P1M",
            ));
        }
        if self.version.len() > 40 {
            return Some(("policy.version", "must have 40 characters at most"));
        }
        if !self.version.is_empty() && read_web_url(&self.url).is_none() {
            return Some((
                "policy.url",
                "must be a URL where `policy.version` is set: people read what they accept",
            ));
        }
        if !self.effective_at.is_empty() && self.effective_at().is_none() {
            return Some((
                "policy.effective_at",
                "must be a moment such as 2026-12-15T00:00:00Z",
            ));
        }
        None
    }
}
