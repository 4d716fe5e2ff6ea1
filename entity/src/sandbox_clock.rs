//! How far the sandbox's clock was moved ahead: one row, shared by all processes.

use sea_orm::entity::prelude::*;

use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sandbox_clock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub ahead_micros: i64,
}

pub const PRIVACY: Table = Table {
    name: "sandbox_clock",
    owner: None,
    purpose: "to let tests and developers move time",
    on_erasure: Rows::Kept {
        why: "it names nobody",
    },
    columns: &[technical("id"), technical("ahead_micros")],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
