//! Signing in with other providers: which there are, where people come back to,
//! and what is kept of what a provider tells.

use serde::{Deserialize, Serialize};

use super::{ConfigError, read_url, read_web_url};

/// A provider that people may sign in with.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OauthProvider {
    /// Part of the address that the provider sends people back to:
    /// `{public_url}/v1/auth/oauth/{name}/callback`.
    pub name: String,
    pub kind: OauthKind,
    /// What people read on the button; empty: the name.
    #[serde(default)]
    pub display_name: String,
    /// Whose ids they are; empty: Google's or GitHub's own. An OIDC issuer tells its
    /// endpoints itself; GitHub's are below this address.
    #[serde(default)]
    pub issuer: String,
    /// Where GitHub's API is; empty: as GitHub itself or its enterprise server has it.
    #[serde(default)]
    pub api_url: String,
    pub client_id: String,
    #[serde(default)]
    pub client_secret: String,
    /// A file that holds the secret instead.
    #[serde(default)]
    pub client_secret_file: String,
    /// Empty: what the kept fields need.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Only people of this Google Workspace domain; empty: everyone.
    #[serde(default)]
    pub hosted_domain: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OauthKind {
    Google,
    Github,
    /// Any issuer of OpenID Connect.
    Oidc,
}

/// The operator's own web or mobile app.
#[derive(Debug, Clone, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Frontend {
    /// Where people may land after they signed in with a provider, letter by letter.
    pub redirect_uris: Vec<String>,
}

/// What an account may hold of a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AccountSettings {
    /// Fields that are kept; whatever else a provider tells is dropped.
    pub fields: Vec<String>,
    /// For so long a closed account can be opened again, as an ISO 8601 period.
    pub grace: String,
    pub after_grace: AfterGrace,
}

/// What becomes of a closed account that nobody opened again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterGrace {
    /// All its data goes, as when its owner asks for it.
    Erase,
    /// It stays closed.
    Keep,
}

impl Default for AccountSettings {
    fn default() -> Self {
        Self {
            fields: vec!["email".to_owned()],
            grace: "P30D".to_owned(),
            after_grace: AfterGrace::Erase,
        }
    }
}

impl AccountSettings {
    #[must_use]
    pub fn keeps(&self, field: &str) -> bool {
        self.fields.iter().any(|kept| kept == field)
    }
}

/// Segments that stand beside the providers' names in addresses.
const TAKEN: &[&str] = &["identities", "providers", "token"];

impl OauthProvider {
    /// Whose ids they are.
    #[must_use]
    pub fn issuer(&self) -> &str {
        match (self.issuer.trim_end_matches('/'), self.kind) {
            ("", OauthKind::Google) => "https://accounts.google.com",
            ("", OauthKind::Github) => "https://github.com",
            // An issuer's own name may end in a slash.
            (_, OauthKind::Oidc) => &self.issuer,
            (issuer, _) => issuer,
        }
    }

    /// Where GitHub's API is.
    #[must_use]
    pub fn api_url(&self) -> String {
        match (self.api_url.trim_end_matches('/'), self.issuer()) {
            ("", "https://github.com") => "https://api.github.com".to_owned(),
            ("", own) => format!("{own}/api/v3"),
            (url, _) => url.to_owned(),
        }
    }

    /// What people read on the button.
    #[must_use]
    pub fn display_name(&self) -> &str {
        match self.display_name.as_str() {
            "" => &self.name,
            name => name,
        }
    }

    /// Reads the secret from its file, where one is named.
    pub(super) fn read_secret(&mut self) -> Result<(), ConfigError> {
        let (name, path) = (&self.name, self.client_secret_file.as_str());
        if path.is_empty() {
            return Ok(());
        }
        if !self.client_secret.is_empty() {
            return Err(ConfigError(format!(
                "`oauth.client_secret` and `oauth.client_secret_file` are both set in `{name}`: keep one"
            )));
        }
        let read = std::fs::read_to_string(path).map_err(|error| {
            ConfigError(format!(
                "`oauth.client_secret_file` in `{name}` can't be read: {error}"
            ))
        })?;
        read.strip_suffix('\n')
            .unwrap_or(&read)
            .clone_into(&mut self.client_secret);
        Ok(())
    }

