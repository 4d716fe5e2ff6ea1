//! A lot of credits: one grant or one purchase, spent by priority, then by
//! expiry, then by age. The database refuses a lot that doesn't add up.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, Credits, LotId, PurchaseId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credit_lot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LotId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub source: Source,
    /// Smaller is spent first.
    pub priority: i32,
    pub granted: Credits,
    pub remaining: Credits,
    pub held: Credits,
    pub spent: Credits,
    pub expired: Credits,
    pub refunded: Credits,
    pub purchase_id: Option<PurchaseId>,
    pub reason: String,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    /// Since when nothing of it can be spent, because its money went back or is in
    /// dispute. What a hold releases of it is taken back at once.
    pub frozen_at: Option<Timestamp>,
}

/// Where a lot of credits came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "GrantSource", rename_all = "snake_case")]
pub enum Source {
    Grant,
    Purchase,
}

pub const PRIVACY: Table = Table {
    name: "credit_lot",
    owner: Some("account_id"),
    purpose: "to know which credits are spent first and when they expire",
    on_erasure: Rows::Kept {
        why: "the books: what was granted and bought must add up",
    },
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        personal("source", Category::Payment),
        technical("priority"),
        personal("granted", Category::Payment).credits(),
        personal("remaining", Category::Payment).credits(),
        personal("held", Category::Usage).credits(),
        personal("spent", Category::Usage).credits(),
        personal("expired", Category::Payment).credits(),
        personal("refunded", Category::Payment).credits(),
        technical("purchase_id"),
        personal("reason", Category::Payment).cleared(Field::SetEmpty),
        technical("created_at"),
        technical("expires_at"),
        technical("frozen_at"),
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
