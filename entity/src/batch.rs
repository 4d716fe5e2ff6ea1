//! Many generations that were asked for at once. It counts how they ended, so
//! that nobody has to.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, BatchId, Credits, KeyId, Timestamp};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "batch")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: BatchId,
    pub account_id: AccountId,
    pub livemode: bool,
    /// Null when a signed-in person asked.
    pub key_id: Option<KeyId>,
    pub metadata: Json,
    /// How many generations it has.
    pub total: i32,
    pub succeeded: i32,
    pub failed: i32,
    pub canceled: i32,
    pub expired: i32,
    /// The sum of what was set aside for them.
    pub held: Credits,
    pub captured: Credits,
    pub released: Credits,
    /// Where its end is told besides the account's endpoints.
    pub webhook_url: Option<String>,
    pub webhook_events: Option<String>,
    pub created_at: Timestamp,
    pub cancel_requested_at: Option<Timestamp>,
    /// When the last of them ended.
    pub ended_at: Option<Timestamp>,
}

impl Model {
    /// How many have ended, however they did.
    #[must_use]
    pub const fn ended(&self) -> i32 {
        self.succeeded + self.failed + self.canceled + self.expired
    }
}

pub const PRIVACY: Table = Table {
    name: "batch",
    owner: Some("account_id"),
    purpose: "to make many generations together",
    on_erasure: Rows::Kept {
        why: "the books: the one hold of all its generations refers to it",
    },
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("key_id"),
        personal("metadata", Category::Content).cleared(Field::SetEmptyObject),
        personal("total", Category::Usage),
        technical("succeeded"),
        technical("failed"),
        technical("canceled"),
        technical("expired"),
        personal("held", Category::Usage).credits(),
        personal("captured", Category::Payment).credits(),
        personal("released", Category::Usage).credits(),
        personal("webhook_url", Category::Content).cleared(Field::SetNull),
        technical("webhook_events"),
        personal("created_at", Category::Usage),
        technical("cancel_requested_at"),
        technical("ended_at"),
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
