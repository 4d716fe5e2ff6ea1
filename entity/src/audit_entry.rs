//! What one of the operator's people read or did, or was refused. The database
//! refuses to update or delete a row.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, AuditEntryId, StaffId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditEntryId,
    /// Null for the command line, and for somebody who could not sign in.
    pub staff_id: Option<StaffId>,
    /// The operation's id.
    pub act: String,
    /// Whose data it was about, where it was one account's.
    pub account_id: Option<AccountId>,
    /// The id of what else it was about.
    pub resource: Option<String>,
    /// In the words of whoever did it; names and content have no place there.
    pub reason: Option<String>,
    pub outcome: Outcome,
    /// The code of the refusal.
    pub code: Option<String>,
    pub created_at: Timestamp,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "AuditOutcome", rename_all = "snake_case")]
pub enum Outcome {
    Done,
    /// Done before, for the same idempotency key, and answered again.
    Replayed,
    Refused,
}

pub const PRIVACY: Table = Table {
    name: "audit_entry",
    owner: Some("account_id"),
    purpose: "to prove which of the operator's people looked at an account or changed it, when and why",
    on_erasure: Rows::Kept {
        why: "evidence of what the operator's people did, which nobody can change afterwards; it holds ids, no content",
    },
    columns: &[
        technical("id"),
        technical("staff_id").withheld("who of the operator's people it was concerns them, too"),
        personal("act", Category::Usage),
        technical("account_id"),
        technical("resource"),
        personal("reason", Category::Usage),
        technical("outcome"),
        technical("code"),
        personal("created_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
