//! What waits for one receiver, taken by one process at a time, so that a slow
//! receiver holds up nobody but itself.

use sea_orm::entity::prelude::*;

use crate::privacy::{Rows, Table, technical};
use crate::{AccountId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "delivery_lane")]
pub struct Model {
    /// An endpoint's id, or a digest of the origin of a request's own address.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub account_id: AccountId,
    pub livemode: bool,
    /// When its next delivery is due; null: none waits.
    pub due_at: Option<Timestamp>,
    pub lease_token: Option<String>,
    /// By the database's clock.
    pub lease_until: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "delivery_lane",
    owner: Some("account_id"),
    purpose: "to tell an account's own programs what happened",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("account_id"),
        technical("livemode"),
        technical("due_at"),
        technical("lease_token"),
        technical("lease_until"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
