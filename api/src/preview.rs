//! `tintype mail preview` and `tintype mail try`: mails with made-up values, to look at,
//! to translate by, and to see whether a server takes them.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use entity::MailId;

use crate::clock::Clock;
use crate::config::Config;
use crate::mail::{self, LOGO, Letter, Letters, NAMES, Still, Written, samples};

/// Writes one mail or all of them into a folder, and says which files it wrote.
///
/// # Errors
/// With a sentence for whoever typed the command.
pub fn preview(
    config: &Config,
    template: Option<&str>,
    language: Option<&str>,
    out: &Path,
) -> Result<Vec<String>, String> {
    let mut config = config.clone();
    if let Some(language) = language {
        language.clone_into(&mut config.mail.language);
    }
    let letters = mail::letters(&config).map_err(|error| error.to_string())?;
    std::fs::create_dir_all(out).map_err(|error| format!("{} can't be made: {error}", out.display()))?;
    let mut files = Vec::new();
    for name in chosen(template)? {
        let (written, _) = sample(&config, &letters, name)?;
        let text = format!("Subject: {}\n\n{}", written.subject, written.text);
        for (kind, text) in [("html", with_logo(&letters, &written.html)), ("txt", text)] {
            let path = out.join(format!("{name}.{kind}"));
            std::fs::write(&path, text)
                .map_err(|error| format!("{} can't be written: {error}", path.display()))?;
            files.push(path.display().to_string());
        }
    }
    Ok(files)
}

/// Sends one mail or all of them to an address, and says how many were taken.
///
/// # Errors
/// With a sentence for whoever typed the command.
pub async fn try_out(config: &Config, template: Option<&str>, to: &str) -> Result<usize, String> {
    let letters = mail::letters(config).map_err(|error| error.to_string())?;
    let none = || "no mail server is configured: set `mail.smtp.host`".to_owned();
    config.mail.smtp.relay().ok().flatten().ok_or_else(none)?;
    let mailer = mail::configured(config, &letters.brand)?;
    let names = chosen(template)?;
    for name in &names {
        let (written, unsubscribe) = sample(config, &letters, name)?;
        let letter = Letter {
            id: MailId::new(Clock::default().now()).to_string(),
            to: to.to_owned(),
            subject: written.subject,
            text: written.text,
            html: written.html,
            unsubscribe,
        };
        let always: Still<'_> = &|| Box::pin(std::future::ready(true));
        let sent = mailer.send(&letter, always).await;
        sent.map_err(|error| format!("{name}: {error}"))?;
    }
    Ok(names.len())
}

fn chosen(template: Option<&str>) -> Result<Vec<&str>, String> {
    match template {
        None => Ok(NAMES.to_vec()),
        Some(name) if NAMES.contains(&name) => Ok(vec![name]),
        Some(name) => Err(format!(
            "there is no mail {name}; there are: {}",
            NAMES.join(", ")
        )),
    }
}

/// A mail with made-up values, and the link in it that ends its kind.
fn sample(config: &Config, letters: &Letters, name: &str) -> Result<(Written, Option<String>), String> {
    let unsubscribe = (name == "news").then(|| format!("{}/unsubscribe/sample", config.public_url()));
    let written = letters.write(name, samples::of(name), unsubscribe.as_deref());
    Ok((written.map_err(|error| error.to_string())?, unsubscribe))
}

/// In a mail the logo is a part of its own; in a file it stands in the page.
fn with_logo(letters: &Letters, html: &str) -> String {
    match &letters.brand.logo {
        Some(logo) => {
            let inline = format!("data:{};base64,{}", logo.content_type, BASE64.encode(&logo.bytes));
            html.replace(LOGO, &inline)
        }
        None => html.to_owned(),
    }
}
