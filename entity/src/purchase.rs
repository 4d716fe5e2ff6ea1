//! A purchase of credits: what was offered at what price, and whether it was paid.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, Credits, PurchaseId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "purchase")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PurchaseId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub offer: String,
    pub processor: String,
    pub status: Status,
    pub amount: i64,
    pub currency: String,
    pub credits: Credits,
    /// Null until the processor opened a checkout.
    pub checkout_url: Option<String>,
    pub success_url: String,
    pub cancel_url: String,
    pub created_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    pub refunded_at: Option<Timestamp>,
    /// How much of the price goes back, or went.
    pub refund_amount: Option<i64>,
    /// When the processor is asked next whether it was paid; null once that is known.
    pub ask_at: Option<Timestamp>,
}

/// Where a purchase stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "PurchaseStatus", rename_all = "snake_case")]
pub enum Status {
    Pending,
    Paid,
    Failed,
    Expired,
    Refunding,
    Refunded,
    Disputed,
    ChargedBack,
}

pub const PRIVACY: Table = Table {
    name: "purchase",
    owner: Some("account_id"),
    purpose: "to sell credits and to account for the sale",
    on_erasure: Rows::Kept {
        why: "the books: sales are kept for as long as tax law asks",
    },
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        personal("offer", Category::Payment),
        personal("processor", Category::Payment),
        personal("status", Category::Payment),
        personal("amount", Category::Payment),
        personal("currency", Category::Payment),
        personal("credits", Category::Payment).credits(),
        personal("checkout_url", Category::Payment).cleared(Field::SetNull),
        personal("success_url", Category::Content).cleared(Field::SetEmpty),
        personal("cancel_url", Category::Content).cleared(Field::SetEmpty),
        personal("created_at", Category::Payment),
        personal("paid_at", Category::Payment),
        personal("refunded_at", Category::Payment),
        personal("refund_amount", Category::Payment),
        technical("ask_at"),
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
