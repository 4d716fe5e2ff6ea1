//! Holds: credits set aside when a generation is admitted, settled once.

use std::collections::{BTreeSet, HashMap};

use entity::ledger_entry::Kind;
use entity::{BatchId, Credits, GenerationId, HoldId, KeyId, LotId, credit_lot, hold, hold_lot};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr};

use super::books::{About, Books, Owner};
use crate::bulk;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{needed} credits are needed and {available} are available")]
pub struct InsufficientCredits {
    pub needed: Credits,
    pub available: Credits,
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

impl Books {
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
        self.reserve(owner, generation, amount)?;
        if let Some(account) = self.accounts.get_mut(owner) {
            account.wallet.in_flight += 1;
        }
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

    /// Sets credits aside for all generations of a batch in one movement: either
    /// each is covered or nothing moves.
    ///
    /// # Errors
    /// When the lots that can be spent don't cover the sum.
    pub fn hold_all(
        &mut self,
        owner: &Owner,
        batch: &BatchId,
        items: &[(GenerationId, Credits)],
    ) -> Result<(), InsufficientCredits> {
        let needed = items.iter().map(|(_, amount)| *amount).sum();
        let available = self
            .accounts
            .get(owner)
            .map_or(Credits::ZERO, |account| account.wallet.available);
        if available < needed {
            return Err(InsufficientCredits { needed, available });
        }
        for (generation, amount) in items {
            self.reserve(owner, generation, *amount)?;
        }
        self.post(
            owner,
            Kind::Hold,
            needed,
            About {
                batch: Some(batch.clone()),
                ..About::default()
            },
        );
        Ok(())
    }

    /// Counts generations of a batch as under way, which waited for room until now.
    pub fn let_in(&mut self, owner: &Owner, key: Option<&KeyId>, count: i64) {
        if let Some(account) = self.accounts.get_mut(owner) {
            account.wallet.in_flight += count;
            account.changed = true;
        }
        self.count(key, count);
    }

    /// Takes a generation's credits out of the lots, without an entry.
    fn reserve(
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
        Ok(())
    }

    /// Reads the holds of generations that are not settled, with their lots.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn find_holds(
        &mut self,
        tx: &impl ConnectionTrait,
        generations: Vec<GenerationId>,
    ) -> Result<HashMap<GenerationId, OpenHold>, DbErr> {
        let ids = generations.into_iter().map(|id| vec![id.into()]).collect();
        let open = "AND hold.settled_at IS NULL";
        let holds = bulk::find::<hold::Entity>(tx, &[("generation_id", "TEXT")], ids, open).await?;
        let ids = holds.iter().map(|hold| vec![hold.id.clone().into()]).collect();
        let in_order = "ORDER BY hold_lot.position";
        let parts = bulk::find::<hold_lot::Entity>(tx, &[("hold_id", "TEXT")], ids, in_order).await?;
        // Those with something left were read when the books were opened.
        let unread: BTreeSet<&LotId> = parts
            .iter()
            .map(|part| &part.lot_id)
            .filter(|id| !self.has_read(id))
            .collect();
        let unread = unread.into_iter().map(|id| vec![id.clone().into()]).collect();
        let lots = bulk::find::<credit_lot::Entity>(tx, &[("id", "TEXT")], unread, "").await?;
        self.take_in(lots);
        let mut parts_of: HashMap<HoldId, Vec<hold_lot::Model>> = HashMap::new();
        for part in parts {
            parts_of.entry(part.hold_id.clone()).or_default().push(part);
        }
        let open = holds.into_iter().map(|hold| {
            let parts = parts_of.remove(&hold.id).unwrap_or_default();
            (hold.generation_id.clone(), OpenHold { hold, parts })
        });
        Ok(open.collect())
    }

    /// Captures what was used of a hold and releases the rest. What was `counted` is no
    /// longer under way; one of a batch that waited for room was not.
    ///
    /// # Panics
    /// When more is captured than was held.
    pub fn settle(&mut self, open: OpenHold, captured: Credits, counted: bool) {
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
        account.wallet.in_flight -= i64::from(counted);
        account.changed = true;
        let released = hold.amount - captured;
        let about = || About {
            generation: Some(hold.generation_id.clone()),
            ..About::default()
        };
        self.post(&owner, Kind::Capture, captured, about());
        self.post(&owner, Kind::Release, released, about());
        self.settled.push((hold.id, captured, released));
        // What came back to a lot that is frozen or past its time goes the way of the lot.
        self.take_back_frozen(&owner);
        let now = self.now;
        self.expire(&owner, |lot| lot.expires_at.is_some_and(|at| at <= now));
    }
}
