//! A purchase whose money goes back or is in dispute: what is left of its credits is
//! taken back, and given again when the payment stands.

use entity::ledger_entry::Kind;
use entity::{Credits, PurchaseId, credit_lot};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::books::{About, Books, Owner};
use crate::db;

impl Books {
    /// Takes back what is left of a purchase's credits. What a hold still keeps of them
    /// is taken back as soon as it is released. One of which nothing was granted has
    /// nothing to lose.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn freeze(
        &mut self,
        tx: &impl ConnectionTrait,
        owner: &Owner,
        purchase: &PurchaseId,
    ) -> Result<(), DbErr> {
        let Some(lot) = self.lot_of_purchase(tx, owner, purchase).await? else {
            return Ok(());
        };
        let now = self.now;
        if let Some(account) = self.accounts.get_mut(owner) {
            account.lots.freeze(&lot.id, now);
            account.changed = true;
        }
        self.take_back_frozen(owner);
        Ok(())
    }

    /// Gives back what was taken of a purchase's credits. `false`: nothing of it was
    /// ever granted.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn thaw(
        &mut self,
        tx: &impl ConnectionTrait,
        owner: &Owner,
        purchase: &PurchaseId,
    ) -> Result<bool, DbErr> {
        let Some(lot) = self.lot_of_purchase(tx, owner, purchase).await? else {
            return Ok(false);
        };
        let taken = taken(tx, purchase).await?;
        let now = self.now;
        if let Some(account) = self.accounts.get_mut(owner) {
            account.lots.thaw(&lot.id, taken, now);
            account.changed = true;
        }
        let about = About {
            purchase: Some(purchase.clone()),
            lot: Some(lot.id),
            ..About::default()
        };
        self.post(owner, Kind::Adjust, taken, about);
        Ok(true)
    }

    /// Takes back what holds released to frozen lots.
    pub(super) fn take_back_frozen(&mut self, owner: &Owner) {
        let Some(account) = self.accounts.get_mut(owner) else {
            return;
        };
        let taken: Vec<(Credits, About)> = account
            .lots
            .frozen()
            .into_iter()
            .map(|lot| {
                let purchase = account.lots.get(&lot).and_then(|lot| lot.purchase_id.clone());
                let about = About {
                    purchase,
                    lot: Some(lot.clone()),
                    ..About::default()
                };
                (account.lots.refund(&lot), about)
            })
            .collect();
        for (amount, about) in taken {
            self.post(owner, Kind::Refund, amount, about);
        }
    }

    /// The lot of a purchase as it stands after the movements so far.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn lot_of_purchase(
        &mut self,
        tx: &impl ConnectionTrait,
        owner: &Owner,
        purchase: &PurchaseId,
    ) -> Result<Option<credit_lot::Model>, DbErr> {
        let lot = credit_lot::Entity::find()
            .filter(credit_lot::Column::PurchaseId.eq(purchase.clone()))
            .one(tx)
            .await?;
        let Some(lot) = lot else { return Ok(None) };
        let id = lot.id.clone();
        self.take_in(vec![lot]);
        let account = self.accounts.get(owner);
        Ok(account.and_then(|account| account.lots.get(&id)).cloned())
    }
}

/// What was taken back of a purchase's credits and not given again. The lot's own sum
/// also has what staff took from it.
async fn taken(tx: &impl ConnectionTrait, purchase: &PurchaseId) -> Result<Credits, DbErr> {
    let sql = "SELECT CAST(COALESCE(SUM(CASE kind WHEN 'refund' THEN amount WHEN 'adjust' THEN -amount ELSE 0 END), 0)
            AS BIGINT) AS taken
        FROM ledger_entry WHERE purchase_id = $1";
    let row = tx
        .query_one_raw(db::statement(tx, sql, vec![purchase.clone().into()]))
        .await?;
    row.map_or(Ok(Credits::ZERO), |row| row.try_get("", "taken"))
}
