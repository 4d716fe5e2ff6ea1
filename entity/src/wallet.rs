//! An account's balances in one mode: the sums of its ledger entries.
//!
//! The database refuses a negative balance and a wallet whose books don't
//! close: `issued = available + held + spent + expired`.

use sea_orm::entity::prelude::*;

use crate::privacy::{Category, Rows, Table, personal, technical};
use crate::{AccountId, Credits, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wallet")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub livemode: bool,
    /// Granted and bought, less what was refunded.
    pub issued: Credits,
    pub available: Credits,
    pub held: Credits,
    pub spent: Credits,
    pub expired: Credits,
    /// Generations admitted that have not ended.
    pub in_flight: i64,
    /// Its owner is told when less than this is available; zero: never.
    pub low_below: Credits,
    /// When its owner was told; null again once it was topped up.
    pub low_told_at: Option<Timestamp>,
    pub updated_at: Timestamp,
}

const BOOKS: Rows = Rows::Kept {
    why: "the books: balances must add up for as long as tax law asks",
};

pub const PRIVACY: Table = Table {
    name: "wallet",
    owner: Some("account_id"),
    purpose: "to know what can be spent",
    on_erasure: BOOKS,
    columns: &[
        technical("account_id"),
        technical("livemode"),
        personal("issued", Category::Payment).credits(),
        personal("available", Category::Payment).credits(),
        personal("held", Category::Usage).credits(),
        personal("spent", Category::Usage).credits(),
        personal("expired", Category::Payment).credits(),
        technical("in_flight"),
        technical("low_below").credits(),
        technical("low_told_at"),
        technical("updated_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
