//! For how long a provider wants to be left alone.

use std::time::Duration;

use entity::Timestamp;
use serde_json::Value;

use super::Answer;

/// The longest that is believed.
const LONGEST: Duration = Duration::from_secs(86_400);

/// The wait that it names: in a header as milliseconds, seconds or a date, in the
/// body as Google does, in a sentence as Replicate does, or as the span after
/// which its limits are fresh.
#[must_use]
pub fn wait(answer: &Answer<'_>, body: Option<&Value>, now: Timestamp) -> Option<Duration> {
    let milliseconds = answer
        .header("retry-after-ms")
        .and_then(|text| text.parse::<f64>().ok());
    let found = milliseconds
        .and_then(|number| seconds(number / 1000.0))
        .or_else(|| answer.header("retry-after").and_then(|text| after(text, now)))
        .or_else(|| body.and_then(retry_info))
        .or_else(|| body.and_then(sentence))
        .or_else(|| {
            // The limit that is used up says when it is fresh.
            ["requests", "tokens"].iter().find_map(|what| {
                let remaining = answer.header(&format!("x-ratelimit-remaining-{what}"))?;
                let reset = answer.header(&format!("x-ratelimit-reset-{what}"))?;
                (remaining == "0").then(|| span(reset))?
            })
        });
    found.map(|wait| wait.min(LONGEST))
}

fn seconds(number: f64) -> Option<Duration> {
    (number.is_finite() && number >= 0.0).then(|| Duration::from_secs_f64(number.min(LONGEST.as_secs_f64())))
}

fn after(text: &str, now: Timestamp) -> Option<Duration> {
    if let Ok(number) = text.parse::<f64>() {
        return seconds(number);
    }
    let date = jiff::fmt::rfc2822::parse(text).ok()?;
    let micros = date.timestamp().as_microsecond() - now.micros();
    Some(Duration::from_micros(u64::try_from(micros).unwrap_or(0)))
}

fn retry_info(body: &Value) -> Option<Duration> {
    let details = body["error"]["details"].as_array()?;
    details
        .iter()
        .find_map(|detail| span(detail["retryDelay"].as_str()?))
}

/// "Your rate limit resets in ~30s."
fn sentence(body: &Value) -> Option<Duration> {
    let text = body["detail"].as_str()?;
    let (_, rest) = text.split_once("resets in")?;
    span(rest.trim().trim_start_matches('~').trim_end_matches('.'))
}

/// `1s`, `6m0s`, `45.83s`, `120ms`, `1h2m`.
fn span(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut sum = 0.0;
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        let unit = &rest[digits..];
        let letters = unit
            .find(|letter: char| letter.is_ascii_digit())
            .unwrap_or(unit.len());
        sum += number
            * match &unit[..letters] {
                "ms" => 0.001,
                "s" => 1.0,
                "m" => 60.0,
                "h" => 3600.0,
                "d" => 86_400.0,
                _ => return None,
            };
        rest = &unit[letters..];
    }
    seconds(sum)
}
