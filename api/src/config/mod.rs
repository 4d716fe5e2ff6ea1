//! Configuration: plain data.
//!
//! [`layers`] lays the defaults below, the profile, the configuration file and
//! the environment over each other; [`check`] refuses what can't work. Every key
//! that is no table of rows is also an environment variable:
//! `limits.requests_per_minute` is `TINTYPE_LIMITS_REQUESTS_PER_MINUTE`, and with
//! `_FILE` behind it the value is read from a file. A list has commas between its
//! values.

mod address;
mod admin;
mod auth;
mod check;
mod consents;
mod layers;
mod mail;
mod moderation;
mod moment;
mod policy;
mod providers;
mod rows;
mod server;
mod sign_in;
mod sign_up;
mod webhooks;

use std::path::PathBuf;

use entity::Credits;
use serde::{Deserialize, Serialize};

pub use address::{has_odd_letters, read_url, read_web_url};
pub use admin::Admin;
pub use auth::{Auth, PasswordHash};
pub use consents::ConsentPurpose;
pub use layers::{ConfigError, describe_keys};
pub use mail::{Encryption, Mail, Relay, Smtp};
pub use moderation::ModerationSettings;
pub use policy::Policy;
pub use providers::Provider;
pub use rows::{AfterShutdown, Fallback, Model, Offer, PriceLine, Unit};
pub use server::ServerSettings;
pub use sign_in::{AccountSettings, AfterGrace, Frontend, OauthKind, OauthProvider};
pub use sign_up::{AskAge, SignUp};
pub use webhooks::Webhooks;

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
    pub server: ServerSettings,
    pub log: Log,
    pub database: DatabaseSettings,
    pub secrets: SecretsSettings,
    pub limits: Limits,
    pub worker: Worker,
    pub sandbox: Sandbox,
    pub credits: CreditSettings,
    pub auth: Auth,
    pub sign_up: SignUp,
    pub admin: Admin,
    pub sessions: Sessions,
    pub files: Files,
    pub policy: Policy,
    pub mail: Mail,
    pub webhooks: Webhooks,
    pub moderation: ModerationSettings,
    pub account: AccountSettings,
    pub frontend: Frontend,
    /// Providers that people may sign in with besides a password.
    pub oauth: Vec<OauthProvider>,
    /// What people may agree to beyond what is needed; empty: news by mail.
    pub consents: Vec<ConsentPurpose>,
    /// Rows of the catalogue; empty: the sandbox's four models.
    pub models: Vec<Model>,
    /// The providers besides the sandbox, and what each allows.
    pub providers: Vec<Provider>,
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
    /// Generations of one account, by mode, that have not ended.
    pub concurrent_generations_per_account: u32,
    /// Refused credentials a minute from one address.
    pub refusals_per_minute: u32,
    /// Largest JSON body, in bytes.
    pub body_bytes: u64,
    /// Largest body of a request for a batch, in bytes.
    pub batch_body_bytes: u64,
    /// Batches of one account that have not ended.
    pub open_batches: u32,
    /// Keys of one account, by mode, that are good.
    pub keys_per_account: u32,
    /// Connections at a time; 0: as many as the system's limit of open files has room
    /// for, up to 20,000.
    pub connections: u32,
    /// Seconds between signs of life on a stream that has nothing to tell.
    pub heartbeat_seconds: u64,
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
    /// Live credits that a new account starts with, once for an address.
    pub live_grant: Credits,
    /// For so long after an address left an account that had them, it is remembered by a
    /// keyed hash: an ISO 8601 period. P0D: not at all.
    pub welcome_remembered: String,
    /// Owners are told by mail when less than this is available; 0: never.
    pub low_balance: Credits,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sessions {
    pub access_token_seconds: u64,
    /// A session that is not refreshed for so long is over.
    pub idle_seconds: u64,
    /// So long after the sign-in, it is over in any case.
    pub longest_seconds: u64,
    /// For so long, a refresh token that was just used gives the same answer again.
    pub refresh_grace_seconds: u64,
    /// Open sessions of one account; who signs in once more ends the one that was used
    /// longest ago.
    pub most_per_account: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Files {
    /// How long the link in an answer opens its file.
    pub link_seconds: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            public_url: String::new(),
            data_dir: PathBuf::from("data"),
            profile: String::new(),
            server: ServerSettings::default(),
            log: Log::default(),
            database: DatabaseSettings::default(),
            secrets: SecretsSettings::default(),
            limits: Limits::default(),
            worker: Worker::default(),
            sandbox: Sandbox::default(),
            credits: CreditSettings::default(),
            auth: Auth::default(),
            sign_up: SignUp::default(),
            admin: Admin::default(),
            sessions: Sessions::default(),
            files: Files::default(),
            policy: Policy::default(),
            mail: Mail::default(),
            webhooks: Webhooks::default(),
            moderation: ModerationSettings::default(),
            account: AccountSettings::default(),
            frontend: Frontend::default(),
            oauth: Vec::new(),
            consents: Vec::new(),
            models: Vec::new(),
            providers: Vec::new(),
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
            concurrent_generations_per_account: 20_000,
            refusals_per_minute: 60,
            body_bytes: 1 << 20,
            batch_body_bytes: 8 << 20,
            open_batches: 20,
            keys_per_account: 500,
            connections: 0,
            heartbeat_seconds: 15,
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
            welcome_remembered: "P1Y".to_owned(),
            low_balance: Credits::ZERO,
        }
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self {
            access_token_seconds: 30 * 60,
            idle_seconds: 14 * 24 * 3600,
            longest_seconds: 90 * 24 * 3600,
            refresh_grace_seconds: 10,
            most_per_account: 100,
        }
    }
}

impl Default for Files {
    fn default() -> Self {
        Self { link_seconds: 3600 }
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

    /// What people may agree to.
    #[must_use]
    pub fn consents(&self) -> Vec<ConsentPurpose> {
        match self.consents.as_slice() {
            [] => consents::usual(),
            rows => rows.to_vec(),
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
