//! A signed-in session. Its access tokens name it, so ending it ends them.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, SessionId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub account_id: AccountId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "session",
    owner: Some("account_id"),
    purpose: "to keep someone signed in",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        personal("created_at", Category::Usage),
        technical("expires_at"),
        personal("ended_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
