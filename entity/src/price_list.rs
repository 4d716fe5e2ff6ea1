//! What a model cost under a version of its prices. Written once, never changed.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "price_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub model_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub lines: Json,
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "price_list",
    owner: None,
    purpose: "to charge what was agreed",
    on_erasure: Rows::Kept {
        why: "it names nobody",
    },
    columns: &[
        technical("model_id"),
        technical("version"),
        technical("lines"),
        technical("created_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
