//! A mail that was or will be sent. Address, subject and body are sealed: a copy
//! of the database lets nobody read a code.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, MailId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MailId,
    pub account_id: AccountId,
    /// Which text it is: `verify_email`.
    pub template: String,
    /// Recipient, subject and body as sealed JSON.
    pub sealed: String,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    /// When it was given up.
    pub failed_at: Option<Timestamp>,
    /// Why: `550 5.1.1`, `suppressed`, `too old`.
    pub failure: Option<String>,
}

pub const PRIVACY: Table = Table {
    name: "mail",
    owner: Some("account_id"),
    purpose: "to send what the account's owner, or the operator's own people, must learn",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        personal("template", Category::Usage),
        personal("sealed", Category::Content).withheld("sent to its owner already"),
        personal("created_at", Category::Usage),
        technical("sent_at"),
        technical("failed_at"),
        technical("failure"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
