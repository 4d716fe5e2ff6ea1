//! An API key. The secret is shown once; only its SHA-256 and last four stay.

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
    /// Generations admitted with this key that have not ended.
    pub in_flight: i64,
    /// Whether what it may spend is limited: by caps of its own, or of the keys
    /// that made it.
    pub capped: bool,
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
        technical("in_flight"),
        technical("capped"),
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
