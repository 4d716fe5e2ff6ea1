//! The most that a key may spend in a period, and how much of it was told of.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Credits, KeyId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "key_cap")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: KeyId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub period: Period,
    pub account_id: AccountId,
    pub cap: Credits,
    pub set_at: Timestamp,
    /// What was spent or set aside by then in the period that it was set in.
    pub used_then: Credits,
    /// The period of which the owner was last told, by its beginning.
    pub told_window_at: Timestamp,
    /// How much of the cap was reached then: 0, 50, 80 or 100 hundredths.
    pub told_percent: i32,
}

/// How long a cap holds before it begins anew. Days, weeks (from Monday) and months are those of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "CapPeriod", rename_all = "snake_case")]
pub enum Period {
    Day,
    Week,
    Month,
    Lifetime,
}

pub const PRIVACY: Table = Table {
    name: "key_cap",
    owner: Some("account_id"),
    purpose: "to keep a key within what its owner lets it spend",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("key_id"),
        technical("period"),
        technical("account_id"),
        personal("cap", Category::Usage).credits(),
        technical("set_at"),
        personal("used_then", Category::Usage).credits(),
        technical("told_window_at"),
        technical("told_percent"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
