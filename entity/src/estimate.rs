//! An estimate: what generations would cost, and the prices that it locks for a while.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, EstimateId, Timestamp};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "estimate")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EstimateId,
    pub account_id: AccountId,
    pub livemode: bool,
    /// The version of the prices that is locked, by model.
    pub prices: Json,
    /// As it was answered, without any prompt.
    pub answer: Json,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "estimate",
    owner: Some("account_id"),
    purpose: "to charge no more than was estimated",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("prices"),
        personal("answer", Category::Usage),
        technical("created_at"),
        technical("expires_at"),
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
