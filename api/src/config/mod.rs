//! Configuration: plain data.
//!
//! [`layers`] lays the defaults below, the profile, the configuration file and
//! the environment over each other; [`check`] refuses what can't work. Every key
//! that is no table of rows is also an environment variable:
//! `limits.requests_per_minute` is `TINTYPE_LIMITS_REQUESTS_PER_MINUTE`, and with
//! `_FILE` behind it the value is read from a file.

mod check;
mod layers;
mod rows;

use std::path::PathBuf;

use entity::Credits;
use serde::{Deserialize, Serialize};

pub use layers::{ConfigError, describe_keys};
pub use rows::{Model, Offer, PriceLine, Unit};

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: String,
    /// The address under which users reach this server; empty: `http://` and `listen`.
    pub public_url: String,
    /// Folder of the embedded database, the local file store and the server's secret.
    pub data_dir: PathBuf,
    /// A TOML file laid under the configuration file: what a service is, as
    /// opposed to where it runs.
    pub profile: String,
    pub log: Log,
    pub database: DatabaseSettings,
    pub secrets: SecretsSettings,
    pub limits: Limits,
    pub worker: Worker,
    pub sandbox: Sandbox,
    pub credits: CreditSettings,
    pub sessions: Sessions,
    pub files: Files,
    pub policy: Policy,
    /// Rows of the catalogue; empty: the sandbox's four models.
    pub models: Vec<Model>,
    /// What is for sale; empty: the sandbox's two packs.
    pub offers: Vec<Offer>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Log {
    /// `error`, `warn`, `info`, `debug`, or a filter such as `tintype=debug,warn`.
    pub level: String,
    /// `text` or `json`.
    pub format: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DatabaseSettings {
    /// `postgres://user:password@host/name` or `sqlite://path`; empty: a SQLite file in `data_dir`.
    pub url: String,
    pub max_connections: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct SecretsSettings {
    /// 64 hexadecimal digits, the same in every process; empty: a file made in `data_dir`.
    pub master_key: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Requests a minute of one key or session.
    pub requests_per_minute: u32,
    /// Generations of one key or session that have not ended.
    pub concurrent_generations: u32,
    /// Refused credentials a minute from one address.
    pub refusals_per_minute: u32,
    /// Largest JSON body, in bytes.
    pub body_bytes: u64,
    pub connections: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Worker {
    /// Jobs that one process runs at a time.
    pub concurrency: u32,
    /// How long a job stays with a process that has gone silent.
    pub lease_seconds: u64,
    /// How long a stopping process waits for its jobs.
    pub grace_seconds: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sandbox {
    /// The sandbox's models, clock, outbox and checkout. Off in production.
    pub enabled: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CreditSettings {
    /// Test credits that a new account starts with.
    pub test_grant: Credits,
    /// Live credits that a new account starts with.
    pub live_grant: Credits,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sessions {
    pub access_token_seconds: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Files {
    /// How long the link in an answer opens its file.
    pub link_seconds: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Who answers for personal data.
    pub controller: String,
    /// Where they are reached.
    pub contact: String,
    /// How long a data-rights request may take, as an ISO 8601 period.
    pub request_deadline: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            public_url: String::new(),
            data_dir: PathBuf::from("data"),
            profile: String::new(),
            log: Log::default(),
            database: DatabaseSettings::default(),
            secrets: SecretsSettings::default(),
            limits: Limits::default(),
            worker: Worker::default(),
            sandbox: Sandbox::default(),
            credits: CreditSettings::default(),
            sessions: Sessions::default(),
            files: Files::default(),
            policy: Policy::default(),
            models: Vec::new(),
            offers: Vec::new(),
        }
    }
}

impl Default for Log {
    fn default() -> Self {
        Self {
            level: "warn,tintype=info".to_owned(),
            format: "text".to_owned(),
        }
    }
}

impl Default for DatabaseSettings {
    fn default() -> Self {
        Self {
            url: String::new(),
            max_connections: 16,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests_per_minute: 600,
            concurrent_generations: 100,
            refusals_per_minute: 60,
            body_bytes: 1 << 20,
            connections: 10_000,
        }
    }
}

impl Default for Worker {
    fn default() -> Self {
        Self {
            concurrency: 16,
            lease_seconds: 30,
            grace_seconds: 30,
        }
    }
}

impl Default for Sandbox {
    fn default() -> Self {
        Self { enabled: true }
    }
}

impl Default for CreditSettings {
    fn default() -> Self {
        Self {
            test_grant: Credits::from_micro(1_000_000_000),
            live_grant: Credits::ZERO,
        }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            access_token_seconds: 30 * 60,
        }
    }
}

impl Default for Files {
    fn default() -> Self {
        Self { link_seconds: 3600 }
    }
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            controller: "Example Studio".to_owned(),
            contact: "privacy@studio.example".to_owned(),
            request_deadline: "P1M".to_owned(),
        }
    }
}

impl Config {
    /// Where users reach this server, without a slash at the end.
    #[must_use]
    pub fn public_url(&self) -> String {
        match self.public_url.trim_end_matches('/') {
            "" => format!("http://{}", self.listen),
            url => url.to_owned(),
        }
    }

    #[must_use]
    pub fn database_url(&self) -> String {
        match self.database.url.as_str() {
            "" => format!("sqlite://{}?mode=rwc", self.data_dir.join("tintype.db").display()),
            url => url.to_owned(),
        }
    }
}
