//! The common vocabulary of all models' inputs. A model's own schema says which of it
//! that model takes, and within which bounds: there are no others.

use std::collections::BTreeMap;

use poem_openapi::types::{Example, ToJSON as _};
use poem_openapi::{Enum, Object};
use serde_json::{Map, Value};

/// What the model is given: one flat object. `GET /v1/models/{id}` says which of these fields a model takes, and their bounds.
#[derive(Debug, Clone, Default, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct GenerationInput {
    /// What to make, in words.
    pub prompt: Option<String>,
    /// What to avoid, in words.
    pub negative_prompt: Option<String>,
    /// How many.
    pub n: Option<i64>,
    /// Width and height in pixels, as in `1024x1024`.
    pub size: Option<String>,
    /// As in `16:9`.
    pub aspect_ratio: Option<String>,
    pub quality: Option<String>,
    /// File format, as in `png`.
    pub format: Option<String>,
    /// The same seed and input make the same output, where the model can. One is chosen if you send none.
    pub seed: Option<i64>,
    /// Length of a video.
    pub seconds: Option<i64>,
    /// As in `720p`.
    pub resolution: Option<String>,
    /// Whether a video has sound.
    pub audio: Option<bool>,
    pub voice: Option<String>,
    /// Of speech; 1 is natural.
    pub speed: Option<f64>,
    /// The conversation so far, instead of a prompt.
    pub messages: Option<Vec<Message>>,
    /// Longest answer, in tokens.
    pub max_tokens: Option<i64>,
    pub temperature: Option<f64>,
    /// What only one model takes.
    pub extra: Option<BTreeMap<String, Value>>,
}

/// A turn of a conversation.
#[derive(Debug, Clone, Object)]
pub struct Message {
    pub role: Role,
    pub content: String,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename = "MessageRole", rename_all = "snake_case")]
pub enum Role {
    System,
    User,
    Assistant,
}

impl Example for GenerationInput {
    fn example() -> Self {
        Self {
            prompt: Some("a lighthouse at dawn".to_owned()),
            n: Some(1),
            ..Self::default()
        }
    }
}

impl GenerationInput {
    /// As the model's schema sees it.
    #[must_use]
    pub fn into_map(self) -> Map<String, Value> {
        match self.to_json() {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        }
    }
}
