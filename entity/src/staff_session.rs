//! A signed-in session of one of the operator's people: short, and known by one token.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{StaffId, StaffSessionId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff_session")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffSessionId,
    pub staff_id: StaffId,
    /// Of the token, which is random: nothing slower than SHA-256 is needed.
    pub token_hash: String,
    pub created_at: Timestamp,
    pub used_at: Timestamp,
    pub expires_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "staff_session",
    owner: None,
    purpose: "to keep one of the operator's people signed in for a working day at most",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("staff_id"),
        personal("token_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        personal("created_at", Category::Usage),
        personal("used_at", Category::Usage),
        technical("expires_at"),
        personal("ended_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
