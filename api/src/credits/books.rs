//! The books of some accounts, open for the length of one transaction.

use std::collections::BTreeMap;

use entity::ledger_entry::{Book, Kind};
use entity::{
    AccountId, Credits, GenerationId, HoldId, KeyId, LedgerEntryId, LotId, PurchaseId, Timestamp, credit_lot,
    hold, hold_lot, ledger_entry, wallet,
};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::lots::Lots;
use crate::db;

/// Whose wallet: an account in one mode.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    pub account: AccountId,
    pub livemode: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{needed} credits are needed and {available} are available")]
pub struct InsufficientCredits {
    pub needed: Credits,
    pub available: Credits,
}

/// Credits to be issued.
#[derive(Debug, Clone)]
pub struct NewLot {
    pub amount: Credits,
    /// Smaller is spent first.
    pub priority: i32,
    pub purchase: Option<PurchaseId>,
    pub reason: String,
    pub expires_at: Option<Timestamp>,
}

/// A hold that is not settled, with the lots that it took from.
#[derive(Debug, Clone)]
pub struct OpenHold {
    hold: hold::Model,
    parts: Vec<hold_lot::Model>,
}

impl OpenHold {
    #[must_use]
    pub fn amount(&self) -> Credits {
        self.hold.amount
    }
}

struct Account {
    wallet: wallet::Model,
    lots: Lots,
    changed: bool,
}

/// Wallets under lock and the movements that wait to be written.
pub struct Books {
    now: Timestamp,
    accounts: BTreeMap<Owner, Account>,
    entries: Vec<ledger_entry::ActiveModel>,
    new_lots: Vec<credit_lot::ActiveModel>,
    holds: Vec<hold::ActiveModel>,
    parts: Vec<hold_lot::ActiveModel>,
    settled: Vec<(HoldId, Credits, Credits)>,
    in_flight: BTreeMap<KeyId, i64>,
}

