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
