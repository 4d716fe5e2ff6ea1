//! Checking that a webhook comes from your Tintype server: Standard Webhooks 1.0.0.
//!
//! ```
//! use tintype_client::webhooks::{Webhook, WebhookEvent};
//! # use reqwest::header::HeaderMap;
//!
//! # fn receive(headers: &HeaderMap, body: &[u8]) -> tintype_client::Result<()> {
//! let webhook = Webhook::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")?;
//! // The body as it came: parsed and printed again, it would be another one.
//! let event = webhook.verify(headers, body)?;
//! println!("{}", event.kind());
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use reqwest::header::HeaderMap;
use serde_json::{Map, Value};
use sha2::Sha256;

use crate::Result;
pub use crate::events::WebhookEvent;

/// How far the clocks may be apart, and how long a delivery may take.
const TOLERANCE: Duration = Duration::from_secs(300);

/// Why a webhook is refused. Answer it with a status of 400.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WebhookError {
    /// The secret is not one.
    #[error("the secret begins with `whsec_`, and base64 follows")]
    Secret,
    /// A header is not there or unreadable.
    #[error("the header `{0}` is missing or unreadable")]
    Header(&'static str),
    /// It was sent too long ago, or the clocks are too far apart.
    #[error("it was not sent within the last five minutes")]
    Timestamp,
    /// It was not signed with this secret, or changed on its way.
    #[error("no signature fits")]
    Signature,
    /// It is well signed, but no event.
    #[error("the body is no event")]
    Body,
}

/// An event of a type that this version does not know.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct UnknownEvent {
    /// What happened.
    #[serde(rename = "type")]
    pub kind: String,
    /// When it happened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timestamp: Option<Timestamp>,
    /// What it is about.
    #[serde(default)]
    pub data: Value,
    /// Whatever else it says.
    #[serde(flatten)]
    pub extra: Map<String, Value>,
}

/// Checks webhooks with the secret of their endpoint.
#[derive(Clone)]
pub struct Webhook {
    key: Vec<u8>,
}

impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").finish_non_exhaustive()
    }
}

impl Webhook {
    /// With the secret of the endpoint: `whsec_…`.
    pub fn new(secret: &str) -> Result<Self> {
        let encoded = secret.trim();
        let encoded = encoded.strip_prefix("whsec_").unwrap_or(encoded);
        let key = STANDARD.decode(encoded).map_err(|_| WebhookError::Secret)?;
        if key.is_empty() {
            return Err(WebhookError::Secret.into());
        }
        Ok(Self { key })
    }

    /// The event in a request, if your server sent it, unchanged and just now. Take the body as
    /// it came, byte by byte.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8]) -> Result<WebhookEvent> {
        self.check(headers, body, Timestamp::now())?;
        Ok(serde_json::from_slice(body).map_err(|_| WebhookError::Body)?)
    }

    fn check(&self, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<(), WebhookError> {
        let header = |name: &'static str| {
            let value = headers.get(name).and_then(|value| value.to_str().ok());
            value.ok_or(WebhookError::Header(name))
        };
        let id = header("webhook-id")?;
        let sent = header("webhook-timestamp")?;
        let signatures = header("webhook-signature")?;
        let seconds: i64 = sent
            .parse()
            .map_err(|_| WebhookError::Header("webhook-timestamp"))?;
        if now.as_second().abs_diff(seconds) > TOLERANCE.as_secs() {
            return Err(WebhookError::Timestamp);
        }
        let fits = signatures.split(' ').any(|signature| {
            let signature = signature.strip_prefix("v1,");
            let signature = signature.and_then(|signature| STANDARD.decode(signature).ok());
            // Compares in constant time.
            signature.is_some_and(|signature| self.mac(id, sent, body).verify_slice(&signature).is_ok())
        });
        fits.then_some(()).ok_or(WebhookError::Signature)
    }

    fn mac(&self, id: &str, sent: &str, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(format!("{id}.{sent}.").as_bytes());
        mac.update(body);
        mac
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SENT: i64 = 1_614_265_330;

    /// The example of the standard's own libraries.
    fn example() -> HeaderMap {
        HeaderMap::from_iter(
            [
                ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                ("webhook-timestamp", "1614265330"),
                (
                    "webhook-signature",
                    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                ),
            ]
            .map(|(name, value)| {
                (
                    reqwest::header::HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            }),
        )
    }

    fn check(headers: &HeaderMap, body: &[u8], later: i64) -> Result<(), WebhookError> {
        let webhook =
            Webhook::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").map_err(|_| WebhookError::Secret)?;
        let now = Timestamp::from_second(SENT + later).unwrap_or_default();
        webhook.check(headers, body, now)
    }

    #[test]
    fn the_standards_example_is_good() {
        assert_eq!(check(&example(), BODY, 0), Ok(()));
        assert_eq!(check(&example(), BODY, 300), Ok(()));
    }

    #[test]
    fn changed_or_late_is_refused() {
        assert_eq!(check(&example(), b"{}", 0), Err(WebhookError::Signature));
        assert_eq!(check(&example(), BODY, 301), Err(WebhookError::Timestamp));
        assert_eq!(check(&example(), BODY, -301), Err(WebhookError::Timestamp));
        let mut unsigned = example();
        unsigned.remove("webhook-signature");
        assert_eq!(
            check(&unsigned, BODY, 0),
            Err(WebhookError::Header("webhook-signature"))
        );
    }
}
