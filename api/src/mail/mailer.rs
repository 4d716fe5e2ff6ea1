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
    /// The same as a page; empty in mails of older versions.
    #[serde(default)]
    pub html: String,
    /// Where one click ends mails of this kind; only on those that are no necessity.
    #[serde(default)]
    pub unsubscribe: Option<String>,
}

/// Why a mail was not taken. What a server said stays out of it: it repeats addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailError {
    /// Another try may succeed.
    #[error("the mail could not be handed over: {0}")]
    Later(String),
    /// It was no longer to be sent.
    #[error("the mail was withdrawn before it went out")]
    Withdrawn,
    /// No other try will.
    #[error("the mail is refused: {code}")]
    Refused {
        /// What the server answered: `550 5.1.1`.
        code: String,
        /// Nobody can be reached at the address.
        address: bool,
    },
}

/// Whether a mail is still to be sent. Asked before its address is told, and before its
/// text is: a server may take its time between the two.
pub type Still<'a> = &'a (dyn Fn() -> BoxFuture<'a, bool> + Send + Sync);

pub trait Mailer: Send + Sync {
    fn send<'a>(&'a self, letter: &'a Letter, still: Still<'a>) -> BoxFuture<'a, Result<(), MailError>>;
}
