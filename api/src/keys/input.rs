//! What requests about keys say.

use std::collections::{BTreeMap, BTreeSet};

use entity::key_cap::Period;
use entity::{Credits, Timestamp};
use poem_openapi::Object;
use poem_openapi::types::Example;

use super::view::CapLimit;
use super::{BoundsChange, Change, NewKey};
use crate::auth::{Bounds, Networks, Scope};
use crate::catalog::Catalog;
use crate::config::Limits;
use crate::http::{ApiError, Code, FieldError, Patch};

/// An API key to make.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct CreateKey {
    /// What the key is for, in your own words.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    /// What the key may do. With an API key you can give only scopes that it has itself.
    #[oai(validator(min_items = 1, max_items = 16, unique_items))]
    pub scopes: Vec<Scope>,
    /// Whether the key reaches paid providers and spends live credits. By default it is like the key that makes it;
    /// a session makes live keys, in a sandbox test keys.
    pub livemode: Option<bool>,
    /// The only models that the key may ask for, by id or alias. By default those of the key that makes it, or any.
    #[oai(validator(min_items = 1, max_items = 100))]
    pub models: Option<Vec<String>>,
    /// The only addresses that the key may be used from: IPv4 or IPv6 addresses, or networks such as `203.0.113.0/24`.
    /// By default those of the key that makes it, or any.
    #[oai(validator(min_items = 1, max_items = 50))]
    pub ip_allow: Option<Vec<String>>,
    /// When the key ends by itself. By default it ends with the key that makes it, or never.
    pub expires_at: Option<Timestamp>,
    /// The most that the key may spend, one cap a period. A key with caps gives them to the keys that it makes, unless
    /// they get lower ones. What keys spend counts for the key that made them, too.
    #[oai(validator(max_items = 4))]
    pub caps: Option<Vec<CapLimit>>,
    /// Limits of the key's own, below the server's. By default those of the key that makes it, or the server's.
    pub rate: Option<RateLimits>,
}

impl Example for CreateKey {
    fn example() -> Self {
        Self {
            name: "web shop".to_owned(),
            scopes: vec![Scope::GenerationsRead, Scope::GenerationsWrite, Scope::FilesRead],
            livemode: Some(false),
            models: None,
            ip_allow: None,
            expires_at: None,
            caps: Some(vec![CapLimit {
                period: Period::Day,
                limit: Credits::from_micro(50_000_000),
            }]),
            rate: None,
        }
    }
}

/// Limits of a key's own; absent: the server's.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, rename = "KeyRateLimits")]
pub struct RateLimits {
    /// Requests a minute, counted in each process of the server.
    #[oai(validator(minimum(value = "1")))]
    pub requests_per_minute: Option<u32>,
    /// Generations that have not ended. Those of a batch wait until there is room.
    #[oai(validator(minimum(value = "1")))]
    pub concurrent_generations: Option<u32>,
}

/// What to change; what is absent stays.
#[derive(Debug, Clone, Default, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct UpdateKey {
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: Option<String>,
    /// All scopes that the key shall have.
    #[oai(validator(min_items = 1, max_items = 16, unique_items))]
    pub scopes: Option<Vec<Scope>>,
    /// The only models that the key may ask for; null: any.
    #[oai(validator(min_items = 1, max_items = 100))]
    pub models: Patch<Vec<String>>,
    /// The only addresses and networks that the key may be used from; null: any.
    #[oai(validator(min_items = 1, max_items = 50))]
    pub ip_allow: Patch<Vec<String>>,
    /// When the key ends by itself; null: never.
    pub expires_at: Patch<Timestamp>,
    /// All caps that the key shall have; an empty list takes them away. What it and the keys that it made spent before
    /// counts.
    #[oai(validator(max_items = 4))]
    pub caps: Option<Vec<CapLimit>>,
    /// Limits of the key's own, both anew; null: the server's.
    pub rate: Patch<RateLimits>,
}

impl Example for UpdateKey {
    fn example() -> Self {
        Self {
            ip_allow: Patch(Some(Some(vec!["203.0.113.0/24".to_owned()]))),
            expires_at: Patch(Some(None)),
            ..Self::default()
        }
    }
}

/// How a secret is replaced.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct RotateKey {
    /// For how long the old secret is good besides the new one: up to 7 days. 0 ends it at once. If it leaked and the
    /// key has the scope `keys:write`, report it instead: whoever found it may have made keys of their own.
    #[oai(default = "a_day", validator(minimum(value = "0"), maximum(value = "604800")))]
    pub grace_seconds: u32,
}

fn a_day() -> u32 {
    24 * 3600
}

impl Example for RotateKey {
    fn example() -> Self {
        Self { grace_seconds: 3600 }
    }
}

/// Secrets that were found where others can read them.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ReportLeaks {
    #[oai(validator(min_items = 1, max_items = 100))]
    pub leaks: Vec<LeakedSecret>,
}

