//! How far a lane has come: the last turn that was served in it. It never goes back,
//! also when nothing waits.

use sea_orm::entity::prelude::*;

use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lane_turn")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub lane: String,
    pub served: i64,
}

pub const PRIVACY: Table = Table {
    name: "lane_turn",
    owner: None,
    purpose: "to serve accounts in turns",
    on_erasure: Rows::Kept {
        why: "it names nobody",
    },
    columns: &[technical("lane"), technical("served")],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
