//! A generation: what was asked of which model, where it stands, what it cost.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, BatchId, Credits, GenerationId, KeyId, Timestamp};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "generation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GenerationId,
    pub account_id: AccountId,
    pub livemode: bool,
    /// Null when a signed-in person asked.
    pub key_id: Option<KeyId>,
    pub batch_id: Option<BatchId>,
    pub kind: Kind,
    pub status: Status,
    /// The name that was asked for: an id or an alias.
    pub model: String,
    pub model_resolved: String,
    /// Who was given it last.
    pub provider: Option<String>,
    /// The countries in which it may be processed; null: any.
    pub regions: Option<Json>,
    pub input: Json,
    pub metadata: Json,
    pub end_user: Option<String>,
    pub saved: bool,
    /// Where its events are sent besides the account's endpoints.
    pub webhook_url: Option<String>,
    /// Which of them, separated by spaces; null: those of its end.
    pub webhook_events: Option<String>,
    /// What a text model answered.
    pub text: Option<String>,
    /// Hundredths.
    pub progress: i32,
    pub error_code: Option<String>,
    pub error_message: Option<String>,
    pub estimated: Credits,
    pub held: Credits,
    pub captured: Credits,
    pub released: Credits,
    pub price_version: String,
    /// Images, seconds, characters or tokens that were made, by its kind.
    pub units: i64,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub deadline_at: Timestamp,
    pub cancel_requested_at: Option<Timestamp>,
    /// When moderation or a provider objected to it.
    pub flagged_at: Option<Timestamp>,
    pub erased_at: Option<Timestamp>,
    /// Of a batch: whether it has come into the queue and counts as under way. Before, it
    /// waits for room. Others do from the beginning.
    pub let_in: bool,
}

/// What a model makes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "GenerationKind", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Image,
    Video,
    Speech,
    Text,
}

/// Where a generation stands. `queued` and `running` move on; the others are ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "GenerationStatus", rename_all = "snake_case")]
pub enum Status {
    Queued,
    Running,
    Succeeded,
    Failed,
    Canceled,
    Expired,
}

pub const PRIVACY: Table = Table {
    name: "generation",
    owner: Some("account_id"),
    purpose: "to make what was asked for and to account for it",
    on_erasure: Rows::Kept {
        why: "the books: what was charged, without its content",
    },
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("key_id"),
        technical("batch_id"),
        personal("kind", Category::Usage),
        technical("status"),
        personal("model", Category::Usage),
        personal("model_resolved", Category::Usage),
        technical("provider"),
        technical("regions"),
        personal("input", Category::Content).cleared(Field::SetEmptyObject),
        personal("metadata", Category::Content).cleared(Field::SetEmptyObject),
        personal("end_user", Category::Identity).cleared(Field::SetNull),
        technical("saved"),
        personal("webhook_url", Category::Content).cleared(Field::SetNull),
        technical("webhook_events"),
        personal("text", Category::Content).cleared(Field::SetNull),
        technical("progress"),
        technical("error_code"),
        personal("error_message", Category::Content).cleared(Field::SetNull),
        personal("estimated", Category::Usage).credits(),
        personal("held", Category::Usage).credits(),
        personal("captured", Category::Usage).credits(),
        personal("released", Category::Usage).credits(),
        technical("price_version"),
        personal("units", Category::Usage),
        personal("created_at", Category::Usage),
        technical("started_at"),
        technical("ended_at"),
        technical("deadline_at"),
        technical("cancel_requested_at"),
        technical("flagged_at"),
        technical("erased_at").cleared(Field::SetNow),
        technical("let_in"),
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
