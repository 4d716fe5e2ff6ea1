//! A session's access token: a JWT that names the session. It proves that we
//! issued it; whether the session still lives is asked of its row.

use entity::{AccountId, SessionId, Timestamp, session};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use crate::secrets::Secrets;

const AUDIENCE: &str = "tintype";

/// Clocks of two processes may differ by so many seconds.
const LEEWAY: i64 = 5;

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    /// The account.
    sub: String,
    /// The session.
    sid: String,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// Signs and reads access tokens.
#[derive(Clone)]
pub struct Tokens {
    issuer: String,
    signing: EncodingKey,
    reading: DecodingKey,
    rules: Validation,
}

impl Tokens {
    #[must_use]
    pub fn new(secrets: &Secrets, issuer: String) -> Self {
        let key = secrets.derive("access_token");
        // One algorithm, whatever a token's header says.
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_issuer(&[&issuer]);
        rules.set_audience(&[AUDIENCE]);
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // By our own clock, below: tests move it.
        rules.validate_exp = false;
        Self {
            issuer,
            signing: EncodingKey::from_secret(&key),
            reading: DecodingKey::from_secret(&key),
            rules,
        }
    }

    /// A token that lasts as long as its session.
    #[must_use]
    pub fn issue(&self, session: &session::Model, now: Timestamp) -> String {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: session.account_id.to_string(),
            sid: session.id.to_string(),
            iat: now.seconds(),
            nbf: now.seconds(),
            exp: session.expires_at.seconds(),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .expect("plain claims are JSON, and HMAC signs any text")
    }

    /// The account and session that a token names; `None` for anything that is
    /// not a token of ours or not valid now.
    #[must_use]
    pub fn read(&self, token: &str, now: Timestamp) -> Option<(AccountId, SessionId)> {
        let claims = decode::<Claims>(token, &self.reading, &self.rules).ok()?.claims;
        let now = now.seconds();
        if now >= claims.exp.saturating_add(LEEWAY) || now < claims.nbf.saturating_sub(LEEWAY) {
            return None;
        }
        Some((claims.sub.parse().ok()?, claims.sid.parse().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    fn tokens(master: &str, issuer: &str) -> Tokens {
        Tokens::new(&Secrets::from_hex(&master.repeat(32)).unwrap(), issuer.to_owned())
    }

    fn session() -> session::Model {
        session::Model {
            id: SessionId::new(at(100)),
            account_id: AccountId::new(at(100)),
            created_at: at(100),
            expires_at: at(200),
            ended_at: None,
        }
    }

    #[test]
    fn a_token_names_its_session_while_it_lasts() {
        let (ours, session) = (tokens("ab", "https://a"), session());
        let token = ours.issue(&session, at(100));
        let named = Some((session.account_id, session.id));
        assert_eq!(ours.read(&token, at(100)), named);
        assert_eq!(ours.read(&token, at(204)), named);
        assert_eq!(ours.read(&token, at(205)), None);
        assert_eq!(ours.read(&token, at(94)), None);
    }

    #[test]
    fn a_token_of_anyone_else_is_none() {
        let ours = tokens("ab", "https://a");
        for other in [tokens("cd", "https://a"), tokens("ab", "https://b")] {
            assert_eq!(ours.read(&other.issue(&session(), at(100)), at(100)), None);
        }
        let token = ours.issue(&session(), at(100));
        let unsigned = format!(
            "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{}.",
            token.split('.').nth(1).unwrap()
        );
        for bad in ["", "a.b.c", &unsigned, &token[..token.len() - 2]] {
            assert_eq!(ours.read(bad, at(100)), None);
        }
    }
}
