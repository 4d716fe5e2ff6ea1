//! Configuration: plain data, laid in layers, the last one winning: the
//! defaults below, the profile, the configuration file, the environment.
//!
//! Every key that is no table of rows is also an environment variable:
//! `limits.requests_per_minute` is `TINTYPE_LIMITS_REQUESTS_PER_MINUTE`, and with
//! `_FILE` behind it the value is read from a file. This is the only reader of
//! the environment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use entity::{Credits, Money, generation};
use serde::{Deserialize, Serialize};

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

/// A row of the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    pub id: String,
    pub kind: generation::Kind,
    pub display_name: String,
    #[serde(default)]
    pub description: String,
    pub provider: String,
    /// What the provider calls it; empty: the same.
    #[serde(default)]
    pub provider_model: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// ISO 3166 codes of the countries where it is processed.
    pub countries: Vec<String>,
    /// What makes the transfer there lawful.
    pub mechanism: String,
    pub price_version: String,
    pub pricing: Vec<PriceLine>,
    #[serde(default)]
    pub cancelable: bool,
    /// Longest run, in seconds, unless the request asks for less.
    pub timeout_seconds: u64,
    /// JSON Schema 2020-12 of `input`, as JSON text.
    pub input_schema: String,
}

/// One line of a price: so much a unit, times the factors that apply.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriceLine {
    pub unit: Unit,
    pub credits: Credits,
    /// Input field, value, factor: `{ quality = { high = "2" } }`.
    #[serde(default)]
    pub multipliers: BTreeMap<String, BTreeMap<String, Credits>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Image,
    Second,
    #[serde(rename = "1000_characters")]
    Characters,
    #[serde(rename = "1000_tokens")]
    Tokens,
}

/// A pack of credits for sale.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    pub id: String,
    pub display_name: String,
    pub credits: Credits,
    pub prices: Vec<Money>,
    /// How long the credits last, as an ISO 8601 period; empty: for ever.
    #[serde(default)]
    pub lasts: String,
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
            request_deadline: "P30D".to_owned(),
        }
    }
}

/// Why a configuration is refused: a sentence that names the key.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl Config {
    /// Lays the layers over each other and checks the result.
    ///
    /// # Errors
    /// When a file can't be read, a key is unknown, or a value doesn't fit.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        Self::from_layers(file, std::env::vars().collect())
    }

    fn from_layers(file: Option<&Path>, environment: BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let defaults =
            toml::Table::try_from(Self::default()).map_err(|error| ConfigError(error.to_string()))?;
        let mut own = match file
            .map(Path::to_path_buf)
            .or_else(|| environment.get("TINTYPE_CONFIG").map(PathBuf::from))
        {
            Some(path) => read_table(&path, "configuration file")?,
            None => toml::Table::new(),
        };
        overlay(&mut own, from_environment(&defaults, &environment)?);
        let mut layers = match own.get("profile").and_then(toml::Value::as_str) {
            Some(path) if !path.is_empty() => read_table(Path::new(path), "profile")?,
            _ => toml::Table::new(),
        };
        overlay(&mut layers, own);
        let config: Self = layers.try_into().map_err(|error: toml::de::Error| {
            ConfigError(format!(
                "The configuration is refused: {}",
                error.to_string().trim().replace('\n', " ")
            ))
        })?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let refuse = |key: &str, why: &str| Err(ConfigError(format!("`{key}` {why}")));
        if self.listen.parse::<std::net::SocketAddr>().is_err() {
            return refuse("listen", "must be an address and a port such as 127.0.0.1:8080");
        }
        if !self.public_url.is_empty() && url::Url::parse(&self.public_url).is_err() {
            return refuse("public_url", "must be a URL such as https://api.studio.example");
        }
        if !["", "sqlite://", "postgres://", "postgresql://"]
            .iter()
            .any(|scheme| {
                if scheme.is_empty() {
                    self.database.url.is_empty()
                } else {
                    self.database.url.starts_with(scheme)
                }
            })
        {
            return refuse("database.url", "must begin with postgres:// or sqlite://");
        }
        if !["text", "json"].contains(&self.log.format.as_str()) {
            return refuse("log.format", "must be `text` or `json`");
        }
        let positive = [
            (
                "database.max_connections",
                u64::from(self.database.max_connections),
            ),
            (
                "limits.requests_per_minute",
                u64::from(self.limits.requests_per_minute),
            ),
            (
                "limits.concurrent_generations",
                u64::from(self.limits.concurrent_generations),
            ),
            (
                "limits.refusals_per_minute",
                u64::from(self.limits.refusals_per_minute),
            ),
            ("limits.body_bytes", self.limits.body_bytes),
            ("limits.connections", u64::from(self.limits.connections)),
            ("worker.concurrency", u64::from(self.worker.concurrency)),
            ("worker.lease_seconds", self.worker.lease_seconds),
            (
                "sessions.access_token_seconds",
                self.sessions.access_token_seconds,
            ),
            ("files.link_seconds", self.files.link_seconds),
        ];
        if let Some((key, _)) = positive.into_iter().find(|(_, value)| *value == 0) {
            return refuse(key, "must be greater than zero");
        }
        if self.policy.request_deadline.parse::<jiff::Span>().is_err() {
            return refuse(
                "policy.request_deadline",
                "must be an ISO 8601 period such as P30D",
            );
        }
        for offer in &self.offers {
            if !offer.credits.is_positive() || offer.prices.is_empty() {
                return refuse("offers", &format!("needs credits and a price in `{}`", offer.id));
            }
            if !offer.lasts.is_empty() && offer.lasts.parse::<jiff::Span>().is_err() {
                return refuse(
                    "offers.lasts",
                    &format!("must be an ISO 8601 period in `{}`", offer.id),
                );
            }
        }
        Ok(())
    }

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

