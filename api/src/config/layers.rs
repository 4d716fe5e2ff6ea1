//! The layers of a configuration, the last one winning. This is the only reader
//! of the environment.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Config;

/// Why a configuration is refused: a sentence that names the key.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub(super) String);

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
        let mut config: Self = layers.try_into().map_err(|error: toml::de::Error| {
            ConfigError(format!(
                "The configuration is refused: {}",
                error.to_string().trim().replace('\n', " ")
            ))
        })?;
        for provider in &mut config.oauth {
            provider.read_secret()?;
        }
        config.check()?;
        Ok(config)
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
                    "`{name}` is no setting: `tintype --help` lists them all"
                )));
            }
        };
        let (path, default) = known;
        let value = match default {
            toml::Value::Array(usual) => list(&text, usual.first()),
            usual => scalar(&text, Some(usual)),
        };
        let value = value.map_err(|wanted| ConfigError(format!("`{name}` must be {wanted}")))?;
        insert(&mut layer, path, value);
    }
    Ok(layer)
}

/// A text as the kind of value that the setting usually has.
fn scalar(text: &str, usual: Option<&toml::Value>) -> Result<toml::Value, &'static str> {
    match usual {
        Some(toml::Value::Integer(_)) => text
            .parse()
            .map(toml::Value::Integer)
            .map_err(|_| "a whole number"),
        Some(toml::Value::Boolean(_)) => text
            .parse()
            .map(toml::Value::Boolean)
            .map_err(|_| "`true` or `false`"),
        _ => Ok(toml::Value::String(text.to_owned())),
    }
}

/// Values with commas or line breaks between them; or a list as TOML writes it, for
/// values that hold a comma themselves.
fn list(text: &str, usual: Option<&toml::Value>) -> Result<toml::Value, &'static str> {
    const FORM: &str = "a list such as `a, b`, or `[\"a, b\", \"c\"]`";
    if text.trim_start().starts_with('[') {
        let table: toml::Table = format!("list = {text}").parse().map_err(|_| FORM)?;
        return table.into_iter().next().map(|(_, list)| list).ok_or(FORM);
    }
    let values = text.split([',', '\n']).map(str::trim);
    let values = values.filter(|value| !value.is_empty());
    let values: Result<Vec<_>, _> = values.map(|value| scalar(value, usual)).collect();
    values
        .map(toml::Value::Array)
        .map_err(|_| "a list of whole numbers such as `5, 300`")
}

type Keys = BTreeMap<String, (Vec<String>, toml::Value)>;

fn collect_keys(table: &toml::Table, path: &mut Vec<String>, keys: &mut Keys) {
    for (key, value) in table {
        path.push(key.clone());
        match value {
            toml::Value::Table(inner) => collect_keys(inner, path, keys),
            // Rows, which have keys of their own, stand at the top; within a section
            // a list is one of plain values.
            toml::Value::Array(_) if path.len() == 1 => {}
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
    fn a_list_is_set_with_commas_or_as_toml_writes_it() {
        let config = load(&[
            ("TINTYPE_SERVER_TRUSTED_PROXIES", "10.0.0.0/8, 192.0.2.0/24"),
            ("TINTYPE_WEBHOOKS_ALLOW_NETWORKS", "127.0.0.0/8"),
            ("TINTYPE_WEBHOOKS_RETRY_SECONDS", "1,2,\n3\n"),
            ("TINTYPE_MODERATION_BLOCKLIST", "[\"one, two\", 'three']"),
            ("TINTYPE_FRONTEND_REDIRECT_URIS", ""),
        ])
        .unwrap();
        assert_eq!(config.server.trusted_proxies, ["10.0.0.0/8", "192.0.2.0/24"]);
        assert_eq!(config.webhooks.allow_networks, ["127.0.0.0/8"]);
        assert_eq!(config.webhooks.retry_seconds, [1, 2, 3]);
        assert_eq!(config.moderation.blocklist, ["one, two", "three"]);
        assert_eq!(config.frontend.redirect_uris, [""; 0]);
    }

    #[test]
    fn every_setting_that_is_no_row_can_be_set() {
        let defaults = toml::Table::try_from(Config::default()).unwrap();
        let mut keys = Keys::new();
        collect_keys(&defaults, &mut Vec::new(), &mut keys);
        for (name, (_, usual)) in keys {
            let text = match &usual {
                toml::Value::Array(items) => items.iter().map(|item| format!("{item},")).collect(),
                toml::Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let environment = BTreeMap::from([(name.clone(), text)]);
            let layer = from_environment(&defaults, &environment).unwrap();
            let read: Result<Config, _> = layer.try_into();
            assert!(read.is_ok(), "{name}: {read:?}");
        }
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
            ("TINTYPE_LISTN", "x", "`tintype --help`"),
            ("TINTYPE_MODELS", "x", "TINTYPE_MODELS"),
            (
                "TINTYPE_WEBHOOKS_RETRY_SECONDS",
                "5,soon",
                "TINTYPE_WEBHOOKS_RETRY_SECONDS",
            ),
            (
                "TINTYPE_WEBHOOKS_ALLOW_NETWORKS",
                "[\"a\"",
                "TINTYPE_WEBHOOKS_ALLOW_NETWORKS",
            ),
            (
                "TINTYPE_WEBHOOKS_ALLOW_NETWORKS",
                "localhost",
                "webhooks.allow_networks",
            ),
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
