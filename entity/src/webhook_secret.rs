//! What signs the events that are sent to a request's own `webhook_url`: one secret
//! an account and mode.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "webhook_secret")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub livemode: bool,
    /// Sealed.
    pub secret: String,
    /// The one before, sealed; it signs besides until its time is over.
    pub old_secret: Option<String>,
    pub old_secret_until: Option<Timestamp>,
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "webhook_secret",
    owner: Some("account_id"),
    purpose: "to sign what is sent to an account's own programs",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        technical("livemode"),
        personal("secret", Category::Credential).withheld("whoever has it can forge events"),
        personal("old_secret", Category::Credential).withheld("whoever has it can forge events"),
        technical("old_secret_until"),
        technical("created_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
