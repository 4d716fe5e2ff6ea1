//! The books of some accounts, open for the length of one transaction.

use std::collections::BTreeMap;

use entity::ledger_entry::{Book, Kind};
use entity::{
    AccountId, BatchId, Credits, GenerationId, HoldId, KeyId, LedgerEntryId, LotId, PurchaseId, Timestamp,
    credit_lot, hold, hold_lot, ledger_entry, wallet,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, DbErr, Value,
};

use super::lots::Lots;
use crate::bulk;
use crate::db::{self, Locked};

/// Whose wallet: an account in one mode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    pub account: AccountId,
    pub livemode: bool,
}

impl Owner {
    /// An account in either mode: who locks both wallets of it waits for whatever is
    /// being admitted, and is seen by whatever comes later.
    #[must_use]
    pub fn both(account: &AccountId) -> [Self; 2] {
        [false, true].map(|livemode| Self {
            account: account.clone(),
            livemode,
        })
    }
}

pub(super) struct Account {
    pub(super) wallet: wallet::Model,
    pub(super) lots: Lots,
    pub(super) changed: bool,
    /// What was available when the books were opened.
    pub(super) before: Credits,
    /// Whether credits came in.
    pub(super) topped_up: bool,
}

/// Wallets under lock and the movements that wait to be written.
pub struct Books {
    pub(super) now: Timestamp,
    pub(super) accounts: BTreeMap<Owner, Account>,
    pub(super) entries: Vec<ledger_entry::ActiveModel>,
    pub(super) new_lots: Vec<credit_lot::ActiveModel>,
    pub(super) holds: Vec<hold::ActiveModel>,
    pub(super) parts: Vec<hold_lot::ActiveModel>,
    pub(super) settled: Vec<(HoldId, Credits, Credits)>,
    pub(super) in_flight: BTreeMap<KeyId, i64>,
}

/// What an entry refers to.
#[derive(Default)]
pub(super) struct About {
    pub(super) generation: Option<GenerationId>,
    pub(super) batch: Option<BatchId>,
    pub(super) purchase: Option<PurchaseId>,
    pub(super) lot: Option<LotId>,
}

impl Books {
    /// Locks the owners' wallets, always in the same order, and reads the lots
    /// that can be spent. Lots past their time expire at once.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn open(
        tx: &impl ConnectionTrait,
        owners: impl IntoIterator<Item = &Owner>,
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        Self::open_or_skip(tx, owners, Locked::Wait, now).await
    }

    /// The same; wallets that another transaction has locked are waited for or left out.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn open_or_skip(
        tx: &impl ConnectionTrait,
        owners: impl IntoIterator<Item = &Owner>,
        locked: Locked,
        now: Timestamp,
    ) -> Result<Self, DbErr> {
        let owners: Vec<Vec<Value>> = owners
            .into_iter()
            .map(|owner| vec![owner.account.clone().into(), owner.livemode.into()])
            .collect();
        let lock = db::lock_sql(tx, "wallet", locked);
        let in_order = format!("ORDER BY wallet.account_id, wallet.livemode {lock}");
        let wallets = bulk::find::<wallet::Entity>(tx, OWNER, owners.clone(), &in_order).await?;
        let mut books = Self {
            now,
            accounts: BTreeMap::new(),
            entries: Vec::new(),
            new_lots: Vec::new(),
            holds: Vec::new(),
            parts: Vec::new(),
            settled: Vec::new(),
            in_flight: BTreeMap::new(),
        };
        for wallet in wallets {
            let owner = Owner {
                account: wallet.account_id.clone(),
                livemode: wallet.livemode,
            };
            books.accounts.insert(
                owner,
                Account {
                    before: wallet.available,
                    topped_up: false,
                    wallet,
                    lots: Lots::default(),
                    changed: false,
                },
            );
        }
        let unspent = "AND credit_lot.remaining > 0";
        let unspent = bulk::find::<credit_lot::Entity>(tx, OWNER, owners, unspent).await?;
        books.take_in(unspent);
        let open: Vec<Owner> = books.accounts.keys().cloned().collect();
        for owner in open {
            books.expire(&owner, |lot| lot.expires_at.is_some_and(|at| at <= now));
        }
        Ok(books)
    }

    pub(super) fn take_in(&mut self, lots: Vec<credit_lot::Model>) {
        for lot in lots {
            let owner = Owner {
                account: lot.account_id.clone(),
                livemode: lot.livemode,
            };
            if let Some(account) = self.accounts.get_mut(&owner) {
                account.lots.insert(lot);
            }
        }
    }

    pub(super) fn has_read(&self, lot: &LotId) -> bool {
        self.accounts.values().any(|account| account.lots.contains(lot))
    }

    /// The wallet as it stands after the movements so far.
    #[must_use]
    pub fn wallet(&self, owner: &Owner) -> Option<&wallet::Model> {
        self.accounts.get(owner).map(|account| &account.wallet)
    }

    /// Counts a generation of this key in or out of flight.
    pub fn count(&mut self, key: Option<&KeyId>, change: i64) {
        if let Some(key) = key {
            *self.in_flight.entry(key.clone()).or_default() += change;
        }
    }

    /// Moves `amount` between the wallet's balances and writes it down.
    pub(super) fn post(&mut self, owner: &Owner, kind: Kind, amount: Credits, about: About) {
        self.post_between(owner, kind, books_of(kind), amount, about);
    }

    /// The same between books that the kind alone does not tell.
    pub(super) fn post_between(
        &mut self,
        owner: &Owner,
        kind: Kind,
        (source, destination): (Book, Book),
        amount: Credits,
        about: About,
    ) {
        let Some(account) = self.accounts.get_mut(owner) else {
            return;
        };
        if amount.is_zero() {
            return;
        }
        let wallet = &mut account.wallet;
        for (book, sign) in [(source, -1), (destination, 1)] {
            // The operator's side grows when it issues.
            let (balance, sign) = match book {
                Book::Issued => (&mut wallet.issued, -sign),
                Book::Available => (&mut wallet.available, sign),
                Book::Held => (&mut wallet.held, sign),
                Book::Spent => (&mut wallet.spent, sign),
                Book::Expired => (&mut wallet.expired, sign),
            };
            if sign < 0 {
                *balance -= amount;
            } else {
                *balance += amount;
            }
        }
        account.changed = true;
        account.topped_up |= matches!(kind, Kind::Grant | Kind::Purchase);
        self.entries.push(ledger_entry::ActiveModel {
            seq: NotSet,
            id: Set(LedgerEntryId::new(self.now)),
            account_id: Set(owner.account.clone()),
            livemode: Set(owner.livemode),
            kind: Set(kind),
            source: Set(source),
            destination: Set(destination),
            amount: Set(amount),
            available_after: Set(wallet.available),
            held_after: Set(wallet.held),
            generation_id: Set(about.generation),
            batch_id: Set(about.batch),
            purchase_id: Set(about.purchase),
            lot_id: Set(about.lot),
            created_at: Set(self.now),
        });
    }
}

const fn books_of(kind: Kind) -> (Book, Book) {
    match kind {
        Kind::Grant | Kind::Purchase | Kind::Adjust => (Book::Issued, Book::Available),
        Kind::Hold => (Book::Available, Book::Held),
        Kind::Capture => (Book::Held, Book::Spent),
        Kind::Release => (Book::Held, Book::Available),
        Kind::Refund => (Book::Available, Book::Issued),
        Kind::Expire => (Book::Available, Book::Expired),
    }
}

const OWNER: bulk::Columns<'_> = &[("account_id", "TEXT"), ("livemode", "BOOLEAN")];
