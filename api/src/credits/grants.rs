//! Credits come into being and go: granted, bought, taken, expired.

use entity::ledger_entry::{Book, Kind};
use entity::{Credits, LotId, PurchaseId, Timestamp, credit_lot};
use sea_orm::ActiveValue::Set;

use super::books::{About, Books, Owner};
use super::holds::InsufficientCredits;

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

impl Books {
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
            frozen_at: Set(None),
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

    /// Takes away credits that could be spent.
    ///
    /// # Errors
    /// When there are fewer; then nothing is taken.
    pub fn take(&mut self, owner: &Owner, amount: Credits) -> Result<(), InsufficientCredits> {
        let Some(account) = self.accounts.get_mut(owner) else {
            return Err(InsufficientCredits {
                needed: amount,
                available: Credits::ZERO,
            });
        };
        let taken = account
            .lots
            .take(amount)
            .map_err(|available| InsufficientCredits {
                needed: amount,
                available,
            })?;
        for (lot, part) in taken {
            let about = About {
                lot: Some(lot),
                ..About::default()
            };
            self.post_between(owner, Kind::Adjust, (Book::Available, Book::Issued), part, about);
        }
        Ok(())
    }

    /// Expires what is left of the lots that `which` picks; says how many it were.
    pub fn expire(&mut self, owner: &Owner, which: impl Fn(&credit_lot::Model) -> bool) -> usize {
        let Some(account) = self.accounts.get_mut(owner) else {
            return 0;
        };
        let expired = account.lots.expire(which);
        let count = expired.len();
        for (lot, amount) in expired {
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
        count
    }
}
