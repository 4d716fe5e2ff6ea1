//! What an account's owner agreed to beyond what the service needs.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "consent")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub purpose: String,
    pub given_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
    /// The name of the news that was mailed last, so that it is mailed once.
    pub last_news: Option<String>,
}

/// News by mail. What else there is, the operator says.
pub const MARKETING: &str = "marketing";

pub const PRIVACY: Table = Table {
    name: "consent",
    owner: Some("account_id"),
    purpose: "to do what was agreed to, and nothing after it was withdrawn",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        personal("purpose", Category::Rights),
        personal("given_at", Category::Rights),
        personal("withdrawn_at", Category::Rights),
        technical("last_news"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