    fn check(&self) -> Result<(), ConfigError> {
        let name = &self.name;
        let refuse = |key: &str, why: &str| Err(ConfigError(format!("`oauth.{key}` {why} in `{name}`")));
        let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
        if name.is_empty() || name.len() > 40 || !name.chars().all(plain) || TAKEN.contains(&name.as_str()) {
            return refuse(
                "name",
                "must be lower-case letters, digits and dashes, and no word of ours,",
            );
        }
        for (key, url) in [("issuer", self.issuer()), ("api_url", &self.api_url())] {
            if !is_safe(url) {
                return refuse(key, "must be an https URL, or http on this machine,");
            }
        }
        if self.client_id.is_empty() || self.client_secret.is_empty() {
            return refuse("client_id", "and `oauth.client_secret` are both needed");
        }
        if !self.hosted_domain.is_empty() && self.kind != OauthKind::Google {
            return refuse("hosted_domain", "is known to Google alone, not");
        }
        Ok(())
    }
}

/// Over TLS, or without leaving this machine.
fn is_safe(url: &str) -> bool {
    let Some(url) = read_web_url(url) else {
        return false;
    };
    let here = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    url.scheme() == "https" || here
}

/// A page, or an app's own scheme, which has a dot (RFC 8252).
fn is_landing(uri: &str) -> bool {
    let own_scheme = |url: &url::Url| url.scheme().contains('.');
    read_url(uri).is_some_and(|url| url.fragment().is_none() && (is_safe(uri) || own_scheme(&url)))
}

const FIELDS: &[&str] = &["email", "name", "avatar_url"];

pub(super) fn check(
    providers: &[OauthProvider],
    frontend: &Frontend,
    account: &AccountSettings,
) -> Result<(), ConfigError> {
    for (at, provider) in providers.iter().enumerate() {
        provider.check()?;
        let others = providers.iter().skip(at + 1);
        for other in others {
            if other.name == provider.name || other.issuer() == provider.issuer() {
                return Err(ConfigError(format!(
                    "`oauth` names `{}` or its issuer twice",
                    provider.name
                )));
            }
        }
    }
    if let Some(uri) = frontend.redirect_uris.iter().find(|uri| !is_landing(uri)) {
        return Err(ConfigError(format!(
            "`frontend.redirect_uris` must be https URLs without a fragment, http on this machine, or an app's own \
             scheme: `{uri}`"
        )));
    }
    if let Some(field) = account
        .fields
        .iter()
        .find(|field| !FIELDS.contains(&field.as_str()))
    {
        return Err(ConfigError(format!(
            "`account.fields` knows {}, not `{field}`",
            FIELDS.join(", ")
        )));
    }
    if account
        .grace
        .parse::<jiff::Span>()
        .map_or(true, jiff::Span::is_negative)
    {
        return Err(ConfigError(
            "`account.grace` must be an ISO 8601 period such as P30D".to_owned(),
        ));
    }
    if !account.keeps("email") {
        return Err(ConfigError("`account.fields` must include `email`".to_owned()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_landing_is_safe_or_an_app() {
        for good in [
            "https://app.studio.example/in",
            "http://localhost:3000/in",
            "http://127.0.0.1/in",
            "example.studio.app:/in",
        ] {
            assert!(is_landing(good), "{good}");
        }
        for bad in [
            "",
            "/in",
            "http://app.studio.example/in",
            "https://app.studio.example/in#x",
            "javascript:alert(1)",
            "data:text/html,x",
        ] {
            assert!(!is_landing(bad), "{bad}");
        }
    }
}
