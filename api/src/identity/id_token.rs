//! Reads an ID token: signed with RS256 by a key that the issuer publishes, for
//! us, now, and for this very sign-in.
//!
//! Its times are the world's, not those of a clock that a sandbox has moved.

use jsonwebtoken::jwk::{AlgorithmParameters, Jwk, JwkSet, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::Value;

/// Clocks may differ by so many seconds.
const LEEWAY: u64 = 60;

#[derive(Debug, Clone, Default, Deserialize)]
pub struct Claims {
    pub sub: String,
    pub nonce: Option<String>,
    pub azp: Option<String>,
    #[serde(default)]
    aud: Value,
    pub email: Option<String>,
    /// Some say it in words.
    #[serde(default)]
    email_verified: Value,
    pub name: Option<String>,
    pub picture: Option<String>,
    /// The Google Workspace domain, absent for consumers.
    pub hd: Option<String>,
}

impl Claims {
    pub fn email_is_verified(&self) -> bool {
        self.email_verified == Value::Bool(true) || self.email_verified == "true"
    }

    /// Takes what it says of a person from another answer about the same one.
    pub fn with_profile_of(self, other: Self) -> Self {
        Self {
            email: other.email,
            email_verified: other.email_verified,
            name: self.name.or(other.name),
            picture: self.picture.or(other.picture),
            ..self
        }
    }
}

/// What a token must say.
pub struct Expected<'a> {
    pub issuers: &'a [&'a str],
    pub client_id: &'a str,
    pub nonce: &'a str,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The key may be newer than our copy of the keys.
    #[error("the ID token's key is none of the issuer's")]
    UnknownKey,
    #[error("the ID token {0}")]
    Wrong(&'static str),
}

pub fn read(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<Claims, Fault> {
    let header = decode_header(token).map_err(|_| Fault::Wrong("is no token"))?;
    // Whatever else a token's header says: an attacker writes it.
    if header.alg != Algorithm::RS256 {
        return Err(Fault::Wrong("is not signed with RS256"));
    }
    let key = find(keys, header.kid.as_deref()).ok_or(Fault::UnknownKey)?;
    let key = DecodingKey::from_jwk(key).map_err(|_| Fault::Wrong("has a broken key"))?;
    let mut rules = Validation::new(Algorithm::RS256);
    rules.set_issuer(expected.issuers);
    rules.set_audience(&[expected.client_id]);
    rules.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
    rules.validate_nbf = true;
    rules.leeway = LEEWAY;
    let claims = decode::<Claims>(token, &key, &rules)
        .map_err(|_| Fault::Wrong("is not signed by, from, for or of whom it should, or is expired"))?
        .claims;
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(Fault::Wrong("belongs to another sign-in"));
    }
    // Who asked for it, where it is for several.
    let several = claims.aud.as_array().is_some_and(|all| all.len() > 1);
    let ours = claims.azp.as_deref().is_none_or(|azp| azp == expected.client_id);
    if !ours || several && claims.azp.is_none() {
        return Err(Fault::Wrong("was asked for by another"));
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 || claims.sub.contains('\0') {
        return Err(Fault::Wrong("names nobody"));
    }
    Ok(claims)
}

/// The key of this id; without an id, the only one there is.
fn find<'a>(keys: &'a JwkSet, kid: Option<&str>) -> Option<&'a Jwk> {
    let mut fitting = keys.keys.iter().filter(|key| {
        let common = &key.common;
        let signs = common
            .public_key_use
            .as_ref()
            .is_none_or(|it| *it == PublicKeyUse::Signature);
        let with_it = common.key_algorithm.is_none_or(|it| it == KeyAlgorithm::RS256);
        signs && with_it && matches!(key.algorithm, AlgorithmParameters::RSA(_))
    });
    match kid {
        Some(kid) => fitting.find(|key| key.common.key_id.as_deref() == Some(kid)),
        None => fitting.next().filter(|_| fitting.next().is_none()),
    }
}
