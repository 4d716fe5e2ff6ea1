//! The receipt of a fulfilled request: what was done, signed, so that it proves
//! something where the account is gone.
//!
//! The signature is Ed25519 over the receipt's own fields, as a JWS that any
//! library reads; its public key stands at `/.well-known/jwks.json`. A link with a
//! token opens the receipt for ever, without a key: an erasure ends all keys.

use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use entity::DataRequestId;
use serde_json::{Value, json};

use crate::app::App;
use crate::secrets::{Secrets, sha256_hex};

const LINK: &str = "data_receipt_link";
const SIGNING: &str = "data_receipt";

/// The receipt's fields as a JWS in compact form.
pub(super) fn sign(secrets: &Secrets, payload: &Value) -> String {
    let header = json!({"alg": "EdDSA", "kid": key_id(secrets), "typ": "JOSE"});
    let [header, payload] = [&header, payload].map(|part| BASE64.encode(part.to_string()));
    let message = format!("{header}.{payload}");
    let signature = secrets.key_pair(SIGNING).sign(message.as_bytes());
    format!("{message}.{}", BASE64.encode(signature.as_ref()))
}

fn key_id(secrets: &Secrets) -> String {
    let public = secrets.key_pair(SIGNING);
    sha256_hex(public.public_key().as_ref())[..16].to_owned()
}

/// `/.well-known/jwks.json`: the public keys that verify what we sign.
#[must_use]
pub fn jwks(app: &App) -> Value {
    let pair = app.secrets.key_pair(SIGNING);
    let x = BASE64.encode(pair.public_key().as_ref());
    let kid = key_id(&app.secrets);
    json!({"keys": [{"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": x}]})
}

/// Opens the receipt without a key, for ever.
pub(super) fn link(app: &App, id: &DataRequestId) -> String {
    let token = app.secrets.sign(LINK, id.as_str().as_bytes());
    format!(
        "{}/v1/data-rights/requests/{id}/receipt?token={token}",
        app.config.public_url()
    )
}

/// Whether this token opens the request's receipt.
pub(super) fn opens(app: &App, id: &DataRequestId, token: &str) -> bool {
    app.secrets.verify(LINK, id.as_str().as_bytes(), token)
}
