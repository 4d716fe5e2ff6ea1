//! What an account used on one day, by model and key: sums over the generations
//! that ended then.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Credits, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "usage_rollup")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub livemode: bool,
    /// The day's beginning in UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day_at: Timestamp,
    #[sea_orm(primary_key, auto_increment = false)]
    pub model: String,
    /// Empty when a signed-in person asked.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key_id: String,
    pub succeeded: i64,
    pub failed: i64,
    pub canceled: i64,
    pub expired: i64,
    pub images: i64,
    /// Of video.
    pub seconds: i64,
    pub characters: i64,
    pub tokens: i64,
    pub captured: Credits,
}

pub const PRIVACY: Table = Table {
    name: "usage_rollup",
    owner: Some("account_id"),
    purpose: "to show what was used",
    on_erasure: Rows::Kept {
        why: "the books: sums by day, model and key, which name no end user",
    },
    columns: &[
        technical("account_id"),
        technical("livemode"),
        technical("day_at"),
        personal("model", Category::Usage),
        technical("key_id"),
        personal("succeeded", Category::Usage),
        personal("failed", Category::Usage),
        personal("canceled", Category::Usage),
        personal("expired", Category::Usage),
        personal("images", Category::Usage),
        personal("seconds", Category::Usage),
        personal("characters", Category::Usage),
        personal("tokens", Category::Usage),
        personal("captured", Category::Usage).credits(),
    ],
};

impl Entity {
    /// The rows of one account in one mode: what a caller may see.
    #[must_use]
    pub fn of(account: &AccountId, livemode: bool) -> Select<Self> {
        Self::find()
            .filter(Column::AccountId.eq(account.clone()))
            .filter(Column::Livemode.eq(livemode))
    }
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
