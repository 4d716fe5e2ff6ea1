//! What bounds a key besides its scopes: models, networks, limits of its own.

use std::collections::BTreeSet;

use entity::{Timestamp, api_key};
use serde_json::{Value, json};

use super::networks::Networks;

/// `None`: no bound but the server's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bounds {
    pub models: Option<BTreeSet<String>>,
    pub networks: Option<Networks>,
    pub requests_per_minute: Option<u32>,
    pub concurrent_generations: Option<u32>,
}

impl Bounds {
    /// What a row says. What can't be read allows nothing.
    #[must_use]
    pub fn of(key: &api_key::Model) -> Self {
        let least = |limit: i64| u32::try_from(limit).unwrap_or(1);
        Self {
            models: key.models.as_ref().map(names),
            networks: Networks::of(key),
            requests_per_minute: key.requests_per_minute.map(least),
            concurrent_generations: key.concurrent_generations.map(least),
        }
    }

    /// Writes them into a row.
    pub fn write(&self, key: &mut api_key::Model) {
        let networks = self.networks.as_ref();
        key.models = self.models.as_ref().map(|models| json!(models));
        key.ip_allow = networks.map(|networks| json!(networks.texts()));
        key.requests_per_minute = self.requests_per_minute.map(i64::from);
        key.concurrent_generations = self.concurrent_generations.map(i64::from);
    }

    /// Whether a model may be asked for, by its id.
    #[must_use]
    pub fn allow_model(&self, id: &str) -> bool {
        self.models.as_ref().is_none_or(|models| models.contains(id))
    }

    /// The bounds, by their fields' names, that are wider here than in `other`.
    #[must_use]
    pub fn beyond(&self, other: &Self) -> BTreeSet<&'static str> {
        let most = |own: Option<u32>, other: Option<u32>| {
            other.is_none_or(|other| own.is_some_and(|own| own <= other))
        };
        let within = [
            ("models", within(&self.models, &other.models, BTreeSet::is_subset)),
            (
                "ip_allow",
                within(&self.networks, &other.networks, Networks::within),
            ),
            (
                "rate.requests_per_minute",
                most(self.requests_per_minute, other.requests_per_minute),
            ),
            (
                "rate.concurrent_generations",
                most(self.concurrent_generations, other.concurrent_generations),
            ),
        ];
        let wider = within.into_iter().filter(|(_, within)| !within);
        wider.map(|(field, _)| field).collect()
    }

    /// With the bounds of `maker` where there are none.
    #[must_use]
    pub fn or(self, maker: &Self) -> Self {
        Self {
            models: self.models.or_else(|| maker.models.clone()),
            networks: self.networks.or_else(|| maker.networks.clone()),
            requests_per_minute: self.requests_per_minute.or(maker.requests_per_minute),
            concurrent_generations: self.concurrent_generations.or(maker.concurrent_generations),
        }
    }
}

fn names(list: &Value) -> BTreeSet<String> {
    let names = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.map(str::to_owned).collect()
}

fn within<T>(own: &Option<T>, other: &Option<T>, inside: impl Fn(&T, &T) -> bool) -> bool {
    match (own, other) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(own), Some(other)) => inside(own, other),
    }
}

/// Until when a secret, by its hash, opens what the key opens: for ever (`Some(None)`),
/// until a moment that may have passed, or not at all (`None`).
#[must_use]
pub fn secret_until(key: &api_key::Model, hash: &str) -> Option<Option<Timestamp>> {
    if key.secret_hash == hash {
        return Some(key.expires_at);
    }
    let until = key.old_secret_until?;
    let old = key.old_secret_hash.as_deref() == Some(hash);
    old.then(|| Some(key.expires_at.map_or(until, |end| end.min(until))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wider_is_named() {
        let of = |models: &[&str], rate: u32| Bounds {
            models: Some(models.iter().map(|id| (*id).to_owned()).collect()),
            requests_per_minute: Some(rate),
            ..Bounds::default()
        };
        let own = of(&["a", "b"], 10);
        let wider = |bounds: Bounds| bounds.beyond(&own).into_iter().collect::<Vec<_>>();
        assert!(wider(of(&["a"], 10)).is_empty());
        assert_eq!(wider(of(&["a", "c"], 10)), ["models"]);
        assert_eq!(wider(of(&["a"], 11)), ["rate.requests_per_minute"]);
        assert_eq!(wider(Bounds::default()), ["models", "rate.requests_per_minute"]);
        assert!(own.beyond(&Bounds::default()).is_empty());
        assert_eq!(Bounds::default().or(&own), own);
    }
}
