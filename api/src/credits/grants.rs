//! Credits come into being and go: granted, bought, refunded, expired.

use entity::ledger_entry::{Book, Kind};
use entity::{Credits, LotId, PurchaseId, Timestamp, credit_lot};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};

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
