//! Looks at what is asked for, before anything is written.

use std::sync::Arc;

use entity::review_item::Source;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use super::blocklist::Blocklist;
use crate::config::{Config, ModerationSettings};
use crate::providers::{Judge, JudgeError};

/// Texts that the endpoint is asked about at a time.
const AT_ONCE: usize = 64;

/// Of `input`, what is not looked at: it says what to avoid.
const AVOIDED: &str = "negative_prompt";

/// Why something is worth a person's look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    pub source: Source,
    /// As the endpoint calls them; none of the blocklist.
    pub categories: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
#[error("`moderation` can't be used: {0}")]
pub struct ModerationError(String);

#[derive(Debug, Clone, thiserror::Error)]
pub enum ScreenError {
    #[error("the content is refused")]
    Refused(Flag),
    /// It may be sent to none but these countries, and moderation is elsewhere.
    #[error("moderation happens outside the regions that were allowed")]
    Region { countries: Vec<String> },
    #[error("the moderation endpoint did not answer, and without it nothing is admitted")]
    Unavailable,
}

/// What is looked for, and who is asked.
#[derive(Clone)]
pub struct Moderation {
    blocklist: Arc<Blocklist>,
    judge: Option<Arc<Judge>>,
    places: Arc<Semaphore>,
    settings: ModerationSettings,
}

impl Moderation {
    /// Reads the list and prepares the endpoint.
    ///
    /// # Errors
    /// When the list's file can't be read or the endpoint is no address.
    pub fn configured(config: &Config) -> Result<Self, ModerationError> {
        let settings = config.moderation.clone();
        let file = match settings.blocklist_file.as_str() {
            "" => String::new(),
            path => std::fs::read_to_string(path).map_err(|error| {
                ModerationError(format!("`blocklist_file` {path} can't be read: {error}"))
            })?,
        };
        let entries = settings.blocklist.iter().map(String::as_str).chain(file.lines());
        let blocklist = Arc::new(Blocklist::of(entries));
        let judge = match settings.endpoint.as_str() {
            "" => None,
            _ => Some(Arc::new(Judge::new(&settings).map_err(ModerationError)?)),
        };
        Ok(Self {
            blocklist,
            judge,
            places: Arc::new(Semaphore::new(AT_ONCE)),
            settings,
        })
    }

    /// Looks at an input; what is admitted all the same may carry a flag.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn screen(
        &self,
        livemode: bool,
        input: &Map<String, Value>,
        regions: Option<&[String]>,
    ) -> Result<Option<Flag>, ScreenError> {
        if self.blocklist.is_empty() && self.judge.is_none() {
            return Ok(None);
        }
        let text = text_of(input);
        if self.blocklist.finds(&text) {
            return self.objected(Flag {
                source: Source::Blocklist,
                categories: Vec::new(),
            });
        }
        let Some(judge) = self
            .judge
            .as_ref()
            .filter(|_| livemode || self.settings.test_keys)
        else {
            return Ok(None);
        };
        if text.is_empty() {
            return Ok(None);
        }
        let countries = &self.settings.countries;
        if regions.is_some_and(|regions| countries.iter().any(|country| !regions.contains(country))) {
            return Err(ScreenError::Region {
                countries: countries.clone(),
            });
        }
        // Who finds no place waits for a moment within the endpoint's own time.
        let judged = async {
            let _place = self.places.acquire().await.map_err(|_| JudgeError::TimedOut)?;
            judge.judge(&text).await
        };
        match tokio::time::timeout(self.settings.timeout(), judged).await {
            Ok(Ok(categories)) if categories.is_empty() => Ok(None),
            Ok(Ok(categories)) => self.objected(Flag {
                source: Source::Endpoint,
                categories,
            }),
            Ok(Err(error)) => self.unanswered(&error),
            Err(_) => self.unanswered(&JudgeError::TimedOut),
        }
    }

    /// Whether refused prompts are kept for the reviewer to read.
    #[must_use]
    pub fn keeps_prompts(&self) -> bool {
        self.settings.keep_prompts
    }

    fn objected(&self, flag: Flag) -> Result<Option<Flag>, ScreenError> {
        match self.settings.flagged.as_str() {
            "review" => Ok(Some(flag)),
            _ => Err(ScreenError::Refused(flag)),
        }
    }

    fn unanswered(&self, error: &JudgeError) -> Result<Option<Flag>, ScreenError> {
        tracing::warn!(%error, "the moderation endpoint did not answer");
        match self.settings.fail.as_str() {
            "open" => Ok(None),
            _ => Err(ScreenError::Unavailable),
        }
    }
}

/// All texts of an input, a line each.
#[must_use]
pub fn text_of(input: &Map<String, Value>) -> String {
    let mut text = String::new();
    for (field, value) in input {
        if field != AVOIDED {
            collect(value, &mut text);
        }
    }
    text
}

fn collect(value: &Value, text: &mut String) {
    match value {
        Value::String(words) => {
            text.push_str(words);
            text.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, text)),
        Value::Object(members) => members.values().for_each(|member| collect(member, text)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_is_looked_at_but_what_is_to_be_avoided() {
        let input = json!({
            "prompt": "a", "negative_prompt": "b", "n": 1, "extra": {"style": ["c"]},
            "messages": [{"role": "user", "content": "d"}],
        });
        assert_eq!(text_of(input.as_object().unwrap()), "a\nc\nuser\nd\n");
    }
}
