//! An address that an account's owner wants instead, until it is proved.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "email_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// The address; it may be somebody else's as yet.
    pub sealed: String,
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "email_change",
    owner: Some("account_id"),
    purpose: "to change a mail address once the new one is proved",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        personal("sealed", Category::Identity).withheld("it may be another person's address"),
        personal("created_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
