//! What a payment processor announced, once each, whatever the number of deliveries.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, PurchaseId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "payment_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub processor: String,
    /// The processor's own id of the event.
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: String,
    pub account_id: AccountId,
    pub purchase_id: PurchaseId,
    pub kind: String,
    /// Which dispute it tells of, by the processor's own id; null: the purchase's only one.
    pub dispute: Option<String>,
    pub received_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "payment_event",
    owner: Some("account_id"),
    purpose: "to act once on each announcement of a payment",
    on_erasure: Rows::Kept {
        why: "the books: the proof of a payment or refund",
    },
    columns: &[
        technical("processor"),
        technical("event_id"),
        technical("account_id"),
        technical("purchase_id"),
        personal("kind", Category::Payment),
        technical("dispute"),
        personal("received_at", Category::Payment),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
