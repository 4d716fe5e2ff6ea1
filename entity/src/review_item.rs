//! Something that moderation or a provider objected to, for a person to look at.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, GenerationId, KeyId, ReviewItemId, Timestamp};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "review_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ReviewItemId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub key_id: Option<KeyId>,
    pub source: Source,
    /// A list of names.
    pub categories: Json,
    /// Null for a request that was refused before it became a generation.
    pub generation_id: Option<GenerationId>,
    /// Of a refused request's words, keyed: the same again is known by it.
    pub digest: String,
    /// A refused request's words, where the operator keeps them.
    pub prompt: Option<String>,
    /// How often the same was refused.
    pub times: i64,
    pub status: Status,
    pub created_at: Timestamp,
    pub last_at: Timestamp,
    pub decided_at: Option<Timestamp>,
}

/// Who objected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Source {
    Blocklist,
    Endpoint,
    Provider,
}

/// What the reviewer found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Status {
    Open,
    /// Rightly flagged.
    Upheld,
    /// Flagged for nothing.
    Dismissed,
}

pub const PRIVACY: Table = Table {
    name: "review_item",
    owner: Some("account_id"),
    purpose: "to have a person look at what moderation objected to",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("key_id"),
        technical("source"),
        personal("categories", Category::Content).cleared(Field::SetEmptyObject),
        technical("generation_id"),
        personal("digest", Category::Content)
            .withheld("a digest of words that are given, where they are kept"),
        personal("prompt", Category::Content).cleared(Field::SetNull),
        technical("times"),
        technical("status"),
        technical("created_at"),
        technical("last_at"),
        technical("decided_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
