//! How mails look, and which server carries them.

use serde::{Deserialize, Serialize};

use super::read_url;

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Whom mails come from: `Studio <no-reply@studio.example>`.
    pub from: String,
    /// Where answers go; empty: to `from`.
    pub reply_to: String,
    /// Of all mails: `en`, `de`, or a folder in `templates_dir`.
    pub language: String,
    /// Templates of your own, as `<language>/<name>.md`: they go before those in the binary.
    pub templates_dir: String,
    /// Empty: `policy.controller`.
    pub brand_name: String,
    pub brand_colour: String,
    /// A PNG or JPEG that goes with each mail.
    pub logo: String,
    pub smtp: Smtp,
    /// What `POST /hooks/mail/brevo` must bring along as `Authorization: Bearer …`; empty: it is closed.
    pub brevo_hook_token: String,
}

/// The server that takes our mails. Without `host` or `url`, none leaves this machine.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Smtp {
    /// All in one, instead of the keys below: `smtp://user:password@host:587?tls=starttls`.
    pub url: String,
    pub host: String,
    /// 0: 587, with `tls = "tls"` 465, with `tls = "none"` 25.
    pub port: u16,
    pub user: String,
    pub password: String,
    /// `starttls`, `tls` (from the first byte on), or `none`.
    pub tls: String,
    /// PEM of an authority that is trusted besides the system's.
    pub ca_file: String,
    /// How long one step may take.
    pub timeout_seconds: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    StartTls,
    Tls,
    None,
}

/// The server that takes our mails, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relay {
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: String,
    pub encryption: Encryption,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            from: "Example Studio <no-reply@studio.example>".to_owned(),
            reply_to: String::new(),
            language: "en".to_owned(),
            templates_dir: String::new(),
            brand_name: String::new(),
            brand_colour: "#1f5eff".to_owned(),
            logo: String::new(),
            smtp: Smtp::default(),
            brevo_hook_token: String::new(),
        }
    }
}

impl Default for Smtp {
    fn default() -> Self {
        Self {
            url: String::new(),
            host: String::new(),
            port: 0,
            user: String::new(),
            password: String::new(),
            tls: "starttls".to_owned(),
            ca_file: String::new(),
            timeout_seconds: 30,
        }
    }
}

impl Smtp {
    /// The server that the keys name; `None` when they name none.
    ///
    /// # Errors
    /// With the key that does not fit, and why. A password is never in it.
    pub fn relay(&self) -> Result<Option<Relay>, (&'static str, &'static str)> {
        let own =
            !self.host.is_empty() || !self.user.is_empty() || !self.password.is_empty() || self.port != 0;
        if self.url.is_empty() {
            let encryption =
                encryption(&self.tls).ok_or(("mail.smtp.tls", "must be starttls, tls or none"))?;
            let relay = Relay {
                host: self.host.clone(),
                port: port(self.port, encryption),
                user: self.user.clone(),
                password: self.password.clone(),
                encryption,
            };
            return match (self.host.is_empty(), own) {
                (false, _) => Ok(Some(relay)),
                (true, false) => Ok(None),
                (true, true) => Err(("mail.smtp.host", "is missing")),
            };
        }
        let key = "mail.smtp.url";
        if own {
            return Err((
                key,
                "says all: leave host, port, user and password empty beside it",
            ));
        }
        let odd = (key, "must be like smtp://user:password@host:587?tls=starttls");
        let url = read_url(&self.url).ok_or(odd)?;
        let named = url.query_pairs().find(|(name, _)| name == "tls");
        let encryption = match (url.scheme(), named) {
            ("smtp", None) => Encryption::StartTls,
            ("smtps", None) => Encryption::Tls,
            ("smtp" | "smtps", Some((_, tls))) => encryption(&tls).ok_or(odd)?,
            _ => return Err(odd),
        };
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(odd)?;
        let plain = |text: &str| {
            let pair = format!("v={}", text.replace('+', "%2B"));
            let value = url::form_urlencoded::parse(pair.as_bytes()).next();
            value.map(|(_, value)| value.into_owned()).unwrap_or_default()
        };
        Ok(Some(Relay {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: port(url.port().unwrap_or_default(), encryption),
            user: plain(url.username()),
            password: plain(url.password().unwrap_or_default()),
            encryption,
        }))
    }
}

fn encryption(name: &str) -> Option<Encryption> {
    match name {
        "starttls" => Some(Encryption::StartTls),
        "tls" => Some(Encryption::Tls),
        "none" => Some(Encryption::None),
        _ => None,
    }
}

const fn port(port: u16, encryption: Encryption) -> u16 {
    match (port, encryption) {
        (0, Encryption::StartTls) => 587,
        (0, Encryption::Tls) => 465,
        (0, Encryption::None) => 25,
        (port, _) => port,
    }
}

impl Mail {
    /// What does not fit: the key, and why.
    pub(super) fn check(&self) -> Result<(), (&'static str, &'static str)> {
        self.smtp.relay()?;
        let hex = self.brand_colour.strip_prefix('#').unwrap_or_default();
        if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(("mail.brand_colour", "must be like #1f5eff"));
        }
        let name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if self.language.is_empty() || !self.language.bytes().all(name) {
            return Err(("mail.language", "must be like en or pt-BR"));
        }
        if self.smtp.timeout_seconds == 0 {
            return Err(("mail.smtp.timeout_seconds", "must be greater than zero"));
        }
        if (1..20).contains(&self.brevo_hook_token.len()) {
            return Err(("mail.brevo_hook_token", "must have at least 20 characters"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_url(url: &str) -> Result<Option<Relay>, (&'static str, &'static str)> {
        let smtp = Smtp {
            url: url.to_owned(),
            ..Smtp::default()
        };
        smtp.relay()
    }

    #[test]
    fn a_url_says_all() {
        let relay = by_url("smtp://me%40studio.example:p%2Fw+%25@relay.example")
            .unwrap()
            .unwrap();
        assert_eq!(
            (relay.user.as_str(), relay.password.as_str()),
            ("me@studio.example", "p/w+%")
        );
        assert_eq!((relay.port, relay.encryption), (587, Encryption::StartTls));
        let relay = by_url("smtps://relay.example").unwrap().unwrap();
        assert_eq!((relay.port, relay.encryption), (465, Encryption::Tls));
        let relay = by_url("smtp://[::1]:2525?tls=none").unwrap().unwrap();
        assert_eq!(
            (relay.host.as_str(), relay.port, relay.encryption),
            ("::1", 2525, Encryption::None)
        );
        for bad in [
            "http://relay.example",
            "relay.example:25",
            "smtp://",
            "smtp://a?tls=ssl",
        ] {
            assert!(by_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn keys_name_a_server_or_none() {
        assert_eq!(Smtp::default().relay(), Ok(None));
        let smtp = Smtp {
            host: "relay.example".to_owned(),
            ..Smtp::default()
        };
        assert_eq!(smtp.relay().unwrap().unwrap().port, 587);
        let half = Smtp {
            user: "me".to_owned(),
            ..Smtp::default()
        };
        assert!(half.relay().is_err());
        let both = Smtp {
            url: "smtp://b".to_owned(),
            ..smtp
        };
        assert!(both.relay().is_err());
    }
}