/// What an entry refers to.
#[derive(Default)]
struct About {
    generation: Option<GenerationId>,
    purchase: Option<PurchaseId>,
    lot: Option<LotId>,
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
        let owners: Vec<&Owner> = owners.into_iter().collect();
        let wallets = wallet::Entity::find()
            .filter(each(&owners, wallet::Column::AccountId, wallet::Column::Livemode))
            .order_by_asc(wallet::Column::AccountId)
            .order_by_asc(wallet::Column::Livemode)
            .lock_exclusive()
            .all(tx)
            .await?;
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
                    wallet,
                    lots: Lots::default(),
                    changed: false,
                },
            );
        }
        let unspent = credit_lot::Entity::find()
            .filter(each(
                &owners,
                credit_lot::Column::AccountId,
                credit_lot::Column::Livemode,
            ))
            .filter(credit_lot::Column::Remaining.gt(Credits::ZERO))
            .all(tx)
            .await?;
        books.take_in(unspent);
        let open: Vec<Owner> = books.accounts.keys().cloned().collect();
        for owner in open {
            books.expire(&owner, |lot| lot.expires_at.is_some_and(|at| at <= now));
        }
        Ok(books)
    }

    fn take_in(&mut self, lots: Vec<credit_lot::Model>) {
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

    /// The wallet as it stands after the movements so far.
    #[must_use]
    pub fn wallet(&self, owner: &Owner) -> Option<&wallet::Model> {
        self.accounts.get(owner).map(|account| &account.wallet)
    }

    /// A lot that can be spent or was read with a hold.
    #[must_use]
    pub fn lot_of_purchase(&self, owner: &Owner, purchase: &PurchaseId) -> Option<&credit_lot::Model> {
        self.accounts
            .get(owner)?
            .lots
            .iter()
            .find(|lot| lot.purchase_id.as_ref() == Some(purchase))
    }

    /// Counts a generation of this key in or out of flight.
    pub fn count(&mut self, key: Option<&KeyId>, change: i64) {
        if let Some(key) = key {
            *self.in_flight.entry(key.clone()).or_default() += change;
        }
    }

    /// Sets credits aside for a generation.
    ///
    /// # Errors
    /// When the lots that can be spent don't cover the amount; nothing moves then.
    pub fn hold(
        &mut self,
        owner: &Owner,
        generation: &GenerationId,
        amount: Credits,
    ) -> Result<(), InsufficientCredits> {
        let nothing = InsufficientCredits {
            needed: amount,
            available: Credits::ZERO,
        };
        let account = self.accounts.get_mut(owner).ok_or(nothing)?;
        let taken = account
            .lots
            .hold(amount)
            .map_err(|available| InsufficientCredits {
                needed: amount,
                available,
            })?;
        account.wallet.in_flight += 1;
        account.changed = true;
        let id = HoldId::new(self.now);
        self.parts
            .extend(
                taken
                    .into_iter()
                    .zip(0..)
                    .map(|((lot_id, amount), position)| hold_lot::ActiveModel {
                        hold_id: Set(id.clone()),
                        lot_id: Set(lot_id),
                        account_id: Set(owner.account.clone()),
                        amount: Set(amount),
                        position: Set(position),
                    }),
            );
        self.holds.push(hold::ActiveModel {
            id: Set(id),
            account_id: Set(owner.account.clone()),
            livemode: Set(owner.livemode),
            generation_id: Set(generation.clone()),
            amount: Set(amount),
            captured: Set(Credits::ZERO),
            released: Set(Credits::ZERO),
            created_at: Set(self.now),
            settled_at: Set(None),
        });
        self.post(
            owner,
            Kind::Hold,
            amount,
            About {
                generation: Some(generation.clone()),
                ..About::default()
            },
        );
        Ok(())
    }

    /// Reads a generation's hold, if it is not settled, with its lots.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn find_hold(
        &mut self,
        tx: &impl ConnectionTrait,
        generation: &GenerationId,
    ) -> Result<Option<OpenHold>, DbErr> {
        let hold = hold::Entity::find()
            .filter(hold::Column::GenerationId.eq(generation.clone()))
            .filter(hold::Column::SettledAt.is_null())
            .one(tx)
            .await?;
        let Some(hold) = hold else { return Ok(None) };
        let parts = hold_lot::Entity::find()
            .filter(hold_lot::Column::HoldId.eq(hold.id.clone()))
            .order_by_asc(hold_lot::Column::Position)
            .all(tx)
            .await?;
        let ids = parts.iter().map(|part| part.lot_id.clone());
        let lots = credit_lot::Entity::find()
            .filter(credit_lot::Column::Id.is_in(ids))
            .all(tx)
            .await?;
        self.take_in(lots);
        Ok(Some(OpenHold { hold, parts }))
    }

    /// Captures what was used of a hold and releases the rest.
    ///
    /// # Panics
    /// When more is captured than was held.
    pub fn settle(&mut self, open: OpenHold, captured: Credits) {
        let OpenHold { hold, parts } = open;
        assert!(
            captured <= hold.amount && captured >= Credits::ZERO,
            "a capture is part of its hold"
        );
        let owner = Owner {
            account: hold.account_id,
            livemode: hold.livemode,
        };
        let Some(account) = self.accounts.get_mut(&owner) else {
            return;
        };
        let mut left = captured;
        for part in &parts {
            let used = left.min(part.amount);
            account.lots.settle(&part.lot_id, part.amount, used);
            left -= used;
        }
        account.wallet.in_flight -= 1;
        account.changed = true;
        let released = hold.amount - captured;
        let about = || About {
            generation: Some(hold.generation_id.clone()),
            ..About::default()
        };
        self.post(&owner, Kind::Capture, captured, about());
        self.post(&owner, Kind::Release, released, about());
        self.settled.push((hold.id, captured, released));
        // What came back to a lot past its time goes the way of the lot.
        let now = self.now;
        self.expire(&owner, |lot| lot.expires_at.is_some_and(|at| at <= now));
    }

    /// Issues credits.
    pub fn grant(&mut self, owner: &Owner, new: NewLot) {
        let id = LotId::new(self.now);
        let (source, kind) = match new.purchase {
            Some(_) => (credit_lot::Source::Purchase, Kind::Purchase),
            None => (credit_lot::Source::Grant, Kind::Grant),
        };
        self.new_lots.push(credit_lot::ActiveModel {
            id: Set(id.clone()),
            account_id: Set(owner.account.clone()),
            livemode: Set(owner.livemode),
            source: Set(source),
            priority: Set(new.priority),
            granted: Set(new.amount),
            remaining: Set(new.amount),
            held: Set(Credits::ZERO),
            spent: Set(Credits::ZERO),
            expired: Set(Credits::ZERO),
            refunded: Set(Credits::ZERO),
            purchase_id: Set(new.purchase.clone()),
            reason: Set(new.reason),
            created_at: Set(self.now),
            expires_at: Set(new.expires_at),
        });
        self.post(
            owner,
            kind,
            new.amount,
            About {
                purchase: new.purchase,
                lot: Some(id),
                ..About::default()
            },
        );
    }

    /// Takes back what is left of a purchase's credits, and says how much it was.
    pub fn take_back(&mut self, owner: &Owner, purchase: &PurchaseId) -> Credits {
        let Some(lot) = self.lot_of_purchase(owner, purchase).map(|lot| lot.id.clone()) else {
            return Credits::ZERO;
        };
        let Some(account) = self.accounts.get_mut(owner) else {
            return Credits::ZERO;
        };
        let amount = account.lots.refund(&lot);
        let about = About {
            purchase: Some(purchase.clone()),
            lot: Some(lot),
            ..About::default()
        };
        self.post(owner, Kind::Refund, amount, about);
        amount
    }

    /// Takes back what is left of a purchase's credits for good: what a hold still
    /// keeps of them expires as soon as it is released.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn revoke(
        &mut self,
        tx: &impl ConnectionTrait,
        owner: &Owner,
        purchase: &PurchaseId,
    ) -> Result<Credits, DbErr> {
        credit_lot::Entity::update_many()
            .col_expr(credit_lot::Column::ExpiresAt, Expr::value(self.now))
            .filter(credit_lot::Column::PurchaseId.eq(purchase.clone()))
            .filter(credit_lot::Column::Held.gt(Credits::ZERO))
            .exec(tx)
            .await?;
        Ok(self.take_back(owner, purchase))
    }

    /// Gives back credits of a purchase that were taken for a refund which failed.
    pub fn restore(&mut self, owner: &Owner, lot: credit_lot::Model, amount: Credits) {
        let Some(account) = self.accounts.get_mut(owner) else {
            return;
        };
        let (id, purchase) = (lot.id.clone(), lot.purchase_id.clone());
        account.lots.insert(lot);
        account.lots.restore(&id, amount);
        self.post(
            owner,
            Kind::Adjust,
            amount,
            About {
                purchase,
                lot: Some(id),
                ..About::default()
            },
        );
    }

    /// Expires what is left of the lots that `which` picks.
    pub fn expire(&mut self, owner: &Owner, which: impl Fn(&credit_lot::Model) -> bool) {
        let Some(account) = self.accounts.get_mut(owner) else {
            return;
        };
        for (lot, amount) in account.lots.expire(which) {
            self.post(
                owner,
                Kind::Expire,
                amount,
                About {
                    lot: Some(lot),
                    ..About::default()
                },
            );
        }
    }

    /// Moves `amount` between the wallet's balances and writes it down.
    fn post(&mut self, owner: &Owner, kind: Kind, amount: Credits, about: About) {
        let Some(account) = self.accounts.get_mut(owner) else {
            return;
        };
        if amount.is_zero() {
            return;
        }
        let (source, destination) = books_of(kind);
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
            purchase_id: Set(about.purchase),
            lot_id: Set(about.lot),
            created_at: Set(self.now),
        });
    }

    /// Writes everything. The generations of new holds must exist by now.
    ///
    /// # Errors
    /// What the database answers; it checks every balance once more.
    pub async fn close(self, tx: &impl ConnectionTrait) -> Result<(), DbErr> {
        let now = self.now;
        let mut wallets = Vec::new();
        let mut lots = Vec::new();
        for account in self.accounts.into_values().filter(|account| account.changed) {
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
        db::update_each(tx, WALLET, wallets, UPDATE_WALLET).await?;
        if !self.new_lots.is_empty() {
            credit_lot::Entity::insert_many(self.new_lots)
                .exec_without_returning(tx)
                .await?;
        }
        db::update_each(tx, LOT, lots, UPDATE_LOT).await?;
        if !self.holds.is_empty() {
            hold::Entity::insert_many(self.holds)
                .exec_without_returning(tx)
                .await?;
        }
        if !self.parts.is_empty() {
            hold_lot::Entity::insert_many(self.parts)
                .exec_without_returning(tx)
                .await?;
        }
        let settled = self
            .settled
            .into_iter()
            .map(|(id, captured, released)| vec![id.into(), captured.into(), released.into(), now.into()]);
        db::update_each(tx, HOLD, settled.collect(), UPDATE_HOLD).await?;
        if !self.entries.is_empty() {
            ledger_entry::Entity::insert_many(self.entries)
                .exec_without_returning(tx)
                .await?;
        }
        let keys = self.in_flight.into_iter().filter(|(_, change)| *change != 0);
        let keys = keys.map(|(key, change)| vec![key.into(), change.into()]);
        db::update_each(tx, KEY, keys.collect(), UPDATE_KEY).await?;
        Ok(())
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

const WALLET: &[(&str, &str)] = &[
    ("account_id", "TEXT"),
    ("livemode", "BOOLEAN"),
    ("issued", "BIGINT"),
    ("available", "BIGINT"),
    ("held", "BIGINT"),
    ("spent", "BIGINT"),
    ("expired", "BIGINT"),
    ("in_flight", "BIGINT"),
    ("updated_at", "BIGINT"),
];
const UPDATE_WALLET: &str = "UPDATE wallet SET issued = v.issued, available = v.available, held = v.held,
    spent = v.spent, expired = v.expired, in_flight = v.in_flight, updated_at = v.updated_at
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

/// The rows of any of the owners.
fn each<C: sea_orm::ColumnTrait>(owners: &[&Owner], account: C, livemode: C) -> Condition {
    owners.iter().fold(Condition::any(), |any, owner| {
        any.add(
            Condition::all()
                .add(account.eq(owner.account.clone()))
                .add(livemode.eq(owner.livemode)),
        )
    })
}
