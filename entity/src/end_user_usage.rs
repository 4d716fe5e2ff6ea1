//! The same sums as in `usage_rollup`, for each end user. A table of its own: there
//! may be millions of end users, and their rows go when the account is erased.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Credits, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "end_user_usage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub livemode: bool,
    /// Empty for generations that named none, and for those that were deleted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub end_user: String,
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
    name: "end_user_usage",
    owner: Some("account_id"),
    purpose: "to show what each end user used",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        technical("livemode"),
        personal("end_user", Category::Identity),
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

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
