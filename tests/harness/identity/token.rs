//! ID tokens, good and forged. Signed by hand, since no library forges.

use std::sync::LazyLock;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde_json::{Value, json};

/// Costly to make, so all doubles share them.
static KEYS: LazyLock<[KeyPair; 3]> =
    LazyLock::new(|| std::array::from_fn(|_| KeyPair::generate(KeySize::Rsa2048).expect("a key")));

/// The key that is published first, the one after a rotation, and one that never is.
pub const FIRST: usize = 0;
pub const ROTATED: usize = 1;
pub const STRANGERS: usize = 2;

pub fn jwk(key: usize) -> Value {
    let public = KEYS[key].public_key();
    let big = |bytes: &[u8]| BASE64.encode(bytes);
    json!({
        "kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid(key),
        "n": big(public.modulus().big_endian_without_leading_zero()),
        "e": big(public.exponent().big_endian_without_leading_zero()),
    })
}

pub fn kid(key: usize) -> String {
    format!("key-{key}")
}

fn encoded(value: &Value) -> String {
    BASE64.encode(value.to_string())
}

pub fn signed(key: usize, kid: &str, claims: &Value) -> String {
    let header = json!({"alg": "RS256", "typ": "JWT", "kid": kid});
    let message = format!("{}.{}", encoded(&header), encoded(claims));
    let key = &KEYS[key];
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        message.as_bytes(),
        &mut signature,
    )
    .expect("it signs");
    format!("{message}.{}", BASE64.encode(signature))
}

pub fn unsigned(key: usize, claims: &Value) -> String {
    let header = json!({"alg": "none", "typ": "JWT", "kid": kid(key)});
    format!("{}.{}.", encoded(&header), encoded(claims))
}

/// "Signed" with what everybody knows.
pub fn signed_with_the_public_key(key: usize, claims: &Value) -> String {
    let header = json!({"alg": "HS256", "typ": "JWT", "kid": kid(key)});
    let message = format!("{}.{}", encoded(&header), encoded(claims));
    let secret = hmac::Key::new(hmac::HMAC_SHA256, KEYS[key].public_key().as_ref());
    let tag = hmac::sign(&secret, message.as_bytes());
    format!("{message}.{}", BASE64.encode(tag.as_ref()))
}
