//! Who carries the mail: one trait, an adapter for each way.

mod mailer;
mod sandbox;

use std::sync::Arc;

pub use mailer::{Letter, MailError, Mailer};

/// The configured mailer.
#[must_use]
pub fn configured() -> Arc<dyn Mailer> {
    Arc::new(sandbox::Sandbox)
}
