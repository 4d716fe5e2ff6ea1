//! Each time that an owner agreed to something or took it back: the proof.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, ConsentChangeId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ConsentChangeId,
    pub account_id: AccountId,
    pub purpose: String,
    pub granted: bool,
    /// Of the words that were agreed to.
    pub version: String,
    /// The id of the key or session, or `link` for the one in a mail.
    pub given_by: String,
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "consent_change",
    owner: Some("account_id"),
    purpose: "to prove what was agreed to, and when",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        personal("purpose", Category::Rights),
        personal("granted", Category::Rights),
        personal("version", Category::Rights),
        personal("given_by", Category::Rights),
        personal("created_at", Category::Rights),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
