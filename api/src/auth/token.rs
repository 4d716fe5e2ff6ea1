//! The tokens of a session. They prove that we issued them; whether the session
//! still lives is asked of its row.
//!
//! An access token is a JWT. A refresh token names the session and a number that
//! grows with each exchange, under a signature: nothing of it is stored, and the
//! same session and number give the same token again.

use std::time::Duration;

use entity::{AccountId, SessionId, Timestamp, session};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use serde::{Deserialize, Serialize};

use crate::secrets::Secrets;

const AUDIENCE: &str = "tintype";

const REFRESH: &str = "refresh_token";
const PREFIX: &str = "rt_";

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

/// Signs and reads tokens.
#[derive(Clone)]
pub struct Tokens {
    issuer: String,
    signing: EncodingKey,
    reading: DecodingKey,
    rules: Validation,
    life: Duration,
    secrets: Secrets,
}

impl Tokens {
    #[must_use]
    pub fn new(secrets: &Secrets, issuer: String, life: Duration) -> Self {
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
            life,
            secrets: secrets.clone(),
        }
    }

    /// When an access token ends that is issued now.
    #[must_use]
    pub fn expiry(&self, session: &session::Model, now: Timestamp) -> Timestamp {
        now.plus(self.life).min(session.expires_at)
    }

    /// An access token, which its session may outlive.
    #[must_use]
    pub fn issue(&self, session: &session::Model, now: Timestamp) -> String {
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: session.account_id.to_string(),
            sid: session.id.to_string(),
            iat: now.seconds(),
            nbf: now.seconds(),
            exp: self.expiry(session, now).seconds(),
        };
        encode(&Header::new(Algorithm::HS256), &claims, &self.signing)
            .expect("plain claims are JSON, and HMAC signs any text")
    }

    /// The refresh token that counts.
    #[must_use]
    pub fn refresh(&self, session: &session::Model) -> String {
        let named = format!("{}.{}", session.id, session.refreshes);
        let signature = self.secrets.sign(REFRESH, named.as_bytes());
        format!("{PREFIX}{named}.{signature}")
    }

    /// The session that a refresh token names, and its number; `None` for
    /// anything that is not a refresh token of ours.
    #[must_use]
    pub fn read_refresh(&self, token: &str) -> Option<(SessionId, i64)> {
        let (named, signature) = token.strip_prefix(PREFIX)?.rsplit_once('.')?;
        if !self.secrets.verify(REFRESH, named.as_bytes(), signature) {
            return None;
        }
        let (id, number) = named.split_once('.')?;
        Some((id.parse().ok()?, number.parse().ok()?))
    }

    /// The account and session that an access token names; `None` for anything that is
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
        let secrets = Secrets::from_hex(&master.repeat(32)).unwrap();
        Tokens::new(&secrets, issuer.to_owned(), Duration::from_secs(100))
    }

    fn session() -> session::Model {
        session::Model {
            id: SessionId::new(at(100)),
            account_id: AccountId::new(at(100)),
            device: String::new(),
            refreshes: 0,
            created_at: at(100),
            refreshed_at: at(100),
            proved_at: at(100),
            expires_at: at(1000),
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

    #[test]
    fn a_refresh_token_is_its_session_s_and_number_s() {
        let (ours, first) = (tokens("ab", "https://a"), session());
        let next = session::Model {
            refreshes: 1,
            ..first.clone()
        };
        let token = ours.refresh(&first);
        assert_eq!(ours.read_refresh(&token), Some((first.id.clone(), 0)));
        assert_eq!(
            ours.read_refresh(&ours.refresh(&next)),
            Some((first.id.clone(), 1))
        );
        assert_eq!(ours.refresh(&first), token);
        for bad in [
            "",
            "rt_",
            &token[3..],
            &token[..token.len() - 1],
            &token.replace(".0.", ".1."),
            &tokens("cd", "https://a").refresh(&first),
            &ours.issue(&first, at(100)),
        ] {
            assert_eq!(ours.read_refresh(bad), None, "{bad}");
        }
        assert_eq!(ours.read(&token, at(100)), None);
    }

    #[test]
    fn an_access_token_ends_with_its_session() {
        let (ours, session) = (tokens("ab", "https://a"), session());
        assert_eq!(ours.expiry(&session, at(100)), at(200));
        assert_eq!(ours.expiry(&session, at(950)), at(1000));
    }
}
