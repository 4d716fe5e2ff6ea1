//! Refusals: what a provider does not make because of its content. Some come
//! with an error's status, some with 200 and nothing made.

use serde_json::Value;

const CODES: &[&str] = &[
    "moderation_blocked",
    "content_policy_violation",
    "content_refused",
    "content_filter",
    "content_filtered",
    "content_moderation",
    "responsible_ai",
    "safety_violation",
];

/// Words of messages in which a failed task says that content was the reason.
const WORDS: &[&str] = &[
    "content policy",
    "content_policy",
    "safety system",
    "safety filter",
    "sensitive content",
    "sensitive information",
    "prohibited content",
    "moderation",
    "nsfw",
    "risk control",
    "violates our",
    "violate our",
];

const GOOGLE: &[&str] = &[
    "SAFETY",
    "RECITATION",
    "BLOCKLIST",
    "PROHIBITED_CONTENT",
    "SPII",
    "IMAGE_SAFETY",
    "IMAGE_PROHIBITED_CONTENT",
    "IMAGE_RECITATION",
    "IMAGE_OTHER",
    "NO_IMAGE",
];

/// Why it is refused, if it is.
#[must_use]
pub fn refusal(body: &Value) -> Option<String> {
    by_code(body)
        .or_else(|| google(body))
        .or_else(|| veo(body))
        .or_else(|| task(body))
        .or_else(|| words_of_models(body))
}

/// OpenAI, ElevenLabs, and whoever names it by a code.
fn by_code(body: &Value) -> Option<String> {
    let places = [
        &body["error"]["code"],
        &body["error"]["type"],
        &body["detail"]["status"],
        &body["error_type"],
        &body["code"],
    ];
    let mut codes = places.iter().filter_map(|place| place.as_str());
    let code = codes.find(|code| CODES.contains(&code.to_lowercase().as_str()))?;
    Some(told(
        &[
            &body["error"]["message"],
            &body["detail"]["message"],
            &body["message"],
        ],
        code,
    ))
}

/// Gemini: a prompt that was blocked, or a candidate without a part.
fn google(body: &Value) -> Option<String> {
    if let Some(reason) = body["promptFeedback"]["blockReason"].as_str() {
        return Some(format!("the prompt was blocked: {reason}"));
    }
    let candidates = body["candidates"].as_array()?;
    let empty = |candidate: &&Value| {
        let parts = candidate["content"]["parts"].as_array();
        !parts.is_some_and(|parts| parts.iter().any(|part| part.get("inlineData").is_some()))
    };
    if candidates.is_empty() || !candidates.iter().all(|candidate| empty(&candidate)) {
        return None;
    }
    let mut reasons = candidates
        .iter()
        .filter_map(|candidate| candidate["finishReason"].as_str());
    let reason = reasons.find(|reason| GOOGLE.contains(reason))?;
    Some(format!("nothing was made: {reason}"))
}

/// Veo: done, without an error and without a sample.
fn veo(body: &Value) -> Option<String> {
    let answer = &body["response"]["generateVideoResponse"];
    let samples = answer["generatedSamples"].as_array().map_or(0, Vec::len);
    let filtered = answer["raiMediaFilteredCount"].as_u64().unwrap_or_default();
    if body["done"].as_bool() != Some(true) || samples > 0 || filtered == 0 {
        return None;
    }
    Some(told(
        &[&answer["raiMediaFilteredReasons"][0]],
        "the film was filtered",
    ))
}

/// Tasks that failed and say why in words: PiAPI, fal, Replicate.
fn task(body: &Value) -> Option<String> {
    let task = if body["data"].is_object() {
        &body["data"]
    } else {
        body
    };
    let failed = ["failed", "error"].contains(&task["status"].as_str()?.to_lowercase().as_str())
        || body["error_type"].is_string();
    let error = &task["error"];
    let places = [
        &error["message"],
        &error["raw_message"],
        error,
        &task["detail"],
        &body["error_type"],
    ];
    let mut messages = places.iter().filter_map(|place| place.as_str());
    let refused = messages.find(|message| {
        let message = message.to_lowercase();
        WORDS.iter().chain(CODES).any(|word| message.contains(word))
    });
    refused
        .filter(|_| failed)
        .map(|message| message.chars().take(300).collect())
}

/// Models of text: Anthropic's stop reason, OpenAI's refusals and filters.
fn words_of_models(body: &Value) -> Option<String> {
    if body["stop_reason"] == "refusal" {
        return Some(told(&[&body["stop_details"]["explanation"]], "the model refused"));
    }
    if body["incomplete_details"]["reason"] == "content_filter" {
        return Some("the answer was filtered".to_owned());
    }
    let choice = &body["choices"][0];
    if let Some(refusal) = choice["message"]["refusal"].as_str() {
        return Some(refusal.chars().take(300).collect());
    }
    if choice["finish_reason"] == "content_filter" {
        return Some("the answer was filtered".to_owned());
    }
    let part = &body["output"][0]["content"][0];
    (part["type"] == "refusal").then(|| told(&[&part["refusal"]], "the model refused"))
}

fn told(places: &[&Value], otherwise: &str) -> String {
    let said = places.iter().find_map(|place| place.as_str());
    said.unwrap_or(otherwise).chars().take(300).collect()
}
