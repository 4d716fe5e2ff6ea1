//! A mail that came back, or was complained about. Some end mails to the address.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mail_bounce")]
pub struct Model {
    /// Made of what happened, so that it is written once.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub account_id: AccountId,
    /// Keyed with the server's secret; of the address in lower case.
    pub address_hash: String,
    pub kind: Kind,
    pub created_at: Timestamp,
    /// Since when mails go there again: its owner entered a code that was mailed.
    pub lifted_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    /// Nobody can be reached there.
    HardBounce,
    /// It may work another time.
    SoftBounce,
    /// The receiver wants none of our mails.
    Blocked,
    /// The owner called it spam.
    Spam,
}

pub const PRIVACY: Table = Table {
    name: "mail_bounce",
    owner: Some("account_id"),
    purpose: "to stop sending mail where it does not arrive or is not wanted",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        personal("address_hash", Category::Identity).withheld("a hash helps nobody but a guesser"),
        personal("kind", Category::Usage),
        personal("created_at", Category::Usage),
        technical("lifted_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
