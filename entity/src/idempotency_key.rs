//! What was answered to a request with an `Idempotency-Key`: remembered in the
//! transaction that did the work, for 24 hours.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub livemode: bool,
    /// The operation's id: `generations.create`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub route: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of the parsed request, in hex.
    pub fingerprint: String,
    pub status: i32,
    /// The id of what the request made.
    pub resource: String,
    /// What can't be read from the resource again: a key's secret, sealed.
    pub sealed: Option<String>,
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "idempotency_key",
    owner: Some("account_id"),
    purpose: "to answer a repeated request without doing the work twice",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        technical("livemode"),
        technical("route"),
        personal("key", Category::Content),
        personal("fingerprint", Category::Content).withheld("a hash of a request that is exported itself"),
        technical("status"),
        technical("resource"),
        personal("sealed", Category::Credential).withheld("a sealed secret, shown once to whoever asked"),
        technical("created_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
