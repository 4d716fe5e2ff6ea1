//! A version of the policy that everyone is told of by mail, and what the mail says.

use sea_orm::entity::prelude::*;

use crate::Timestamp;
use crate::privacy::{Rows, Table, technical};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy_announcement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: String,
    pub url: String,
    /// Null: at once.
    pub effective_at: Option<Timestamp>,
    /// A list of sentences.
    pub changes: Json,
    /// When a process first began to work with this version: the last one that came
    /// is the present one, whatever an older process was configured with.
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "policy_announcement",
    owner: None,
    purpose: "to tell everyone of a new policy once",
    on_erasure: Rows::Kept {
        why: "it names nobody",
    },
    columns: &[
        technical("version"),
        technical("url"),
        technical("effective_at"),
        technical("changes"),
        technical("created_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
