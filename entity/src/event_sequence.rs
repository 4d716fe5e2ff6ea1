//! How many events were put into order so far: one row, locked by whoever does it.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_sequence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub last_seq: i64,
    /// Older events were swept away.
    pub swept_before: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "event_sequence",
    owner: None,
    purpose: "to put events into one order",
    on_erasure: Rows::Kept {
        why: "it names nobody",
    },
    columns: &[technical("id"), technical("last_seq"), technical("swept_before")],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
