//! Tells that a wallet runs low: in the transaction in which it does, and once
//! until it was topped up.

use entity::{Timestamp, wallet};
use sea_orm::{ConnectionTrait, DbErr};

use super::books::Account;
use crate::jobs::{self, NewJob};

/// The kind of job that mails it; its subject names account and mode.
pub const KIND: &str = "credits.low";

impl Account {
    /// Notes whether it was told or topped up; whether it is to be told now.
    pub(super) fn runs_low(&mut self, now: Timestamp) -> bool {
        let (wallet, before) = (&mut self.wallet, self.before);
        if wallet.available >= wallet.low_below {
            if self.topped_up {
                wallet.low_told_at = None;
            }
            return false;
        }
        let crosses = before >= wallet.low_below && wallet.low_told_at.is_none();
        if crosses {
            wallet.low_told_at = Some(now);
        }
        crosses
    }
}

/// Has the owners of these told.
pub(super) async fn enqueue(
    tx: &impl ConnectionTrait,
    wallets: Vec<wallet::Model>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let jobs = wallets.into_iter().map(|wallet| NewJob {
        kind: KIND,
        subject: format!("{}.{}.{}", wallet.account_id, wallet.livemode, now.micros()),
        account_id: Some(wallet.account_id),
        lane: jobs::HOUSE.to_owned(),
        run_at: now,
        deadline_at: None,
    });
    jobs::enqueue(tx, jobs.collect(), now).await
}
