//! What somebody asked at the door and is answered by mail: a sign-up, a new
//! password. It is gone as soon as the mail is written.
//!
//! Whether the address has an account is not known yet, so a row names none.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{KnockId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "knock")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: KnockId,
    /// The address, signed: what is asked for one address is done in its order.
    pub door: String,
    /// What was asked, with the address, sealed.
    pub sealed: String,
    pub created_at: Timestamp,
}

pub const PRIVACY: Table = Table {
    name: "knock",
    owner: None,
    purpose: "to answer sign-ups and forgotten passwords by mail, alike for every address",
    on_erasure: Rows::Kept {
        why: "it names no one, and goes by itself within seconds",
    },
    columns: &[
        technical("id"),
        technical("door"),
        personal("sealed", Category::Credential).withheld("it is gone before anyone could read it"),
        technical("created_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
