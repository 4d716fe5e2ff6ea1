//! What a key, and the keys that it made, hold and have spent on generations that
//! were admitted on one day. Sums of days are what its caps are compared with.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Credits, KeyId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_spend")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: KeyId,
    /// The day's beginning in UTC; the first moment of 1970 stands for all days together.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day_at: Timestamp,
    pub account_id: AccountId,
    pub held: Credits,
    pub spent: Credits,
}

pub const PRIVACY: Table = Table {
    name: "key_spend",
    owner: Some("account_id"),
    purpose: "to keep a key within what its owner lets it spend",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("key_id"),
        technical("day_at"),
        technical("account_id"),
        personal("held", Category::Usage).credits(),
        personal("spent", Category::Usage).credits(),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
