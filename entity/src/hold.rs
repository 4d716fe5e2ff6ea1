//! Credits set aside when a generation is admitted. A hold is settled once:
//! what was used is captured, the rest released.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Credits, GenerationId, HoldId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hold")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: HoldId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub generation_id: GenerationId,
    pub amount: Credits,
    pub captured: Credits,
    pub released: Credits,
    pub created_at: Timestamp,
    /// Null while the hold is open.
    pub settled_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "hold",
    owner: Some("account_id"),
    purpose: "to set credits aside while a generation runs",
    on_erasure: Rows::Kept {
        why: "the books: every capture and release refers to its hold",
    },
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("generation_id"),
        personal("amount", Category::Usage).credits(),
        personal("captured", Category::Usage).credits(),
        personal("released", Category::Usage).credits(),
        technical("created_at"),
        technical("settled_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
