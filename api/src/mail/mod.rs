//! Mails: what they say, and who carries them.
//!
//! [`Letters`] writes them from templates ([`markup`] makes HTML and plain text of
//! one source), and a [`Mailer`] hands them over: to an SMTP server, or, the
//! sandbox's, to nobody.

mod brand;
mod letters;
mod mailer;
mod markup;
mod message;
pub mod samples;
mod sandbox;
mod smtp;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use brand::{Brand, Logo};
pub use letters::{LOGO, Letters, NAMES, TemplateError, Written};
pub use mailer::{Letter, MailError, Mailer, Still};

use crate::config::Config;

/// The configured mailer.
///
/// # Errors
/// When an address or a certificate can't be used, in a sentence that names the key.
pub fn configured(config: &Config, brand: &Brand) -> Result<Arc<dyn Mailer>, String> {
    let settings = &config.mail;
    let relay = settings
        .smtp
        .relay()
        .map_err(|(key, why)| format!("`{key}` {why}"))?;
    let Some(relay) = relay else {
        if !config.sandbox.enabled {
            tracing::warn!("no mail leaves this machine: set `mail.smtp.host`");
        }
        return Ok(Arc::new(sandbox::Sandbox));
    };
    let mailbox = |key: &str, text: &str| {
        let parsed = text.parse();
        parsed.map_err(|_| format!("`{key}` must be like Studio <no-reply@studio.example>"))
    };
    let sender = message::Sender {
        from: mailbox("mail.from", &settings.from)?,
        reply_to: match settings.reply_to.as_str() {
            "" => None,
            reply_to => Some(mailbox("mail.reply_to", reply_to)?),
        },
        logo: brand.logo.clone(),
    };
    let authority = match settings.smtp.ca_file.as_str() {
        "" => None,
        path => {
            Some(std::fs::read(path).map_err(|error| format!("`mail.smtp.ca_file` can't be read: {error}"))?)
        }
    };
    let patience = Duration::from_secs(settings.smtp.timeout_seconds);
    let smtp = smtp::Smtp::new(relay, sender, authority.as_deref(), patience);
    Ok(Arc::new(smtp.map_err(|error| {
        format!("`mail.smtp` can't be used: {error}")
    })?))
}

/// The largest logo: it goes with every mail.
const LARGEST_LOGO: usize = 100 << 10;

/// The configured brand, language and templates.
///
/// # Errors
/// When the logo or a template can't be used.
pub fn letters(config: &Config) -> Result<Letters, TemplateError> {
    let settings = &config.mail;
    let name = match settings.brand_name.as_str() {
        "" => config.policy.controller.clone(),
        name => name.to_owned(),
    };
    let brand = Brand {
        name,
        colour: settings.brand_colour.clone(),
        logo: logo(&settings.logo)?,
        contact: config.policy.contact.clone(),
    };
    let folder = match settings.templates_dir.as_str() {
        "" => None,
        folder => Some(Path::new(folder)),
    };
    Letters::new(brand, &settings.language, folder)
}

fn logo(path: &str) -> Result<Option<Logo>, TemplateError> {
    if path.is_empty() {
        return Ok(None);
    }
    let refuse = |why: String| TemplateError {
        name: path.to_owned(),
        why,
    };
    let bytes = std::fs::read(path).map_err(|error| refuse(error.to_string()))?;
    let content_type = brand::content_type(&bytes).filter(|_| bytes.len() <= LARGEST_LOGO);
    let content_type =
        content_type.ok_or_else(|| refuse("a logo is a PNG or JPEG of at most 100 KiB".to_owned()))?;
    Ok(Some(Logo { content_type, bytes }))
}
