//! Keys and their caps as the API shows them.

use entity::key_cap::Period;
use entity::{Credits, KeyId, Timestamp, api_key};
use poem_openapi::Object;
use poem_openapi::types::Example;

use super::Revoked;
use super::spend::CapState;
use crate::auth::{Bounds, Scope, Scopes};
use crate::http::{Nullable, example};

/// The most that a key may spend in a period.
#[derive(Debug, Clone, Object)]
#[oai(rename = "CapLimit")]
pub struct CapLimit {
    pub period: Period,
    pub limit: Credits,
}

/// A cap and how it stands. A request that could exceed `limit`, on top of `used` and `reserved`, is refused with
/// `spend_cap_reached`.
#[derive(Debug, Clone, Object)]
#[oai(rename = "KeyCap", example)]
pub struct Cap {
    pub period: Period,
    pub limit: Credits,
    /// What generations cost that were admitted in this period.
    pub used: Credits,
    /// Set aside for those of them that have not ended.
    pub reserved: Credits,
    /// When the next period begins; null: never.
    pub resets_at: Nullable<Timestamp>,
}

impl From<CapState> for Cap {
    fn from(cap: CapState) -> Self {
        Self {
            period: cap.period,
            limit: cap.limit,
            used: cap.used,
            reserved: cap.reserved,
            resets_at: cap.resets_at.into(),
        }
    }
}

impl Example for Cap {
    fn example() -> Self {
        Self {
            period: Period::Day,
            limit: Credits::from_micro(50_000_000),
            used: Credits::from_micro(12_500_000),
            reserved: Credits::from_micro(1_000_000),
            resets_at: Nullable(Some(example::MIDNIGHT)),
        }
    }
}

/// Limits of a key's own, below the server's.
#[derive(Debug, Clone, Object)]
#[oai(rename = "KeyRate")]
pub struct Rate {
    /// Requests a minute; null: the server's limit.
    pub requests_per_minute: Nullable<u32>,
    /// Generations that have not ended; null: the server's limit.
    pub concurrent_generations: Nullable<u32>,
}

/// The secret before a rotation, while it is still good.
#[derive(Debug, Clone, Object)]
pub struct OldSecret {
    pub last_four: String,
    pub expires_at: Timestamp,
}

