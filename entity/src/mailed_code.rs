//! A code that was mailed to prove an address: one use, short life.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, CodeId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailed_code")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CodeId,
    pub account_id: AccountId,
    pub purpose: Purpose,
    /// The id of what the code proves the right to.
    pub subject: String,
    /// Keyed with the server's secret: codes are short, a plain hash would be found by trying.
    pub code_hash: String,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Purpose {
    VerifyEmail,
    ResetPassword,
    ChangeEmail,
    DataRequest,
}

pub const PRIVACY: Table = Table {
    name: "mailed_code",
    owner: Some("account_id"),
    purpose: "to prove that a mail address is its owner's",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("purpose"),
        technical("subject"),
        personal("code_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        personal("created_at", Category::Usage),
        technical("expires_at"),
        technical("used_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
