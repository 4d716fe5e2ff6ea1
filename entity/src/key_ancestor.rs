//! The keys that a key was made by, directly or not: what it spends counts for
//! them too, so that nobody escapes a cap by making more keys, and it ends with one
//! that leaked.

use sea_orm::entity::prelude::*;

use crate::privacy::{Rows, Table, technical};
use crate::{AccountId, KeyId};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_ancestor")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: KeyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ancestor_id: KeyId,
    pub account_id: AccountId,
}

pub const PRIVACY: Table = Table {
    name: "key_ancestor",
    owner: Some("account_id"),
    purpose: "to keep a key within what the key that made it may spend, and to end it with one that leaked",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("key_id"),
        technical("ancestor_id"),
        technical("account_id"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
