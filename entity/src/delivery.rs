//! One event on its way to one receiver, and afterwards the record of it.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::event::Kind;
use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, DeliveryId, EventId, Timestamp, WebhookEndpointId};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DeliveryId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub lane_id: String,
    /// Null when it goes to a request's own address.
    pub endpoint_id: Option<WebhookEndpointId>,
    pub event_id: EventId,
    pub kind: Kind,
    /// The id of what the event happened to.
    pub subject: String,
    /// A request's own address; null when it goes to an endpoint, or was erased.
    pub url: Option<String>,
    pub status: Status,
    /// How often it was sent.
    pub attempts: i32,
    pub next_attempt_at: Option<Timestamp>,
    pub last_attempt_at: Option<Timestamp>,
    /// What the receiver answered last.
    pub status_code: Option<i32>,
    /// Why there was no answer.
    pub error: Option<String>,
    pub response_excerpt: Option<String>,
    pub milliseconds: Option<i64>,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

/// Where a delivery stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "DeliveryStatus", rename_all = "snake_case")]
pub enum Status {
    /// It waits for its first or next attempt.
    Pending,
    /// The receiver answered 2xx.
    Delivered,
    /// The last attempt failed too.
    Failed,
    /// The endpoint was disabled or deleted before, or a request's own address erased.
    Canceled,
}

pub const PRIVACY: Table = Table {
    name: "delivery",
    owner: Some("account_id"),
    purpose: "to tell an account's own programs what happened, and to show whether it arrived",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("lane_id"),
        technical("endpoint_id"),
        technical("event_id"),
        personal("kind", Category::Usage),
        technical("subject"),
        personal("url", Category::Content),
        technical("status"),
        technical("attempts"),
        technical("next_attempt_at"),
        technical("last_attempt_at"),
        technical("status_code"),
        technical("error"),
        personal("response_excerpt", Category::Content),
        technical("milliseconds"),
        personal("created_at", Category::Usage),
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
