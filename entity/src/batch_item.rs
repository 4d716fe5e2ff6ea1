//! A generation's place in its batch.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, BatchId, GenerationId};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "batch_item")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub batch_id: BatchId,
    /// From 0, in the order of the request.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    pub account_id: AccountId,
    pub generation_id: GenerationId,
    /// The developer's own name for it.
    pub reference: Option<String>,
}

pub const PRIVACY: Table = Table {
    name: "batch_item",
    owner: Some("account_id"),
    purpose: "to return a batch's results in the order of its request",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("batch_id"),
        technical("position"),
        technical("account_id"),
        technical("generation_id"),
        personal("reference", Category::Content).cleared(Field::SetNull),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
