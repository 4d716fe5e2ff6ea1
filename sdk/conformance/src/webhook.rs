//! Signs as Standard Webhooks 1.0.0 says, and as the case wants it spoilt.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Map, Value, json};
use sha2::Sha256;

use crate::case::Webhook;

const ID: &str = "evt_01m7yj54w3s2y4f6h8k0m2p4q6";

/// What the runner verifies: secret, headers and body.
pub fn signed(webhook: &Webhook, now: i64) -> Value {
    let timestamp = now - webhook.age;
    let body = webhook.signed_body.as_ref().unwrap_or(&webhook.body);
    let own = [webhook.secret.clone()];
    let secrets = webhook.signed_with.as_deref().unwrap_or(&own);
    let version = webhook.signature_version.as_deref().unwrap_or("v1");
    let signatures: Vec<String> = secrets
        .iter()
        .map(|secret| format!("{version},{}", signature(secret, ID, timestamp, body)))
        .collect();
    let signatures = signatures.join(" ");
    let mut headers = Map::new();
    let own = [
        ("webhook-id", ID.to_owned()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signatures.clone()),
    ];
    for (name, value) in own {
        let value = match webhook.headers.get(name) {
            None => value,
            Some(None) => continue,
            Some(Some(other)) => other
                .replace("{now}", &now.to_string())
                .replace("{signatures}", &signatures),
        };
        headers.insert(spelt(name, webhook.header_case.as_deref()), value.into());
    }
    json!({"secret": webhook.secret, "headers": headers, "body": webhook.body})
}

fn signature(secret: &str, id: &str, timestamp: i64, body: &str) -> String {
    let key = secret.strip_prefix("whsec_").expect("secrets begin so");
    let key = BASE64_STANDARD.decode(key).expect("secrets are base64");
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("any length will do");
    mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

fn spelt(name: &str, like: Option<&str>) -> String {
    if like.is_none_or(|like| like.chars().all(|letter| !letter.is_uppercase())) {
        return name.to_owned();
    }
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    });
    words.collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::signature;

    /// The example that the reference libraries test with.
    #[test]
    fn signs_as_the_standard_says() {
        let made = signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            "{\"test\": 2432232314}",
        );
        assert_eq!(made, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }
}
