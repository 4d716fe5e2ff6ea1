//! Something that happened to what an account owns: written in the transaction in
//! which it happens, shown in the feed and sent to those who asked for it.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, EventId, Timestamp};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub kind: Kind,
    /// The id of what it happened to.
    pub subject: String,
    /// How the subject stood then, without prompts, inputs and outputs.
    pub data: Json,
    /// A request's own address, to which it goes besides.
    pub webhook_url: Option<String>,
    pub created_at: Timestamp,
    /// Its place in the order in which events are shown and sent; null until it
    /// was given one, in moments.
    pub seq: Option<i64>,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[oai(rename = "EventType")]
pub enum Kind {
    /// A generation was given to a provider.
    #[sea_orm(string_value = "generation.started")]
    #[oai(rename = "generation.started")]
    GenerationStarted,
    #[sea_orm(string_value = "generation.succeeded")]
    #[oai(rename = "generation.succeeded")]
    GenerationSucceeded,
    #[sea_orm(string_value = "generation.failed")]
    #[oai(rename = "generation.failed")]
    GenerationFailed,
    #[sea_orm(string_value = "generation.canceled")]
    #[oai(rename = "generation.canceled")]
    GenerationCanceled,
    #[sea_orm(string_value = "generation.expired")]
    #[oai(rename = "generation.expired")]
    GenerationExpired,
    /// All generations of a batch have ended.
    #[sea_orm(string_value = "batch.ended")]
    #[oai(rename = "batch.ended")]
    BatchEnded,
    /// 50, 80 or 100 % of what a key may spend are spent or set aside.
    #[sea_orm(string_value = "key.cap_reached")]
    #[oai(rename = "key.cap_reached")]
    KeyCapReached,
    /// A key's secret was found where others can read it, and the key revoked.
    #[sea_orm(string_value = "key.leaked")]
    #[oai(rename = "key.leaked")]
    KeyLeaked,
    #[sea_orm(string_value = "purchase.paid")]
    #[oai(rename = "purchase.paid")]
    PurchasePaid,
    #[sea_orm(string_value = "purchase.refunded")]
    #[oai(rename = "purchase.refunded")]
    PurchaseRefunded,
    /// The buyer's bank asks for the money back.
    #[sea_orm(string_value = "purchase.disputed")]
    #[oai(rename = "purchase.disputed")]
    PurchaseDisputed,
    /// The payment stands.
    #[sea_orm(string_value = "purchase.dispute_won")]
    #[oai(rename = "purchase.dispute_won")]
    PurchaseDisputeWon,
    /// The money went back to the buyer.
    #[sea_orm(string_value = "purchase.dispute_lost")]
    #[oai(rename = "purchase.dispute_lost")]
    PurchaseDisputeLost,
    /// An endpoint failed for days and is no longer sent anything.
    #[sea_orm(string_value = "webhook_endpoint.disabled")]
    #[oai(rename = "webhook_endpoint.disabled")]
    WebhookEndpointDisabled,
    /// You asked for a test.
    #[sea_orm(string_value = "webhook_endpoint.test")]
    #[oai(rename = "webhook_endpoint.test")]
    WebhookEndpointTest,
}

pub const PRIVACY: Table = Table {
    name: "event",
    owner: Some("account_id"),
    purpose: "to tell an account's own programs what happened",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        personal("kind", Category::Usage),
        technical("subject"),
        personal("data", Category::Content).cleared(Field::SetEmptyObject),
        personal("webhook_url", Category::Content).cleared(Field::SetNull),
        personal("created_at", Category::Usage),
        technical("seq"),
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
