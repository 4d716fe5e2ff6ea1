//! An API key. A secret is shown once; only its SHA-256 and last four stay. It has
//! room for two secrets, so never more than two live.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, KeyId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: KeyId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub name: String,
    /// Names of scopes, separated by spaces.
    pub scopes: String,
    /// SHA-256 of the secret, in hex. A secret has 178 random bits, so a plain
    /// hash is enough.
    pub secret_hash: String,
    pub last_four: String,
    /// The secret before, which is good too until a moment that may have passed.
    pub old_secret_hash: Option<String>,
    pub old_last_four: Option<String>,
    pub old_secret_until: Option<Timestamp>,
    /// Ids of the only models that it may ask for, as a list; null: any.
    pub models: Option<Json>,
    /// The only networks that it may call from, as a list; null: any.
    pub ip_allow: Option<Json>,
    /// Limits of its own; null: the server's.
    pub requests_per_minute: Option<i64>,
    pub concurrent_generations: Option<i64>,
    /// Generations admitted with this key that have not ended.
    pub in_flight: i64,
    /// Whether what it spends is looked at: it has caps, or counts for the keys that
    /// made it.
    pub capped: bool,
    /// The key that made it, if one did.
    pub created_by: Option<KeyId>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "api_key",
    owner: Some("account_id"),
    purpose: "to let an account's own programs in",
    on_erasure: Rows::Kept {
        why: "generations kept for the books name the key that asked for them",
    },
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        personal("name", Category::Content).cleared(Field::SetEmpty),
        technical("scopes"),
        personal("secret_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        technical("last_four"),
        personal("old_secret_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        technical("old_last_four"),
        technical("old_secret_until"),
        technical("models"),
        personal("ip_allow", Category::Identity).cleared(Field::SetNull),
        technical("requests_per_minute"),
        technical("concurrent_generations"),
        technical("in_flight"),
        technical("capped"),
        technical("created_by"),
        technical("created_at"),
        technical("expires_at"),
        technical("revoked_at").cleared(Field::SetNow),
        personal("last_used_at", Category::Usage).cleared(Field::SetNull),
    ],
};

impl Entity {
    /// The rows of one account in one mode: what a caller may see.
    #[must_use]
    pub fn of(account: &AccountId, livemode: bool) -> Select<Self> {
        Self::find()
            .filter(Column::AccountId.eq(account.clone()))
            .filter(Column::Livemode.eq(livemode))
    }
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
