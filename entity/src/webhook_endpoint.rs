//! An address of an account's own, to which its events are sent.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp, WebhookEndpointId};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_endpoint")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: WebhookEndpointId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub url: String,
    pub description: String,
    /// The kinds of events that are wanted, parted by spaces; empty: all.
    pub events: String,
    pub enabled: bool,
    /// Why we disabled it: `failing` or `gone`.
    pub disabled_reason: Option<String>,
    /// Sealed.
    pub secret: String,
    /// The one before, sealed; it signs besides until its time is over.
    pub old_secret: Option<String>,
    pub old_secret_until: Option<Timestamp>,
    /// Since when nothing but failures came; null after a success.
    pub failing_since_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Its row stays as long as its deliveries do.
    pub deleted_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "webhook_endpoint",
    owner: Some("account_id"),
    purpose: "to tell an account's own programs what happened",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        personal("url", Category::Content),
        personal("description", Category::Content),
        technical("events"),
        technical("enabled"),
        technical("disabled_reason"),
        personal("secret", Category::Credential).withheld("whoever has it can forge events"),
        personal("old_secret", Category::Credential).withheld("whoever has it can forge events"),
        technical("old_secret_until"),
        technical("failing_since_at"),
        personal("created_at", Category::Usage),
        personal("deleted_at", Category::Usage),
    ],
};

impl Entity {
    /// The rows of one account in one mode: what a caller may see.
    #[must_use]
    pub fn of(account: &AccountId, livemode: bool) -> Select<Self> {
        Self::find()
            .filter(Column::AccountId.eq(account.clone()))
            .filter(Column::Livemode.eq(livemode))
            .filter(Column::DeletedAt.is_null())
    }
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
