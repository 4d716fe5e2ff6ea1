//! What an asker may still spend, as a look without a lock tells: for answers that
//! promise nothing. Whoever is admitted is asked again, under lock.

use std::collections::BTreeSet;

use entity::{Credits, KeyId};
use sea_orm::DbErr;

use super::admit::Refused;
use crate::app::App;
use crate::credits::{InsufficientCredits, Owner, available};
use crate::keys::spend::Spending;

pub struct Means {
    owner: Owner,
    key: Option<KeyId>,
    pub available: Credits,
    spending: Spending,
}

impl Means {
    /// Looks at the balance and at the caps of the key.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn of(app: &App, owner: Owner, key: Option<KeyId>) -> Result<Self, DbErr> {
        let capped: BTreeSet<KeyId> = key.iter().cloned().collect();
        Ok(Self {
            available: available(app.db.read(), &owner).await?,
            spending: Spending::open(app.db.read(), capped, app.now()).await?,
            owner,
            key,
        })
    }

    /// Spends `amount`, if nothing stands against it; else says all that does.
    pub fn spend(&mut self, amount: Credits) -> Vec<Refused> {
        let mut refusals = Vec::new();
        if amount > self.available {
            let short = InsufficientCredits {
                needed: amount,
                available: self.available,
            };
            refusals.push(short.into());
        }
        if let Some(key) = &self.key
            && let Err(cap) = self.spending.check(key, amount)
        {
            refusals.push(Refused::Capped(cap));
        }
        if refusals.is_empty() {
            self.available -= amount;
            if let Some(key) = &self.key {
                self.spending.take(&self.owner, key, amount);
            }
        }
        refusals
    }
}