fn read_table(path: &Path, what: &str) -> Result<toml::Table, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| ConfigError(format!("The {what} {} can't be read: {error}", path.display())))?;
    text.parse()
        .map_err(|error| ConfigError(format!("The {what} {} is no TOML: {error}", path.display())))
}

fn overlay(under: &mut toml::Table, over: toml::Table) {
    for (key, value) in over {
        match (under.get_mut(&key), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => overlay(below, above),
            (_, value) => drop(under.insert(key, value)),
        }
    }
}

/// The layer that the environment makes: variables named after the defaults' keys.
fn from_environment(
    defaults: &toml::Table,
    environment: &BTreeMap<String, String>,
) -> Result<toml::Table, ConfigError> {
    let mut keys = BTreeMap::new();
    collect_keys(defaults, &mut Vec::new(), &mut keys);
    let mut layer = toml::Table::new();
    for (name, text) in environment
        .iter()
        .filter(|(name, _)| name.starts_with("TINTYPE_"))
    {
        // Clients' own variables may stand in the same environment.
        if ["TINTYPE_CONFIG", "TINTYPE_API_KEY", "TINTYPE_BASE_URL"].contains(&name.as_str()) {
            continue;
        }
        let (known, text) = match (
            keys.get(name),
            name.strip_suffix("_FILE")
                .and_then(|base| keys.get(base).map(|key| (base, key))),
        ) {
            (Some(key), _) => (key, text.clone()),
            (None, Some((base, _))) if environment.contains_key(base) => {
                return Err(ConfigError(format!(
                    "`{base}` and `{name}` are both set: keep one"
                )));
            }
            (None, Some((_, key))) => {
                let read = std::fs::read_to_string(text).map_err(|error| {
                    ConfigError(format!("`{name}` names a file that can't be read: {error}"))
                })?;
                (key, read.strip_suffix('\n').unwrap_or(&read).to_owned())
            }
            (None, None) => {
                return Err(ConfigError(format!(
                    "`{name}` is no setting: see `tintype serve --help` for the keys"
                )));
            }
        };
        let (path, default) = known;
        let value = match default {
            toml::Value::Integer(_) => text
                .parse()
                .map(toml::Value::Integer)
                .map_err(|_| "a whole number"),
            toml::Value::Boolean(_) => text
                .parse()
                .map(toml::Value::Boolean)
                .map_err(|_| "`true` or `false`"),
            _ => Ok(toml::Value::String(text)),
        };
        let value = value.map_err(|wanted| ConfigError(format!("`{name}` must be {wanted}")))?;
        insert(&mut layer, path, value);
    }
    Ok(layer)
}

