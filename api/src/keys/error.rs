//! Why a key is not made, changed or rotated, and how the API says so.

use entity::key_cap::Period;
use entity::{Credits, Timestamp};
use sea_orm::{ActiveEnum as _, DbErr};

use crate::auth::{Scope, Scopes};
use crate::http::idempotency::KeyReused;
use crate::http::{ApiError, Code};

#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    #[error("there is no such key")]
    NotFound,
    #[error("the key was revoked or has expired")]
    Ended,
    #[error("the caller lacks the scopes {0}")]
    BeyondScopes(Scopes),
    #[error("a key makes keys of its own mode only")]
    OtherMode,
    /// By the field's name.
    #[error("`{0}` is wider than that of the key that calls")]
    Wider(&'static str),
    #[error("the key would outlive the key that makes it, which expires at {0}")]
    Outlives(Timestamp),
    #[error("the key could spend more than the key that makes it")]
    WiderCap { period: Period, limit: Credits },
    #[error("what the key spends does not count for the key that calls, which has caps")]
    NotOfTheCaller,
    #[error("too many keys stand between this one and the first")]
    TooDeep,
    #[error("the key would be expired already")]
    Expired,
    #[error("the account has {0} keys already")]
    TooMany(u32),
    #[error("a secret that is about to end can't replace the one that took its place")]
    OldSecret,
    /// Between the look at the door and the transaction.
    #[error("the caller's key was revoked or the account erased just now")]
    CallerRevoked,
    #[error("it was done, but the secret can't be shown again")]
    SecretGone,
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<KeyError> for ApiError {
    fn from(error: KeyError) -> Self {
        let beyond = |detail: &'static str| Self::new(Code::InsufficientScope, detail);
        match error {
            KeyError::NotFound => Self::not_found(),
            KeyError::Ended => Self::new(Code::Conflict, "This key was revoked or has expired. Make another."),
            KeyError::BeyondScopes(scopes) => {
                let names: Vec<_> = scopes.iter().map(Scope::name).collect();
                let detail = format!("These credentials lack scopes that the key would have: {scopes}.");
                Self::new(Code::InsufficientScope, detail).with("required", names)
            }
            KeyError::OtherMode => {
                beyond("A key makes keys of its own mode only. Sign in to make keys of either mode.")
            }
            KeyError::Wider(field) => Self::new(
                Code::InsufficientScope,
                format!("The key's `{field}` would be wider than that of the key that calls. Narrow it, or sign in."),
            )
            .with("field", field),
            KeyError::Outlives(end) => Self::new(
                Code::InsufficientScope,
                format!("The key would outlive the key that makes it, which expires at {end}."),
            ),
            KeyError::WiderCap { period, limit } => {
                beyond("The key could spend more than the key that makes it. Give it caps that are no higher.")
                    .with("period", period.to_value())
                    .with("limit", limit.to_string())
            }
            KeyError::NotOfTheCaller => beyond(
                "A key with caps can do this for itself and for keys that it made. Use a key without caps, or sign in.",
            ),
            KeyError::TooDeep => beyond(
                "Keys were made by keys too many times over: eight may stand behind one. Make it with a key nearer to the first, or sign in. To replace a key, rotate it.",
            ),
            KeyError::OldSecret => {
                beyond("This secret was rotated and is about to end. Use the one that took its place.")
            }
            KeyError::Expired => Self::new(Code::InvalidInput, "The key would be expired already.").field(
                "/expires_at",
                "in_the_past",
                "Must be in the future.",
            ),
            KeyError::TooMany(most) => Self::new(
                Code::Conflict,
                format!("There are {most} keys already, as many as may be. Revoke one that you no longer need."),
            )
            .with("limit", most),
            KeyError::CallerRevoked => Self::unauthenticated(),
            KeyError::SecretGone => Self::new(
                Code::Conflict,
                "It was done, but the secret can't be shown again. Rotate the key, or make another.",
            ),
            KeyError::KeyReused(reused) => reused.into(),
            KeyError::Database(error) => error.into(),
        }
    }
}
