//! Keys and their caps as the API shows them.

use entity::key_cap::Period;
use entity::{Credits, KeyId, Timestamp, api_key};
use poem_openapi::Object;
use poem_openapi::types::Example;

use super::Issued;
use super::spend::CapState;
use crate::auth::{Scope, Scopes};
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

/// An API key, without its secret.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ApiKey {
    pub id: KeyId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub livemode: bool,
    /// The last four characters of the secret, to tell keys apart by.
    pub last_four: String,
    /// What limits its spending; empty: nothing but your credits. Caps of the key that made it hold for it too.
    pub caps: Vec<Cap>,
    pub created_at: Timestamp,
    pub expires_at: Nullable<Timestamp>,
    pub revoked_at: Nullable<Timestamp>,
    /// Exact to a minute or so.
    pub last_used_at: Nullable<Timestamp>,
}

impl ApiKey {
    pub(super) fn of(key: api_key::Model, caps: Vec<CapState>) -> Self {
        Self {
            caps: caps.into_iter().map(Cap::from).collect(),
            id: key.id,
            name: key.name,
            scopes: Scopes::from_row(&key.scopes).iter().collect(),
            livemode: key.livemode,
            last_four: key.last_four,
            created_at: key.created_at,
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
            caps: vec![Cap::example()],
            created_at: example::MOMENT,
            expires_at: Nullable(None),
            revoked_at: Nullable(None),
            last_used_at: Nullable(Some(example::MOMENT)),
        }
    }
}

/// An API key with its secret. This is the only time that the secret is shown.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct CreatedKey {
    pub id: KeyId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub livemode: bool,
    /// What to send as `Authorization: Bearer`. Keep it where only your programs can read it.
    pub secret: String,
    /// The last four characters of the secret, to tell keys apart by.
    pub last_four: String,
    /// What limits its spending: what you asked for, and what the key that made it brings along.
    pub caps: Vec<Cap>,
    pub created_at: Timestamp,
    pub expires_at: Nullable<Timestamp>,
}

impl From<Issued> for CreatedKey {
    fn from(issued: Issued) -> Self {
        let key = ApiKey::of(issued.key, issued.caps);
        Self {
            id: key.id,
            name: key.name,
            scopes: key.scopes,
            livemode: key.livemode,
            secret: issued.secret,
            last_four: key.last_four,
            caps: key.caps,
            created_at: key.created_at,
            expires_at: key.expires_at,
        }
    }
}

impl Example for CreatedKey {
    fn example() -> Self {
        let key = ApiKey::example();
        Self {
            id: key.id,
            name: key.name,
            scopes: key.scopes,
            livemode: key.livemode,
            secret: "tt_test_…".to_owned(),
            last_four: key.last_four,
            caps: key.caps,
            created_at: key.created_at,
            expires_at: key.expires_at,
        }
    }
}
