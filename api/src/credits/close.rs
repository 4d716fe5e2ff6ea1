//! Closing the books: every movement is written, one statement a table.

use sea_orm::{ConnectionTrait, DbErr};

use super::books::Books;
use super::low;
use crate::bulk;

impl Books {
    /// Writes everything. The generations of new holds must exist by now.
    ///
    /// # Errors
    /// What the database answers; it checks every balance once more.
    pub async fn close(self, tx: &impl ConnectionTrait) -> Result<(), DbErr> {
        let now = self.now;
        let mut wallets = Vec::new();
        let mut lots = Vec::new();
        let mut low = Vec::new();
        for mut account in self.accounts.into_values().filter(|account| account.changed) {
            if account.runs_low(now) {
                low.push(account.wallet.clone());
            }
            let wallet = account.wallet;
            wallets.push(vec![
                wallet.account_id.into(),
                wallet.livemode.into(),
                wallet.issued.into(),
                wallet.available.into(),
                wallet.held.into(),
                wallet.spent.into(),
                wallet.expired.into(),
                wallet.in_flight.into(),
                wallet.low_told_at.into(),
                now.into(),
            ]);
            lots.extend(account.lots.into_changed().map(|lot| {
                vec![
                    lot.id.into(),
                    lot.remaining.into(),
                    lot.held.into(),
                    lot.spent.into(),
                    lot.expired.into(),
                    lot.refunded.into(),
                ]
            }));
        }
        bulk::update(tx, WALLET, wallets, UPDATE_WALLET).await?;
        low::enqueue(tx, low, now).await?;
        bulk::insert(tx, self.new_lots).await?;
        bulk::update(tx, LOT, lots, UPDATE_LOT).await?;
        bulk::insert(tx, self.holds).await?;
        bulk::insert(tx, self.parts).await?;
        let settled = self
            .settled
            .into_iter()
            .map(|(id, captured, released)| vec![id.into(), captured.into(), released.into(), now.into()]);
        bulk::update(tx, HOLD, settled.collect(), UPDATE_HOLD).await?;
        bulk::insert(tx, self.entries).await?;
        let keys = self.in_flight.into_iter().filter(|(_, change)| *change != 0);
        let keys = keys.map(|(key, change)| vec![key.into(), change.into()]);
        bulk::update(tx, KEY, keys.collect(), UPDATE_KEY).await?;
        Ok(())
    }
}

const WALLET: &[(&str, &str)] = &[
    ("account_id", "TEXT"),
    ("livemode", "BOOLEAN"),
    ("issued", "BIGINT"),
    ("available", "BIGINT"),
    ("held", "BIGINT"),
    ("spent", "BIGINT"),
    ("expired", "BIGINT"),
    ("in_flight", "BIGINT"),
    ("low_told_at", "BIGINT"),
    ("updated_at", "BIGINT"),
];
const UPDATE_WALLET: &str = "UPDATE wallet SET issued = v.issued, available = v.available, held = v.held,
    spent = v.spent, expired = v.expired, in_flight = v.in_flight,
    low_told_at = v.low_told_at, updated_at = v.updated_at
    FROM v WHERE wallet.account_id = v.account_id AND wallet.livemode = v.livemode";

const LOT: &[(&str, &str)] = &[
    ("id", "TEXT"),
    ("remaining", "BIGINT"),
    ("held", "BIGINT"),
    ("spent", "BIGINT"),
    ("expired", "BIGINT"),
    ("refunded", "BIGINT"),
];
const UPDATE_LOT: &str = "UPDATE credit_lot SET remaining = v.remaining, held = v.held, spent = v.spent,
    expired = v.expired, refunded = v.refunded FROM v WHERE credit_lot.id = v.id";

const HOLD: &[(&str, &str)] = &[
    ("id", "TEXT"),
    ("captured", "BIGINT"),
    ("released", "BIGINT"),
    ("settled_at", "BIGINT"),
];
const UPDATE_HOLD: &str =
    "UPDATE hold SET captured = v.captured, released = v.released, settled_at = v.settled_at
    FROM v WHERE hold.id = v.id";

const KEY: &[(&str, &str)] = &[("id", "TEXT"), ("change", "BIGINT")];
const UPDATE_KEY: &str = "UPDATE api_key SET in_flight = in_flight + v.change FROM v WHERE api_key.id = v.id";
