//! A signed-in session: all tokens that came from one sign-in. They name it, so
//! ending it ends them.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, SessionId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    pub account_id: AccountId,
    /// In words: `Firefox on Linux`.
    pub device: String,
    /// How often its tokens were exchanged for new ones: the number of the refresh
    /// token that counts.
    pub refreshes: i64,
    pub created_at: Timestamp,
    pub refreshed_at: Timestamp,
    /// When its owner last proved who they are, by signing in or stepping up.
    pub proved_at: Timestamp,
    /// Unless it is refreshed before.
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
        personal("device", Category::Usage),
        technical("refreshes"),
        personal("created_at", Category::Usage),
        personal("refreshed_at", Category::Usage),
        personal("proved_at", Category::Usage),
        technical("expires_at"),
        personal("ended_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
