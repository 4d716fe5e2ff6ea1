//! What staff see of each other, of accounts and of records.

use entity::audit_entry::{self, Outcome};
use entity::data_request::{self, Right};
use entity::staff::{self, Role};
use entity::{AccountId, AuditEntryId, Credits, DataRequestId, StaffId, Timestamp, account, wallet};
use poem_openapi::{Enum, Object};

use crate::http::Nullable;

/// One of the operator's people.
#[derive(Debug, Clone, Object)]
pub struct StaffMember {
    pub id: StaffId,
    pub email: String,
    pub role: Role,
    pub created_at: Timestamp,
    /// Since when they can sign in; null until they have set themselves up.
    pub active_at: Nullable<Timestamp>,
    /// Since when they can't any more.
    pub disabled_at: Nullable<Timestamp>,
}

impl From<staff::Model> for StaffMember {
    fn from(row: staff::Model) -> Self {
        Self {
            id: row.id,
            email: row.email,
            role: row.role,
            created_at: row.created_at,
            active_at: row.active_at.into(),
            disabled_at: row.disabled_at.into(),
        }
    }
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Standing {
    /// It may act.
    Active,
    /// It may do nothing but ask for its data.
    Suspended,
    /// Its owner closed it, and can open it again for a while.
    Closed,
    /// Nothing of it is left but what must be kept.
    Erased,
}

/// An account, in short.
#[derive(Debug, Clone, Object)]
pub struct FoundAccount {
    pub id: AccountId,
    pub standing: Standing,
    /// Null after an erasure.
    pub email: Nullable<String>,
    pub email_verified_at: Nullable<Timestamp>,
    pub suspended_at: Nullable<Timestamp>,
    pub created_at: Timestamp,
}

impl From<account::Model> for FoundAccount {
    fn from(row: account::Model) -> Self {
        let standing = match row.status {
            account::Status::Erased => Standing::Erased,
            _ if row.suspended_at.is_some() => Standing::Suspended,
            account::Status::Closed => Standing::Closed,
            account::Status::Active => Standing::Active,
        };
        Self {
            standing,
            id: row.id,
            email: row.email.into(),
            email_verified_at: row.email_verified_at.into(),
            suspended_at: row.suspended_at.into(),
            created_at: row.created_at,
        }
    }
}

/// The credits of an account in one mode.
#[derive(Debug, Clone, Object)]
pub struct Wallet {
    pub livemode: bool,
    pub available: Credits,
    pub held: Credits,
    pub granted: Credits,
    pub spent: Credits,
    pub expired: Credits,
}

impl From<wallet::Model> for Wallet {
    fn from(row: wallet::Model) -> Self {
        Self {
            livemode: row.livemode,
            available: row.available,
            held: row.held,
            granted: row.issued,
            spent: row.spent,
            expired: row.expired,
        }
    }
}

/// A request about personal data, without what was written in it.
#[derive(Debug, Clone, Object)]
pub struct RecordedRequest {
    pub id: DataRequestId,
    pub account_id: AccountId,
    pub livemode: bool,
    #[oai(rename = "type")]
    pub kind: Right,
    pub status: data_request::Status,
    pub received_at: Timestamp,
    /// By when it must be answered.
    pub due_at: Timestamp,
    pub verified_at: Nullable<Timestamp>,
    pub ended_at: Nullable<Timestamp>,
}

impl From<data_request::Model> for RecordedRequest {
    fn from(row: data_request::Model) -> Self {
        Self {
            id: row.id,
            account_id: row.account_id,
            livemode: row.livemode,
            kind: row.kind,
            status: row.status,
            received_at: row.received_at,
            due_at: row.due_at,
            verified_at: row.verified_at.into(),
            ended_at: row.ended_at.into(),
        }
    }
}

/// What one of the staff read or did, or was refused.
#[derive(Debug, Clone, Object)]
pub struct AuditEntry {
    pub id: AuditEntryId,
    /// Null for the command line, and for somebody who could not sign in.
    pub staff_id: Nullable<StaffId>,
    /// The operation's id.
    pub act: String,
    /// Whose data it was about.
    pub account_id: Nullable<AccountId>,
    /// The id of what else it was about.
    pub resource: Nullable<String>,
    pub reason: Nullable<String>,
    pub outcome: Outcome,
    /// The code of the refusal.
    pub code: Nullable<String>,
    pub created_at: Timestamp,
}

impl From<audit_entry::Model> for AuditEntry {
    fn from(row: audit_entry::Model) -> Self {
        Self {
            id: row.id,
            staff_id: row.staff_id.into(),
            act: row.act,
            account_id: row.account_id.into(),
            resource: row.resource.into(),
            reason: row.reason.into(),
            outcome: row.outcome,
            code: row.code.into(),
            created_at: row.created_at,
        }
    }
}
