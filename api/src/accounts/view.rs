//! How a session looks on the wire, however its owner signed in, and how a second
//! factor comes with the request.

use entity::{AccountId, SessionId, Timestamp, account, session};
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object};
use sea_orm::{DbErr, EntityTrait as _};

use super::totp::Second;
use crate::app::App;
use crate::auth::{Gate, Requirement, pending};
use crate::http::{ApiError, FieldError, example};

/// How an access token is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum TokenType {
    Bearer,
}

/// An open session.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Session {
    /// Send it as `Authorization: Bearer`. It has every scope and acts on live data, in a sandbox on test data.
    pub access_token: String,
    pub token_type: TokenType,
    /// Seconds until the access token ends.
    pub expires_in: u64,
    /// For new tokens, by `auth.refresh`: once, before the session ends. Keep it as you would a password.
    pub refresh_token: String,
    /// When the session ends, unless it is refreshed before.
    pub session_expires_at: Timestamp,
    pub session_id: SessionId,
    pub account_id: AccountId,
    /// What the person still has to answer, by `account.agree`, before the account may do anything. Mostly empty.
    pub pending: Vec<Requirement>,
}

impl Session {
    /// With the tokens that its last refresh made: the same each time.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn new(app: &App, gate: &Gate, session: &session::Model) -> Result<Self, DbErr> {
        let owner = account::Entity::find_by_id(session.account_id.clone())
            .one(app.db.read())
            .await?;
        Ok(Self {
            access_token: gate.tokens().issue(session, session.refreshed_at),
            token_type: TokenType::Bearer,
            expires_in: gate
                .tokens()
                .expiry(session, session.refreshed_at)
                .since(session.refreshed_at)
                .as_secs(),
            refresh_token: gate.tokens().refresh(session),
            session_expires_at: session.expires_at,
            session_id: session.id.clone(),
            account_id: session.account_id.clone(),
            pending: owner.map_or_else(Vec::new, |owner| pending(&app.config, &owner)),
        })
    }
}

/// The second factor of a request, if it has one.
///
/// # Errors
/// When it has two.
pub fn one_second(totp: Option<&str>, recovery: Option<&str>) -> Result<Option<Second>, ApiError> {
    match (totp, recovery) {
        (Some(code), None) => Ok(Some(Second::Totp(code.to_owned()))),
        (None, Some(code)) => Ok(Some(Second::Recovery(code.to_owned()))),
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(only_one()),
    }
}

/// What a request with several proofs is told.
#[must_use]
pub fn only_one() -> ApiError {
    let detail = "Send one of `password`, `totp_code` and `recovery_code` as the proof, not several.";
    ApiError::invalid(vec![FieldError::at("", "ambiguous", detail)])
}

impl Example for Session {
    fn example() -> Self {
        Self {
            access_token: "eyJhbGciOiJIUzI1NiJ9.…".to_owned(),
            token_type: TokenType::Bearer,
            expires_in: 1800,
            refresh_token: "rt_ses_01k9yx3b1mfz0q4r7s8t2v5w6x.0.…".to_owned(),
            session_expires_at: example::MIDNIGHT,
            session_id: example::id("ses"),
            account_id: example::id("acc"),
            pending: Vec::new(),
        }
    }
}
