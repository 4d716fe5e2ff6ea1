//! An account's authenticator app: the secret that both sides share.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "totp")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// The secret, for this account alone.
    pub sealed: String,
    /// The step of the last code that was accepted; null until the first.
    pub last_step: Option<i64>,
    /// Wrong codes since the last right one.
    pub failures: i32,
    /// After a few of them, when the next is looked at.
    pub next_try_at: Timestamp,
    /// When the owner was last told of many wrong codes.
    pub told_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// When the first code was right. Until then it lets nobody in or out.
    pub confirmed_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "totp",
    owner: Some("account_id"),
    purpose: "to ask for the codes of an authenticator app at a sign-in",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("account_id"),
        personal("sealed", Category::Credential)
            .withheld("it is sealed and would let anyone in who reads it"),
        personal("last_step", Category::Usage),
        personal("failures", Category::Usage),
        technical("next_try_at"),
        personal("told_at", Category::Usage),
        personal("created_at", Category::Usage),
        personal("confirmed_at", Category::Usage),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
