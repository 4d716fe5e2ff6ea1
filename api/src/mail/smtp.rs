//! Hands mails to an SMTP server: Brevo's relay, or any.
//!
//! One conversation a mail, step by step, since it matters at which step a server
//! refuses: only one that refuses the recipient speaks of the address. A refused
//! sign-in or sender is the operator's to mend, and the mail waits for that.

use std::error::Error as _;
use std::time::Duration;

use futures_util::future::BoxFuture;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use lettre::transport::smtp::{Error, extension::MailBodyParameter};
use tokio::time::timeout;

use super::mailer::{Letter, MailError, Mailer, Still};
use super::message::{Sender, message, recipient};
use crate::config::{Encryption, Relay};

pub struct Smtp {
    relay: Relay,
    tls: Option<TlsParameters>,
    sender: Sender,
    patience: Duration,
}

impl Smtp {
    /// Prepares; nothing is sent yet.
    ///
    /// # Errors
    /// When the certificate of `mail.smtp.ca_file` is none.
    pub fn new(
        relay: Relay,
        sender: Sender,
        authority: Option<&[u8]>,
        patience: Duration,
    ) -> Result<Self, String> {
        let tls = match relay.encryption {
            Encryption::None => None,
            Encryption::StartTls | Encryption::Tls => {
                let mut tls = TlsParameters::builder(relay.host.clone());
                if let Some(pem) = authority {
                    let certificate = Certificate::from_pem(pem).map_err(|error| told(&error))?;
                    tls = tls.add_root_certificate(certificate);
                }
                Some(tls.build_rustls().map_err(|error| told(&error))?)
            }
        };
        Ok(Self {
            relay,
            tls,
            sender,
            patience,
        })
    }

    async fn step<T>(&self, step: impl Future<Output = Result<T, Error>>) -> Result<T, Failure> {
        match timeout(self.patience, step).await {
            Ok(done) => done.map_err(Failure::Said),
            Err(_) => Err(Failure::Silence),
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let server = (self.relay.host.as_str(), self.relay.port);
        let name = ClientId::Domain(self.sender.from.email.domain().to_owned());
        let from_the_first_byte = self
            .tls
            .clone()
            .filter(|_| self.relay.encryption == Encryption::Tls);
        let connect = AsyncSmtpConnection::connect_tokio1(
            server,
            Some(self.patience),
            &name,
            from_the_first_byte,
            None,
        );
        let mut server = self.step(connect).await?;
        if let (Encryption::StartTls, Some(tls)) = (self.relay.encryption, &self.tls) {
            // Fails where the server offers none: nothing goes out in the clear.
            self.step(server.starttls(tls.clone(), &name)).await?;
        }
        if !self.relay.user.is_empty() {
            let credentials = Credentials::new(self.relay.user.clone(), self.relay.password.clone());
            self.step(server.auth(&[Mechanism::Plain, Mechanism::Login], &credentials))
                .await?;
        }
        Ok(server)
    }

    async fn hand_over(&self, letter: &Letter, still: Still<'_>) -> Result<(), MailError> {
        let refused = |code: &str, address| MailError::Refused {
            code: code.to_owned(),
            address,
        };
        let to = recipient(letter).ok_or_else(|| refused("no address", true))?;
        let message = message(&self.sender, letter, to.clone()).map_err(|error| refused(&error, false))?;
        let mut server = self
            .connect()
            .await
            .map_err(|failure| failure.later("connecting"))?;
        let bytes = message.formatted();
        let offers = server.server_info();
        let mut parameters = Vec::new();
        if !to.user().is_ascii() {
            if !offers.supports_feature(Extension::SmtpUtfEight) {
                return Err(refused("the server takes no such address", false));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        if !bytes.is_ascii() && offers.supports_feature(Extension::EightBitMime) {
            parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let from = self.sender.from.email.clone();
        self.step(server.command(Mail::new(Some(from), parameters)))
            .await
            .map_err(|failure| failure.later("naming the sender"))?;
        if !still().await {
            return Err(MailError::Withdrawn);
        }
        self.step(server.command(Rcpt::new(to, vec![])))
            .await
            .map_err(|failure| failure.at_recipient())?;
        self.step(server.command(Data))
            .await
            .map_err(|failure| failure.at_message())?;
        if !still().await {
            return Err(MailError::Withdrawn);
        }
        self.step(server.message(&bytes))
            .await
            .map_err(|failure| failure.at_message())?;
        // It is handed over, however the goodbye goes.
        let _ = self.step(server.quit()).await;
        Ok(())
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter, still: Still<'a>) -> BoxFuture<'a, Result<(), MailError>> {
        Box::pin(self.hand_over(letter, still))
    }
}

/// How a step failed.
enum Failure {
    Silence,
    Said(Error),
}

impl Failure {
    fn later(&self, step: &str) -> MailError {
        MailError::Later(match self {
            Self::Silence => format!("{step}: the server is silent"),
            Self::Said(error) => format!("{step}: {}", told(error)),
        })
    }

    /// A refused recipient can't be reached, unless the server says what else it is.
    fn at_recipient(&self) -> MailError {
        self.for_good("naming the recipient", true)
    }

    /// A refused message is, unless the server says of the address that it is none.
    fn at_message(&self) -> MailError {
        self.for_good("handing over the message", false)
    }

    fn for_good(&self, step: &str, unless_said: bool) -> MailError {
        match self {
            Self::Said(error) if error.is_permanent() => MailError::Refused {
                code: told(error),
                address: enhanced(error).map_or(unless_said, |code| code.speaks_of_address()),
            },
            failure => failure.later(step),
        }
    }
}

/// The enhanced status code with which an answer begins (RFC 3463).
struct Enhanced {
    text: String,
    subject: u16,
    detail: u16,
}

impl Enhanced {
    /// Nobody can be reached there; a full mailbox, our own address and the server's
    /// opinion of us are another matter.
    const fn speaks_of_address(&self) -> bool {
        match (self.subject, self.detail) {
            (1, 7 | 8) => false,
            (1, _) | (2, 1) => true,
            _ => false,
        }
    }
}

fn enhanced(error: &Error) -> Option<Enhanced> {
    let said = error.source()?.to_string();
    let code = said.split_whitespace().next()?;
    let numbers: Vec<u16> = code.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [2 | 4 | 5, subject, detail] => Some(Enhanced {
            text: code.to_owned(),
            subject,
            detail,
        }),
        _ => None,
    }
}

/// An error in words without the server's own.
fn told(error: &Error) -> String {
    match (error.status(), enhanced(error)) {
        (Some(code), Some(enhanced)) => format!("{code} {}", enhanced.text),
        (Some(code), None) => code.to_string(),
        _ => error.to_string(),
    }
}
