//! How much of a hold came from which lot, so that a release goes back there.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Credits, HoldId, LotId};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "hold_lot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub hold_id: HoldId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lot_id: LotId,
    pub account_id: AccountId,
    pub amount: Credits,
    /// The order in which the lots are spent.
    pub position: i32,
}

pub const PRIVACY: Table = Table {
    name: "hold_lot",
    owner: Some("account_id"),
    purpose: "to give released credits back to the lot that they came from",
    on_erasure: Rows::Kept {
        why: "the books: which lot paid for what",
    },
    columns: &[
        technical("hold_id"),
        technical("lot_id"),
        technical("account_id"),
        personal("amount", Category::Usage).credits(),
        technical("position"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
