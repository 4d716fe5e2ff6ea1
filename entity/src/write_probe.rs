//! A counter that is written to see whether writes are kept: one row.

use sea_orm::entity::prelude::*;

use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "write_probe")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub writes: i64,
}

pub const PRIVACY: Table = Table {
    name: "write_probe",
    owner: None,
    purpose: "to see whether the database keeps what is written",
    on_erasure: Rows::Kept {
        why: "it names nobody",
    },
    columns: &[technical("id"), technical("writes")],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
