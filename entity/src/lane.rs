//! How things stand with whoever serves a lane of jobs, for all processes.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lane")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// In a row, up to now.
    pub failures: i32,
    /// Nothing of the lane is begun before.
    pub closed_until: Option<Timestamp>,
    pub closed_why: Option<Why>,
    /// One job goes ahead to see whether all is well; the others wait until then.
    pub probing_until: Option<Timestamp>,
    /// The minute since 1970 that is counted, and what began in it.
    pub minute: i64,
    pub minute_count: i64,
    /// The day since 1970 that is counted, and what began on it.
    pub day: i64,
    pub day_count: i64,
}

/// Why a lane was closed last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Why {
    Failing,
    AskedToWait,
    QuotaUsedUp,
}

pub const PRIVACY: Table = Table {
    name: "lane",
    owner: None,
    purpose: "to ask no provider for more than it gives",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("name"),
        technical("failures"),
        technical("closed_until"),
        technical("closed_why"),
        technical("probing_until"),
        technical("minute"),
        technical("minute_count"),
        technical("day"),
        technical("day_count"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
