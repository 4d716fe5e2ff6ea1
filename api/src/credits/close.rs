//! Closing the books: every movement is written, one statement a table.

use sea_orm::{ConnectionTrait, DbErr};

use super::books::Books;
use super::low;
use crate::bulk::{self, Update};

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
                    lot.expires_at.into(),
                    lot.frozen_at.into(),
                ]
            }));
        }
        bulk::update(tx, &WALLET, wallets).await?;
        low::enqueue(tx, low, now).await?;
        bulk::insert(tx, self.new_lots).await?;
        bulk::update(tx, &LOT, lots).await?;
        bulk::insert(tx, self.holds).await?;
        bulk::insert(tx, self.parts).await?;
        let settled = self
            .settled
            .into_iter()
            .map(|(id, captured, released)| vec![id.into(), captured.into(), released.into(), now.into()]);
        bulk::update(tx, &HOLD, settled.collect()).await?;
        bulk::insert(tx, self.entries).await?;
        let keys = self.in_flight.into_iter().filter(|(_, change)| *change != 0);
        let keys = keys.map(|(key, change)| vec![key.into(), change.into()]);
        bulk::update(tx, &KEY, keys.collect()).await?;
        Ok(())
    }
}

const WALLET: Update<'_> = Update {
    table: "wallet",
    columns: &[
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
    ],
    keys: 2,
    set: "issued = v.issued, available = v.available, held = v.held, spent = v.spent, expired = v.expired,
        in_flight = v.in_flight, low_told_at = v.low_told_at, updated_at = v.updated_at",
    only: "",
};

const LOT: Update<'_> = Update {
    table: "credit_lot",
    columns: &[
        ("id", "TEXT"),
        ("remaining", "BIGINT"),
        ("held", "BIGINT"),
        ("spent", "BIGINT"),
        ("expired", "BIGINT"),
        ("refunded", "BIGINT"),
        ("expires_at", "BIGINT"),
        ("frozen_at", "BIGINT"),
    ],
    keys: 1,
    set:
        "remaining = v.remaining, held = v.held, spent = v.spent, expired = v.expired, refunded = v.refunded,
        expires_at = v.expires_at, frozen_at = v.frozen_at",
    only: "",
};

const HOLD: Update<'_> = Update {
    table: "hold",
    columns: &[
        ("id", "TEXT"),
        ("captured", "BIGINT"),
        ("released", "BIGINT"),
        ("settled_at", "BIGINT"),
    ],
    keys: 1,
    set: "captured = v.captured, released = v.released, settled_at = v.settled_at",
    only: "",
};

const KEY: Update<'_> = Update {
    table: "api_key",
    columns: &[("id", "TEXT"), ("change", "BIGINT")],
    keys: 1,
    set: "in_flight = in_flight + v.change",
    only: "",
};