type Keys = BTreeMap<String, (Vec<String>, toml::Value)>;

fn collect_keys(table: &toml::Table, path: &mut Vec<String>, keys: &mut Keys) {
    for (key, value) in table {
        path.push(key.clone());
        match value {
            toml::Value::Table(inner) => collect_keys(inner, path, keys),
            toml::Value::Array(_) => {}
            value => {
                let name = format!("TINTYPE_{}", path.join("_").to_uppercase());
                keys.insert(name, (path.clone(), value.clone()));
            }
        }
        path.pop();
    }
}

fn insert(table: &mut toml::Table, path: &[String], value: toml::Value) {
    let Some((last, parents)) = path.split_last() else {
        return;
    };
    let mut at = table;
    for parent in parents {
        let inner = at
            .entry(parent)
            .or_insert_with(|| toml::Value::Table(toml::Table::new()));
        let toml::Value::Table(inner) = inner else { return };
        at = inner;
    }
    at.insert(last.clone(), value);
}

/// Every key with its environment variable and default, for `--help`.
#[must_use]
pub fn describe_keys() -> String {
    let mut keys = Keys::new();
    if let Ok(defaults) = toml::Table::try_from(Config::default()) {
        collect_keys(&defaults, &mut Vec::new(), &mut keys);
    }
    let widest = keys.keys().map(String::len).max().unwrap_or_default();
    keys.iter()
        .map(|(name, (path, value))| format!("  {name:widest$}  {} = {value}\n", path.join(".")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let environment = pairs
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect();
        Config::from_layers(None, environment)
    }

    #[test]
    fn without_any_configuration_the_defaults_hold() {
        let config = load(&[("PATH", "/bin")]).unwrap();
        assert_eq!(config.public_url(), "http://127.0.0.1:8080");
        assert!(config.database_url().starts_with("sqlite://"));
    }

    #[test]
    fn a_variable_sets_its_key() {
        let config = load(&[
            ("TINTYPE_LISTEN", "0.0.0.0:9000"),
            ("TINTYPE_LIMITS_REQUESTS_PER_MINUTE", "7"),
        ])
        .unwrap();
        assert_eq!(
            (config.listen.as_str(), config.limits.requests_per_minute),
            ("0.0.0.0:9000", 7)
        );
    }

    #[test]
    fn a_secret_may_stand_in_a_file_but_not_twice() {
        let path = std::env::temp_dir().join(format!("tintype-config-{}", std::process::id()));
        std::fs::write(&path, "ab\n").unwrap();
        let file = path.to_str().unwrap();
        assert_eq!(
            load(&[("TINTYPE_SECRETS_MASTER_KEY_FILE", file)])
                .unwrap()
                .secrets
                .master_key,
            "ab"
        );
        let twice = load(&[
            ("TINTYPE_SECRETS_MASTER_KEY_FILE", file),
            ("TINTYPE_SECRETS_MASTER_KEY", "cd"),
        ]);
        assert!(twice.unwrap_err().to_string().contains("both set"));
        std::fs::remove_file(path).unwrap();
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (name, value, named) in [
            ("TINTYPE_LISTN", "x", "TINTYPE_LISTN"),
            ("TINTYPE_LISTEN", "nowhere", "listen"),
            ("TINTYPE_LIMITS_BODY_BYTES", "many", "TINTYPE_LIMITS_BODY_BYTES"),
            ("TINTYPE_WORKER_CONCURRENCY", "0", "worker.concurrency"),
            ("TINTYPE_WORKER_CONCURRENCY", "-1", "worker.concurrency"),
            ("TINTYPE_DATABASE_URL", "mysql://x", "database.url"),
            ("TINTYPE_CREDITS_TEST_GRANT", "1.2345678", "credits.test_grant"),
            ("TINTYPE_PROFILE", "/nowhere.toml", "/nowhere.toml"),
        ] {
            let error = load(&[(name, value)]).unwrap_err().to_string();
            assert!(error.contains(named), "{name}={value}: {error}");
        }
    }
}
