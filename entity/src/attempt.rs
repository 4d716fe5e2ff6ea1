//! One try of a generation at a provider. The row commits, with the reference
//! that we give the provider, before the provider is called; so after a crash
//! the provider is asked what became of it instead of being called again.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, AttemptId, GenerationId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attempt")]
pub struct Model {
    /// Also the reference under which the provider knows it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttemptId,
    pub account_id: AccountId,
    pub generation_id: GenerationId,
    pub number: i32,
    pub provider: String,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Null until it ended: `succeeded` or the code of the failure.
    pub outcome: Option<String>,
    /// What the provider said of a failure.
    pub detail: Option<String>,
    /// The provider's own name for it.
    pub provider_ref: Option<String>,
    /// How often it was sent under this reference: again only when the provider
    /// says that it never arrived.
    pub sends: i32,
    /// Since when it is not known what became of it.
    pub doubted_at: Option<Timestamp>,
    /// How long the provider asked to wait, in milliseconds.
    pub retry_after: Option<i64>,
}

pub const PRIVACY: Table = Table {
    name: "attempt",
    owner: Some("account_id"),
    purpose: "to never run or pay a provider twice for one generation",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("generation_id"),
        technical("number"),
        personal("provider", Category::Usage),
        technical("started_at"),
        technical("ended_at"),
        technical("outcome"),
        personal("detail", Category::Content),
        technical("provider_ref"),
        technical("sends"),
        technical("doubted_at"),
        technical("retry_after"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
