//! A provider's moderation endpoint, as OpenAI shaped it: `POST /moderations`.
//!
//! What it answers is believed only in that shape, and read only so far.

use futures_util::StreamExt as _;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};

use crate::config::ModerationSettings;

/// The longest answer that is read, in bytes.
const LONGEST: usize = 256 * 1024;

/// Asks the endpoint.
pub struct Judge {
    client: Client,
    url: String,
    key: String,
    model: String,
}

#[derive(Debug, thiserror::Error)]
pub enum JudgeError {
    #[error("it could not be reached")]
    Unreachable,
    #[error("it took too long")]
    TimedOut,
    #[error("it answered {0}")]
    Status(u16),
    #[error("it did not answer in the shape that is expected")]
    Garbage,
}

impl Judge {
    /// # Errors
    /// When no client can be made.
    pub fn new(settings: &ModerationSettings) -> Result<Self, String> {
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(settings.timeout())
            .connect_timeout(settings.timeout())
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            client,
            url: format!("{}/moderations", settings.endpoint.trim_end_matches('/')),
            key: settings.key.clone(),
            model: settings.model.clone(),
        })
    }

    /// The categories for which a text is flagged; none: it is not.
    ///
    /// # Errors
    /// When there is no answer that can be believed.
    pub async fn judge(&self, text: &str) -> Result<Vec<String>, JudgeError> {
        let mut request = self
            .client
            .post(&self.url)
            .json(&json!({"model": self.model, "input": text}));
        if !self.key.is_empty() {
            request = request.bearer_auth(&self.key);
        }
        let response = request.send().await.map_err(|error| match error.is_timeout() {
            true => JudgeError::TimedOut,
            false => JudgeError::Unreachable,
        })?;
        let status = response.status();
        if !status.is_success() {
            return Err(JudgeError::Status(status.as_u16()));
        }
        let body = read(response).await?;
        let answer: Value = serde_json::from_slice(&body).map_err(|_| JudgeError::Garbage)?;
        flagged(&answer).ok_or(JudgeError::Garbage)
    }
}

async fn read(response: Response) -> Result<Vec<u8>, JudgeError> {
    let mut body = Vec::new();
    let mut chunks = response.bytes_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| match error.is_timeout() {
            true => JudgeError::TimedOut,
            false => JudgeError::Unreachable,
        })?;
        if body.len() + chunk.len() > LONGEST {
            return Err(JudgeError::Garbage);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// The categories of all results that are flagged. Some categories may be null,
/// and a result may be flagged without naming any.
fn flagged(answer: &Value) -> Option<Vec<String>> {
    let results = answer.get("results")?.as_array()?;
    if results.is_empty() {
        return None;
    }
    let mut categories = Vec::new();
    for result in results {
        if !result.get("flagged")?.as_bool()? {
            continue;
        }
        let named = result.get("categories").and_then(Value::as_object);
        let named = named.into_iter().flatten();
        let before = categories.len();
        categories.extend(
            named
                .filter(|(_, flagged)| flagged.as_bool() == Some(true))
                .map(|(name, _)| name.chars().take(64).collect::<String>())
                .take(32),
        );
        if categories.len() == before {
            categories.push("flagged".to_owned());
        }
    }
    categories.sort_unstable();
    categories.dedup();
    Some(categories)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_flagged_is_named_and_nulls_are_no_flags() {
        let answer = json!({"id": "modr-1", "model": "omni-moderation-latest", "results": [{
            "flagged": true,
            "categories": {
                "harassment": false, "harassment/threatening": false, "hate": false, "hate/threatening": false,
                "illicit": null, "illicit/violent": null, "self-harm": false, "self-harm/intent": false,
                "self-harm/instructions": false, "sexual": false, "sexual/minors": false, "violence": true,
                "violence/graphic": true,
            },
            "category_scores": {"violence": 0.9},
        }]});
        assert_eq!(flagged(&answer).unwrap(), ["violence", "violence/graphic"]);
        let fine = json!({"results": [{"flagged": false, "categories": {"violence": true}}]});
        assert_eq!(flagged(&fine), Some(Vec::new()));
        let unnamed = json!({"results": [{"flagged": true, "categories": {"illicit": null}}]});
        assert_eq!(flagged(&unnamed).unwrap(), ["flagged"]);
    }

    #[test]
    fn what_has_another_shape_is_not_believed() {
        for answer in [
            json!(null),
            json!({}),
            json!({"results": []}),
            json!({"results": [{}]}),
            json!({"results": [{"flagged": "no"}]}),
            json!({"error": {"message": "no"}}),
        ] {
            assert_eq!(flagged(&answer), None, "{answer}");
        }
    }
}
