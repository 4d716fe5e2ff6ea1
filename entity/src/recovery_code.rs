//! One of the codes that stand in for an authenticator app, once.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: String,
    pub created_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "recovery_code",
    owner: Some("account_id"),
    purpose: "to let someone in who lost their authenticator app",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        personal("code_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        personal("created_at", Category::Usage),
        personal("used_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
