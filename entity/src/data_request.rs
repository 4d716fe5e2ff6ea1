//! A data-rights request: what was asked, by when it is due, what came of it.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, DataRequestId, FileId, Timestamp};

#[derive(Debug, Clone, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "data_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: DataRequestId,
    pub account_id: AccountId,
    pub livemode: bool,
    pub kind: Right,
    pub status: Status,
    pub statement: Option<String>,
    pub reason: Option<String>,
    /// What was done: a list of `{action, table, count, why}`.
    pub actions: Json,
    /// What its copy lacks by a fault of ours: a list of `{file_id, generation_id, fault}`.
    pub missing: Json,
    /// The file with the copy, until it expires.
    pub archive_id: Option<FileId>,
    pub received_at: Timestamp,
    pub due_at: Timestamp,
    pub verified_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

/// The right that is exercised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "DataRight", rename_all = "snake_case")]
pub enum Right {
    Access,
    Erasure,
}

/// Where a data-rights request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "DataRequestStatus", rename_all = "snake_case")]
pub enum Status {
    AwaitingVerification,
    InProgress,
    Fulfilled,
    /// The copy was handed over, but files are missing from it.
    PartiallyFulfilled,
    Withdrawn,
    Expired,
}

pub const PRIVACY: Table = Table {
    name: "data_request",
    owner: Some("account_id"),
    purpose: "to answer requests about personal data and to prove that they were answered",
    on_erasure: Rows::Kept {
        why: "the proof that the request was fulfilled, without its content",
    },
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        personal("kind", Category::Rights),
        personal("status", Category::Rights),
        personal("statement", Category::Rights).cleared(Field::SetNull),
        personal("reason", Category::Rights).cleared(Field::SetNull),
        personal("actions", Category::Rights),
        personal("missing", Category::Rights),
        technical("archive_id"),
        personal("received_at", Category::Rights),
        personal("due_at", Category::Rights),
        personal("verified_at", Category::Rights),
        personal("ended_at", Category::Rights),
    ],
};

impl Status {
    /// Whether the work is done, as well as it could be: there is a receipt.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Fulfilled | Self::PartiallyFulfilled)
    }
}

impl Entity {
    /// The rows of one account in one mode: what a caller may see.
    #[must_use]
    pub fn of(account: &AccountId, livemode: bool) -> Select<Self> {
        Self::find()
            .filter(Column::AccountId.eq(account.clone()))
            .filter(Column::Livemode.eq(livemode))
    }
}

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
