//! A queued piece of work. It is written in the transaction that causes it and
//! deleted in the transaction that completes it.

use sea_orm::entity::prelude::*;

use crate::privacy::{Rows, Table, technical};
use crate::{AccountId, JobId, Timestamp};

#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// Which handler runs it: `generation.run`.
    pub kind: String,
    /// The id of the row that it works on; one job a kind and subject.
    pub subject: String,
    pub account_id: Option<AccountId>,
    /// Where it queues: jobs of one lane never wait for those of another.
    pub lane: String,
    /// Its place in the lane. Accounts take turns, however much each has queued.
    pub turn: i64,
    pub run_at: Timestamp,
    /// How often it was claimed.
    pub attempts: i32,
    /// Whoever holds the lease knows this token; a stale one changes nothing.
    pub lease_token: Option<String>,
    /// By the database's clock, which no test and no operator moves.
    pub lease_until: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Nobody wants it done later.
    pub deadline_at: Option<Timestamp>,
}

pub const PRIVACY: Table = Table {
    name: "job",
    owner: Some("account_id"),
    purpose: "to do what was accepted",
    on_erasure: Rows::Deleted,
    columns: &[
        technical("id"),
        technical("kind"),
        technical("subject"),
        technical("account_id"),
        technical("lane"),
        technical("turn"),
        technical("run_at"),
        technical("attempts"),
        technical("lease_token"),
        technical("lease_until"),
        technical("created_at"),
        technical("deadline_at"),
    ],
};

#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
