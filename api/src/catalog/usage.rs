//! What there is to pay for: what an input can make at most, and what came.

use entity::generation::Kind;
use serde_json::{Map, Value};

/// Counts of what is priced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage {
    pub images: u64,
    pub seconds: u64,
    pub characters: u64,
    pub tokens: u64,
}

impl Usage {
    /// The most that this input can make.
    #[must_use]
    pub fn planned(kind: Kind, input: &Map<String, Value>) -> Self {
        let count = |field: &str| input.get(field).and_then(Value::as_u64);
        let characters = written(input).map(|text| text.chars().count() as u64).sum();
        let none = Self {
            characters,
            ..Self::default()
        };
        match kind {
            Kind::Image => Self {
                images: count("n").unwrap_or(1),
                ..none
            },
            Kind::Video => Self {
                seconds: count("seconds").unwrap_or(1),
                ..none
            },
            Kind::Speech => none,
            // A token is seldom shorter than one byte: the most that a text can count as.
            Kind::Text => Self {
                tokens: written(input)
                    .map(|text| text.len() as u64)
                    .sum::<u64>()
                    .saturating_add(count("max_tokens").unwrap_or(0)),
                ..none
            },
        }
    }

    /// The least that is paid for when something came: one picture, one second.
    /// What was asked for in words is read in any case.
    #[must_use]
    pub fn least(self) -> Self {
        Self {
            images: self.images.min(1),
            seconds: self.seconds.min(1),
            tokens: 0,
            ..self
        }
    }

    /// What is paid for when `made` came: never more than was planned.
    #[must_use]
    pub fn paid(self, made: Self) -> Self {
        Self {
            images: made.images.clamp(self.images.min(1), self.images),
            seconds: made.seconds.clamp(self.seconds.min(1), self.seconds),
            characters: self.characters,
            tokens: made.tokens.min(self.tokens),
        }
    }
}

/// The texts that a model reads: the prompt, or the messages.
fn written(input: &Map<String, Value>) -> impl Iterator<Item = &str> {
    let messages = input
        .get("messages")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let contents = messages.filter_map(|message| message.get("content").and_then(Value::as_str));
    input
        .get("prompt")
        .and_then(Value::as_str)
        .into_iter()
        .chain(contents)
}
