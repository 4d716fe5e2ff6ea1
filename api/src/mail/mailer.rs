//! What a mailer must be able to do.

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};

/// A mail, ready to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Stable over retries.
    pub id: String,
    pub to: String,
    pub subject: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mail could not be handed over: {0}")]
pub struct MailError(pub String);

pub trait Mailer: Send + Sync {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), MailError>>;
}