macro_rules! key {
    ($(#[$attribute:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Object)]
        #[oai(example)]
        pub struct $name {
            pub id: KeyId,
            pub name: String,
            pub scopes: Vec<Scope>,
            pub livemode: bool,
            $($(#[$doc])* pub $field: $type,)*
            /// The last four characters of the secret, to tell keys apart by.
            pub last_four: String,
            /// The secret before, if it was rotated and is still good.
            pub old_secret: Nullable<OldSecret>,
            /// The ids of the only models that it may ask for; null: any.
            pub models: Nullable<Vec<String>>,
            /// The only addresses and networks that it may be used from; null: any.
            pub ip_allow: Nullable<Vec<String>>,
            /// What limits its spending; empty: nothing but your credits. Caps of the keys that made it, directly or
            /// not, hold for it too.
            pub caps: Vec<Cap>,
            pub rate: Rate,
            /// What its generations cost in all, and those of the keys that it made.
            pub spent: Credits,
            /// Its generations that have not ended, but for those of batches that wait for their turn.
            pub in_flight: i64,
            pub created_at: Timestamp,
            /// The key that made it; null when a signed-in person or the operator did, or when that was not written
            /// down yet.
            pub created_by: Nullable<KeyId>,
            pub expires_at: Nullable<Timestamp>,
            pub revoked_at: Nullable<Timestamp>,
            /// Exact to a minute or so.
            pub last_used_at: Nullable<Timestamp>,
        }
    };
}

key! {
    /// An API key, without its secret.
    ApiKey {}
}

key! {
    /// An API key with its secret. This is the only time that the secret is shown.
    CreatedKey {
        /// What to send as `Authorization: Bearer`. Keep it where only your programs can read it.
        secret: String,
    }
}

impl ApiKey {
    pub(super) fn of(key: api_key::Model, caps: Vec<CapState>, spent: Credits, now: Timestamp) -> Self {
        let bounds = Bounds::of(&key);
        let old = key.old_last_four.zip(key.old_secret_until);
        let old = old.filter(|(_, until)| *until > now);
        Self {
            caps: caps.into_iter().map(Cap::from).collect(),
            id: key.id,
            name: key.name,
            scopes: Scopes::from_row(&key.scopes).iter().collect(),
            livemode: key.livemode,
            last_four: key.last_four,
            old_secret: Nullable(old.map(|(last_four, expires_at)| OldSecret {
                last_four,
                expires_at,
            })),
            models: Nullable(bounds.models.map(|models| models.into_iter().collect())),
            ip_allow: Nullable(bounds.networks.map(|networks| networks.texts())),
            rate: Rate {
                requests_per_minute: Nullable(bounds.requests_per_minute),
                concurrent_generations: Nullable(bounds.concurrent_generations),
            },
            spent,
            in_flight: key.in_flight,
            created_at: key.created_at,
            created_by: key.created_by.into(),
            expires_at: key.expires_at.into(),
            revoked_at: key.revoked_at.into(),
            last_used_at: key.last_used_at.into(),
        }
    }
}

impl Example for ApiKey {
    fn example() -> Self {
        Self {
            id: example::id("key"),
            name: "web shop".to_owned(),
            scopes: vec![Scope::GenerationsRead, Scope::GenerationsWrite, Scope::FilesRead],
            livemode: false,
            last_four: "k3Xw".to_owned(),
            old_secret: Nullable(None),
            models: Nullable(None),
            ip_allow: Nullable(Some(vec!["203.0.113.0/24".to_owned()])),
            caps: vec![Cap::example()],
            rate: Rate {
                requests_per_minute: Nullable(Some(120)),
                concurrent_generations: Nullable(None),
            },
            spent: Credits::from_micro(31_500_000),
            in_flight: 1,
            created_at: example::MOMENT,
            created_by: Nullable(None),
            expires_at: Nullable(None),
            revoked_at: Nullable(None),
            last_used_at: Nullable(Some(example::MOMENT)),
        }
    }
}

/// What became of a revoked key and of the keys that it made, directly or not.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct KeyRevocation {
    pub id: KeyId,
    pub revoked_at: Timestamp,
    /// How many of the keys that it made were revoked just now.
    pub descendants_revoked: u64,
    /// How many of the keys that it made are still good.
    pub descendants_active: u64,
}

impl From<Revoked> for KeyRevocation {
    fn from(revoked: Revoked) -> Self {
        Self {
            id: revoked.id,
            revoked_at: revoked.at,
            descendants_revoked: revoked.descendants_revoked,
            descendants_active: revoked.descendants_active,
        }
    }
}

impl Example for KeyRevocation {
    fn example() -> Self {
        Self {
            id: example::id("key"),
            revoked_at: example::MOMENT,
            descendants_revoked: 0,
            descendants_active: 2,
        }
    }
}

impl CreatedKey {
    pub(super) fn of(key: ApiKey, secret: String) -> Self {
        Self {
            id: key.id,
            name: key.name,
            scopes: key.scopes,
            livemode: key.livemode,
            secret,
            last_four: key.last_four,
            old_secret: key.old_secret,
            models: key.models,
            ip_allow: key.ip_allow,
            caps: key.caps,
            rate: key.rate,
            spent: key.spent,
            in_flight: key.in_flight,
            created_at: key.created_at,
            created_by: key.created_by,
            expires_at: key.expires_at,
            revoked_at: key.revoked_at,
            last_used_at: key.last_used_at,
        }
    }
}

impl Example for CreatedKey {
    fn example() -> Self {
        Self::of(ApiKey::example(), "tt_test_…".to_owned())
    }
}
