//! One entry of a generation's metadata, as a digest that lists are filtered by.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, GenerationId};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "generation_label")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub livemode: bool,
    /// Of a key and its text: as short as the longest text is long.
    #[sea_orm(primary_key, auto_increment = false)]
    pub label: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub generation_id: GenerationId,
}

pub const PRIVACY: Table = Table {
    name: "generation_label",
    owner: Some("account_id"),
    purpose: "to find generations by their metadata",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        technical("livemode"),
        personal("label", Category::Content)
            .withheld("a digest of metadata that is given with the generation"),
        technical("generation_id"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
