//! A line of the credit ledger: an amount moved from one book to another.
//!
//! One row is a whole double entry, so an unbalanced one cannot be written. The
//! database refuses to update or delete a row, refuses a pair of books that
//! doesn't fit the kind, and refuses a second hold, capture or release of one
//! generation, a second hold of one batch and a second grant for one purchase.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, BatchId, Credits, GenerationId, LedgerEntryId, LotId, PurchaseId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entry")]
pub struct Model {
    /// The order in which entries were written.
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub id: LedgerEntryId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub kind: Kind,
    pub source: Book,
    pub destination: Book,
    pub amount: Credits,
    /// The wallet's balances once this entry was written.
    pub available_after: Credits,
    pub held_after: Credits,
    pub generation_id: Option<GenerationId>,
    /// Of the one hold for all generations of a batch.
    pub batch_id: Option<BatchId>,
    pub purchase_id: Option<PurchaseId>,
    /// For entries that concern one lot; a hold may span several (`hold_lot`).
    pub lot_id: Option<LotId>,
    pub created_at: Timestamp,
}

/// What moved the credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "LedgerEntryKind", rename_all = "snake_case")]
pub enum Kind {
    Grant,
    Purchase,
    Hold,
    Capture,
    Release,
    Refund,
    Expire,
    Adjust,
}

/// The balance that an amount leaves or enters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "LedgerBook", rename_all = "snake_case")]
pub enum Book {
    /// The operator's side: where grants and purchases come from, and refunds go.
    Issued,
    Available,
    Held,
    Spent,
    Expired,
}

pub const PRIVACY: Table = Table {
    name: "ledger_entry",
    owner: Some("account_id"),
    purpose: "to prove every movement of credits",
    on_erasure: Rows::Kept {
        why: "the books: an append-only ledger, kept for as long as tax law asks",
    },
    columns: &[
        technical("seq"),
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        personal("kind", Category::Usage),
        technical("source"),
        technical("destination"),
        personal("amount", Category::Payment).credits(),
        personal("available_after", Category::Payment).credits(),
        personal("held_after", Category::Usage).credits(),
        technical("generation_id"),
        technical("batch_id"),
        technical("purchase_id"),
        technical("lot_id"),
        personal("created_at", Category::Usage),
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
