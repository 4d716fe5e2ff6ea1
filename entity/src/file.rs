//! A stored file: its size and SHA-256 are those of the object in the store.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, FileId, GenerationId, Timestamp};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "file")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: FileId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub purpose: Purpose,
    /// The generation that made it, if one did.
    pub generation_id: Option<GenerationId>,
    /// Its place among the generation's outputs.
    pub position: i32,
    pub content_type: String,
    pub bytes: i64,
    /// Hex.
    pub sha256: String,
    pub width: Option<i32>,
    pub height: Option<i32>,
    pub milliseconds: Option<i64>,
    pub storage_key: String,
    pub created_at: Timestamp,
}

/// Why a file is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "FilePurpose", rename_all = "snake_case")]
pub enum Purpose {
    /// What a generation made.
    Output,
    /// The archive of a data-rights request.
    Export,
}

pub const PRIVACY: Table = Table {
    name: "file",
    owner: Some("account_id"),
    purpose: "to keep what was made until its owner has it",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("purpose"),
        technical("generation_id"),
        technical("position"),
        personal("content_type", Category::Content),
        personal("bytes", Category::Content),
        personal("sha256", Category::Content),
        personal("width", Category::Content),
        personal("height", Category::Content),
        personal("milliseconds", Category::Content),
        technical("storage_key"),
        personal("created_at", Category::Usage),
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
