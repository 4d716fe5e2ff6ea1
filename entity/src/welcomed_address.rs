//! An address that has had welcome credits, and has left its account: by an erasure, or
//! because its owner has another now. It goes by itself after the time that is configured.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
use crate::privacy::{Category, Rows, Table, personal};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "welcomed_address")]
pub struct Model {
    /// Keyed with the server's secret; of the address in lower case.
    #[sea_orm(primary_key, auto_increment = false)]
    pub address_hash: String,
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "welcomed_address",
    owner: None,
    purpose: "to give welcome credits to an address once",
    on_erasure: Rows::Kept {
        why: "a keyed hash, which is found by the address alone, and goes by itself after `credits.welcome_remembered`",
    },
    columns: &[
        personal("address_hash", Category::Usage).withheld("a hash helps nobody but a guesser"),
        personal("created_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
