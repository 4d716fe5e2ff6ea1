//! How what is asked for is looked at before it is admitted.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::read_web_url;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ModerationSettings {
    /// Words and phrases that are refused, however they are written.
    pub blocklist: Vec<String>,
    /// A file with more of them, one a line.
    pub blocklist_file: String,
    /// Where `POST /moderations` is answered as OpenAI does, such as
    /// `https://api.openai.com/v1`; empty: nobody is asked.
    pub endpoint: String,
    /// The key for the endpoint.
    pub key: String,
    pub model: String,
    /// Without an answer, `open` admits and `closed` refuses for the moment.
    pub fail: String,
    /// How long an answer may take.
    pub timeout_ms: u64,
    /// What is flagged is refused (`refuse`), or admitted and marked (`review`).
    pub flagged: String,
    /// Whether the endpoint is asked about what test keys want, too.
    pub test_keys: bool,
    /// Whether the words of refused requests are kept for the reviewer.
    pub keep_prompts: bool,
    /// ISO 3166 codes of the countries where the endpoint is.
    pub countries: Vec<String>,
}

impl Default for ModerationSettings {
    fn default() -> Self {
        Self {
            blocklist: Vec::new(),
            blocklist_file: String::new(),
            endpoint: String::new(),
            key: String::new(),
            model: "omni-moderation-latest".to_owned(),
            fail: "closed".to_owned(),
            timeout_ms: 3000,
            flagged: "refuse".to_owned(),
            test_keys: false,
            keep_prompts: false,
            countries: Vec::new(),
        }
    }
}

impl ModerationSettings {
    #[must_use]
    pub const fn timeout(&self) -> Duration {
        Duration::from_millis(self.timeout_ms)
    }

    /// What is wrong, by key.
    pub(super) fn fault(&self) -> Option<(&'static str, &'static str)> {
        if !["open", "closed"].contains(&self.fail.as_str()) {
            return Some(("moderation.fail", "must be `open` or `closed`"));
        }
        if !["refuse", "review"].contains(&self.flagged.as_str()) {
            return Some(("moderation.flagged", "must be `refuse` or `review`"));
        }
        if !self.endpoint.is_empty() && read_web_url(&self.endpoint).is_none() {
            return Some((
                "moderation.endpoint",
                "must be a URL such as https://api.openai.com/v1",
            ));
        }
        if !(1..=60_000).contains(&self.timeout_ms) {
            return Some(("moderation.timeout_ms", "must be from 1 to 60000"));
        }
        None
    }
}