/// A secret that was found.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none)]
pub struct LeakedSecret {
    /// The whole secret, as it was found: `tt_live_…` or `tt_test_…`.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub secret: String,
    /// Where it was found. The key's owner is told.
    #[oai(validator(max_length = 2048))]
    pub url: Option<String>,
}

impl Example for ReportLeaks {
    fn example() -> Self {
        Self {
            leaks: vec![LeakedSecret {
                secret: "tt_test_…".to_owned(),
                url: Some("https://github.example/shop/blob/main/.env".to_owned()),
            }],
        }
    }
}

impl CreateKey {
    /// What is asked for.
    ///
    /// # Errors
    /// When it names what is not there, or exceeds what the server allows.
    pub fn wanted(&self, catalog: &Catalog, most: &Limits) -> Result<NewKey, ApiError> {
        let rate = self.rate.as_ref().map(|rate| rate.within(most)).transpose()?;
        let (requests_per_minute, concurrent_generations) = rate.unwrap_or_default();
        Ok(NewKey {
            name: self.name.clone(),
            scopes: self.scopes.iter().copied().collect(),
            livemode: self.livemode,
            expires_at: self.expires_at,
            caps: limits(self.caps.as_deref().unwrap_or_default())?,
            bounds: Bounds {
                models: self
                    .models
                    .as_deref()
                    .map(|names| models(catalog, names))
                    .transpose()?,
                networks: self.ip_allow.as_deref().map(networks).transpose()?,
                requests_per_minute,
                concurrent_generations,
            },
        })
    }
}

impl UpdateKey {
    /// What is to become different.
    ///
    /// # Errors
    /// As [`CreateKey::wanted`].
    pub fn wanted(&self, catalog: &Catalog, most: &Limits) -> Result<Change, ApiError> {
        Ok(Change {
            name: self.name.clone(),
            scopes: self
                .scopes
                .as_ref()
                .map(|scopes| scopes.iter().copied().collect()),
            expires_at: self.expires_at.0,
            caps: self.caps.as_deref().map(limits).transpose()?,
            bounds: BoundsChange {
                models: each(&self.models, |names| models(catalog, names))?,
                networks: each(&self.ip_allow, |texts| networks(texts))?,
                rate: each(&self.rate, |rate| rate.within(most))?.map(Option::unwrap_or_default),
            },
        })
    }
}

fn each<T, U>(
    patch: &Patch<T>,
    read: impl Fn(&T) -> Result<U, ApiError>,
) -> Result<Option<Option<U>>, ApiError> {
    match &patch.0 {
        None => Ok(None),
        Some(None) => Ok(Some(None)),
        Some(Some(value)) => read(value).map(|value| Some(Some(value))),
    }
}

impl RateLimits {
    fn within(&self, most: &Limits) -> Result<(Option<u32>, Option<u32>), ApiError> {
        for (field, wanted, most) in [
            (
                "requests_per_minute",
                self.requests_per_minute,
                most.requests_per_minute,
            ),
            (
                "concurrent_generations",
                self.concurrent_generations,
                most.concurrent_generations,
            ),
        ] {
            if wanted.is_some_and(|wanted| wanted > most) {
                let detail = format!("Must be at most {most}, which is the server's limit for every key.");
                let refused = ApiError::new(Code::InvalidInput, detail.clone());
                return Err(refused.field(&format!("/rate/{field}"), "too_large", detail));
            }
        }
        Ok((self.requests_per_minute, self.concurrent_generations))
    }
}

/// Ids: an alias may stand for another model one day.
fn models(catalog: &Catalog, names: &[String]) -> Result<BTreeSet<String>, ApiError> {
    let mut ids = BTreeSet::new();
    for (at, name) in names.iter().enumerate() {
        let Some(model) = catalog.find(name) else {
            let detail = "There is no such model. `GET /v1/models` lists those on offer.";
            let refused = ApiError::new(Code::UnknownModel, detail);
            return Err(refused.field(&format!("/models/{at}"), "unknown_model", detail));
        };
        ids.insert(model.row.id.clone());
    }
    Ok(ids)
}

fn networks(texts: &[String]) -> Result<Networks, ApiError> {
    Networks::read(texts.iter().map(String::as_str)).map_err(|at| {
        let detail = "Must be an address such as `203.0.113.7` or a network such as `2001:db8::/32`.";
        ApiError::invalid(vec![FieldError::at(
            format!("/ip_allow/{at}"),
            "invalid_format",
            detail,
        )])
    })
}

/// The caps that were asked for.
fn limits(caps: &[CapLimit]) -> Result<BTreeMap<Period, Credits>, ApiError> {
    let mut limits = BTreeMap::new();
    for (at, cap) in caps.iter().enumerate() {
        if limits.insert(cap.period, cap.limit).is_some() {
            let pointer = format!("/caps/{at}/period");
            let detail = "There is a cap for this period already.";
            return Err(ApiError::invalid(vec![FieldError::at(
                pointer, "invalid", detail,
            )]));
        }
    }
    Ok(limits)
}
