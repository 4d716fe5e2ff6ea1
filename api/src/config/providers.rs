//! Rows of providers: who makes what the catalogue's models promise.

use std::collections::BTreeSet;

use ipnet::IpNet;
use serde::{Deserialize, Serialize};

use super::read_web_url;

/// A provider: where it is asked, and what it allows all processes together.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// As models name it.
    pub name: String,
    /// What `/jobs` is put behind, of a model server or gateway that is asked over
    /// HTTP; empty: the row limits the sandbox.
    #[serde(default)]
    pub base_url: String,
    /// Sent as `Authorization: Bearer`; empty: nothing is.
    #[serde(default)]
    pub key: String,
    /// Generations that it runs at a time; none: as many as there are workers.
    #[serde(default)]
    pub concurrency: Option<u32>,
    /// Generations that are begun a minute.
    #[serde(default)]
    pub requests_per_minute: Option<u32>,
    /// Generations that are begun a day (UTC).
    #[serde(default)]
    pub requests_per_day: Option<u32>,
    /// Seconds in which it must take a connection.
    #[serde(default = "five")]
    pub connect_seconds: u64,
    /// Seconds that it may stay silent within an answer.
    #[serde(default = "thirty")]
    pub idle_seconds: u64,
    /// Seconds in which an answer must be complete.
    #[serde(default = "ten_minutes")]
    pub answer_seconds: u64,
    /// Milliseconds between looks at what it makes.
    #[serde(default = "two_seconds")]
    pub poll_milliseconds: u64,
    /// Largest answer and largest file, in bytes.
    #[serde(default = "mebibytes_64")]
    pub answer_bytes: u64,
    /// Networks that are not public, in which its files may lie.
    #[serde(default)]
    pub allow_networks: Vec<String>,
}

impl Provider {
    /// The networks in which its files may lie besides the public internet.
    #[must_use]
    pub fn networks(&self) -> Vec<IpNet> {
        let networks = self.allow_networks.iter();
        networks.filter_map(|network| network.parse().ok()).collect()
    }
}

const fn five() -> u64 {
    5
}

const fn thirty() -> u64 {
    30
}

const fn ten_minutes() -> u64 {
    600
}

const fn two_seconds() -> u64 {
    2000
}

const fn mebibytes_64() -> u64 {
    64 << 20
}

/// Lanes of jobs that no provider may be called like.
const TAKEN: [&str; 2] = ["house", "webhooks"];

/// Why the rows can't be used.
pub(super) fn check(providers: &[Provider]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for provider in providers {
        let name = provider.name.as_str();
        let sound = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_".contains(&byte);
        if name.is_empty() || name.len() > 40 || !name.bytes().all(sound) || TAKEN.contains(&name) {
            return Err(format!(
                "calls one `{name}`: a name has 1 to 40 small letters, digits and any of `-`, `_`, and is none of {}",
                TAKEN.join(", ")
            ));
        }
        if !names.insert(name) {
            return Err(format!("calls two `{name}`"));
        }
        if name == "sandbox" && provider.base_url.is_empty() {
            continue;
        }
        if read_web_url(&provider.base_url).is_none() {
            return Err(format!(
                "needs a `base_url` such as https://models.studio.example in `{name}`"
            ));
        }
        let positive = [
            ("concurrency", u64::from(provider.concurrency.unwrap_or(1))),
            ("connect_seconds", provider.connect_seconds),
            ("idle_seconds", provider.idle_seconds),
            ("answer_seconds", provider.answer_seconds),
            ("poll_milliseconds", provider.poll_milliseconds),
            ("answer_bytes", provider.answer_bytes),
        ];
        if let Some(network) = provider
            .allow_networks
            .iter()
            .find(|network| network.parse::<IpNet>().is_err())
        {
            return Err(format!(
                "has `{network}` in `allow_networks` of `{name}`: write 10.0.0.0/8"
            ));
        }
        if let Some((key, _)) = positive.into_iter().find(|(_, value)| *value == 0) {
            return Err(format!("needs a `{key}` greater than zero in `{name}`"));
        }
    }
    Ok(())
}
