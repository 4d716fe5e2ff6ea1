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
    pub created_at: Timestamp,
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
        technical("created_at"),
        technical("erased_at").cleared(Field::SetNow),
        personal("suspended_at", Category::Usage).cleared(Field::SetNull),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
