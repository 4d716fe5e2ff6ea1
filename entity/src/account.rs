//! An account: whoever pays, signs in and owns everything else.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Field, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    pub status: Status,
    /// As it was typed; null after an erasure.
    pub email: Option<String>,
    /// Lower case; what makes an address unique.
    pub email_key: Option<String>,
    pub password_hash: Option<String>,
    pub email_verified_at: Option<Timestamp>,
    /// What its owner wants to be called.
    pub display_name: Option<String>,
    /// Of mails; null: the operator's.
    pub language: Option<String>,
    /// Its owner is at least so old. Nothing else of their age is kept.
    pub age_confirmed: Option<i32>,
    pub age_confirmed_at: Option<Timestamp>,
    /// The version of the policy that its owner agreed to last.
    pub policy_accepted: Option<String>,
    pub policy_accepted_at: Option<Timestamp>,
    /// The version of the policy that its owner was told of last.
    pub policy_told: Option<String>,
    pub created_at: Timestamp,
    /// Since when it is closed; it can be opened again until `reopen_until`.
    pub closed_at: Option<Timestamp>,
    pub reopen_until: Option<Timestamp>,
    /// When a closed account is erased; null: not by itself.
    pub erase_at: Option<Timestamp>,
    pub erased_at: Option<Timestamp>,
    /// Since when the operator lets it do nothing but ask for its data. Beside the
    /// status: closing an account and opening it again lifts no suspension.
    pub suspended_at: Option<Timestamp>,
}

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "AccountStatus", rename_all = "snake_case")]
pub enum Status {
    Active,
    /// By its owner, who can open it again for a while.
    Closed,
    Erased,
}

pub const PRIVACY: Table = Table {
    name: "account",
    owner: Some("id"),
    purpose: "to know whose data everything else is, and to let its owner in",
    on_erasure: Rows::Kept {
        why: "an empty shell that the books of purchases and credits point to",
    },
    columns: &[
        technical("id"),
        technical("status"),
        personal("email", Category::Identity).cleared(Field::SetNull),
        personal("email_key", Category::Identity).cleared(Field::SetNull),
        personal("password_hash", Category::Credential)
            .withheld("a hash helps nobody but a guesser")
            .cleared(Field::SetNull),
        technical("email_verified_at"),
        personal("display_name", Category::Identity).cleared(Field::SetNull),
        personal("language", Category::Identity).cleared(Field::SetNull),
        personal("age_confirmed", Category::Identity).cleared(Field::SetNull),
        personal("age_confirmed_at", Category::Rights).cleared(Field::SetNull),
        personal("policy_accepted", Category::Rights).cleared(Field::SetNull),
        personal("policy_accepted_at", Category::Rights).cleared(Field::SetNull),
        technical("policy_told"),
        technical("created_at"),
        technical("closed_at"),
        technical("reopen_until"),
        technical("erase_at"),
        technical("erased_at").cleared(Field::SetNow),
        personal("suspended_at", Category::Usage).cleared(Field::SetNull),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
