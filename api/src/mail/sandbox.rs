//! The sandbox's mailer: nothing leaves the machine. What was "sent" is the
//! mail's own row, sealed; `GET /sandbox/outbox` opens it.

use futures_util::future::BoxFuture;

use super::mailer::{Letter, MailError, Mailer, Still};

pub struct Sandbox;

impl Mailer for Sandbox {
    fn send<'a>(&'a self, letter: &'a Letter, _still: Still<'a>) -> BoxFuture<'a, Result<(), MailError>> {
        tracing::info!(mail = letter.id, "a mail is in the sandbox's outbox");
        Box::pin(std::future::ready(Ok(())))
    }
}
