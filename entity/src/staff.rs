//! One of the operator's people, who may look after accounts. No account is theirs.

use poem_openapi::Enum;
use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{StaffId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "staff")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: StaffId,
    /// As it was typed.
    pub email: String,
    /// Lower case; what makes an address unique.
    pub email_key: String,
    pub role: Role,
    pub password_hash: Option<String>,
    /// The secret of their authenticator app.
    pub sealed_totp: Option<String>,
    /// The step of the last code that was accepted: none counts twice.
    pub totp_step: Option<i64>,
    /// Wrong codes since the last right one, by whoever knew the password.
    pub failures: i32,
    /// After a few of them, when the next is looked at.
    pub next_try_at: Timestamp,
    /// Of the token that lets them choose a password, once.
    pub setup_hash: Option<String>,
    pub setup_expires_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Since when they can sign in; null until a password and an app are set up.
    pub active_at: Option<Timestamp>,
    pub disabled_at: Option<Timestamp>,
}

/// What somebody is there for. An owner may do everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Enum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
#[oai(rename = "StaffRole", rename_all = "snake_case")]
pub enum Role {
    /// Finds accounts, suspends them, ends their sessions.
    Support,
    /// Grants and takes credits.
    Finance,
    /// Decides about what was flagged.
    Moderator,
    /// Watches over requests about personal data, and over what staff read and did.
    Privacy,
    /// Does all of that, and says who is staff.
    Owner,
}

pub const PRIVACY: Table = Table {
    name: "staff",
    owner: None,
    purpose: "to know which of the operator's people may look after accounts",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        personal("email", Category::Identity),
        personal("email_key", Category::Identity),
        technical("role"),
        personal("password_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        personal("sealed_totp", Category::Credential)
            .withheld("sealed, so that the database shows it to nobody"),
        personal("totp_step", Category::Credential)
            .withheld("says when a code was used, of which nothing is kept"),
        personal("failures", Category::Usage),
        technical("next_try_at"),
        personal("setup_hash", Category::Credential).withheld("a hash helps nobody but a guesser"),
        technical("setup_expires_at"),
        technical("created_at"),
        technical("active_at"),
        technical("disabled_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
