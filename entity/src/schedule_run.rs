//! When what becomes due by the clock was last looked after: one row. What is late by
//! then is a fault; what became due while no worker ran is not.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedule_run")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub began_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "schedule_run",
    owner: None,
    purpose: "to know what is late",
    on_erasure: Rows::Kept {
        why: "it names nobody",
    },
    columns: &[technical("id"), technical("began_at")],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
