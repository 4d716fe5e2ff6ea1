//! The lots of one account, in the order in which they are spent. Pure.

use std::collections::{BTreeMap, BTreeSet};

use entity::{Credits, LotId, Timestamp, credit_lot};

#[derive(Default)]
pub struct Lots {
    by_id: BTreeMap<LotId, credit_lot::Model>,
    changed: BTreeSet<LotId>,
}

impl Lots {
    /// Takes a lot in as it was read; one that is known stays as it is.
    pub fn insert(&mut self, lot: credit_lot::Model) {
        self.by_id.entry(lot.id.clone()).or_insert(lot);
    }

    pub fn get(&self, id: &LotId) -> Option<&credit_lot::Model> {
        self.by_id.get(id)
    }

    pub fn contains(&self, id: &LotId) -> bool {
        self.by_id.contains_key(id)
    }

    /// The lots that a movement touched.
    pub fn into_changed(mut self) -> impl Iterator<Item = credit_lot::Model> {
        self.changed
            .into_iter()
            .filter_map(move |id| self.by_id.remove(&id))
    }

    fn change(&mut self, id: &LotId, change: impl FnOnce(&mut credit_lot::Model)) {
        if let Some(lot) = self.by_id.get_mut(id) {
            change(lot);
            self.changed.insert(id.clone());
        }
    }

    /// Where `amount` comes from: by priority, then by expiry, then by age; or what
    /// is available, when that is less.
    fn choose(&self, amount: Credits) -> Result<Vec<(LotId, Credits)>, Credits> {
        let mut order: Vec<&credit_lot::Model> = self
            .by_id
            .values()
            .filter(|lot| lot.remaining.is_positive())
            .collect();
        let available: Credits = order.iter().map(|lot| lot.remaining).sum();
        if available < amount {
            return Err(available);
        }
        let never = Timestamp::from_micros(i64::MAX);
        order.sort_by_key(|lot| (lot.priority, lot.expires_at.unwrap_or(never), lot.id.clone()));
        let mut left = amount;
        let mut taken = Vec::new();
        for lot in order {
            if left.is_zero() {
                break;
            }
            let part = left.min(lot.remaining);
            taken.push((lot.id.clone(), part));
            left -= part;
        }
        Ok(taken)
    }

    /// Sets `amount` aside, and says what came from where.
    ///
    /// # Errors
    /// What is available, when that is less.
    pub fn hold(&mut self, amount: Credits) -> Result<Vec<(LotId, Credits)>, Credits> {
        let taken = self.choose(amount)?;
        for (id, part) in &taken {
            self.change(id, |lot| {
                lot.remaining -= *part;
                lot.held += *part;
            });
        }
        Ok(taken)
    }

    /// Ends a hold of `amount` in a lot, of which `used` is spent.
    pub fn settle(&mut self, id: &LotId, amount: Credits, used: Credits) {
        self.change(id, |lot| {
            lot.held -= amount;
            lot.spent += used;
            lot.remaining += amount - used;
        });
    }

    /// Takes `amount` back, from the lots that would be spent first, and says what
    /// came from where.
    ///
    /// # Errors
    /// What is available, when that is less.
    pub fn take(&mut self, amount: Credits) -> Result<Vec<(LotId, Credits)>, Credits> {
        let taken = self.choose(amount)?;
        for (id, part) in &taken {
            self.change(id, |lot| {
                lot.remaining -= *part;
                lot.refunded += *part;
            });
        }
        Ok(taken)
    }

    /// Takes back all that is left of a lot.
    pub fn refund(&mut self, id: &LotId) -> Credits {
        let mut amount = Credits::ZERO;
        self.change(id, |lot| {
            amount = std::mem::take(&mut lot.remaining);
            lot.refunded += amount;
        });
        amount
    }

    /// Lets nothing of a lot be spent; one that is frozen stays so.
    pub fn freeze(&mut self, id: &LotId, now: Timestamp) {
        self.change(id, |lot| lot.frozen_at = lot.frozen_at.or(Some(now)));
    }

    /// The frozen lots in which there is something, as a hold was released.
    pub fn frozen(&self) -> Vec<LotId> {
        let frozen = self
            .by_id
            .values()
            .filter(|lot| lot.frozen_at.is_some() && lot.remaining.is_positive());
        frozen.map(|lot| lot.id.clone()).collect()
    }

    /// Gives back `amount` of what was taken. The time for which a lot was frozen is
    /// added to its life.
    pub fn thaw(&mut self, id: &LotId, amount: Credits, now: Timestamp) {
        self.change(id, |lot| {
            lot.refunded -= amount;
            lot.remaining += amount;
            if let Some(since) = lot.frozen_at.take() {
                lot.expires_at = lot.expires_at.map(|at| at.plus(now.since(since)));
            }
        });
    }

    /// Expires what is left of the lots that `which` picks.
    pub fn expire(&mut self, which: impl Fn(&credit_lot::Model) -> bool) -> Vec<(LotId, Credits)> {
        let due = self
            .by_id
            .values()
            .filter(|lot| lot.remaining.is_positive() && which(lot));
        let due: Vec<(LotId, Credits)> = due.map(|lot| (lot.id.clone(), lot.remaining)).collect();
        for (id, amount) in &due {
            self.change(id, |lot| {
                lot.remaining -= *amount;
                lot.expired += *amount;
            });
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use entity::AccountId;
    use entity::credit_lot::Source;

    use super::*;

    const START: Timestamp = Timestamp::from_micros(1_000_000);

    fn lot(remaining: i64, priority: i32, expires_at: Option<i64>) -> credit_lot::Model {
        credit_lot::Model {
            id: LotId::new(START),
            account_id: AccountId::new(START),
            livemode: false,
            source: Source::Grant,
            priority,
            granted: Credits::from_micro(remaining),
            remaining: Credits::from_micro(remaining),
            held: Credits::ZERO,
            spent: Credits::ZERO,
            expired: Credits::ZERO,
            refunded: Credits::ZERO,
            purchase_id: None,
            reason: String::new(),
            created_at: START,
            expires_at: expires_at.map(Timestamp::from_micros),
            frozen_at: None,
        }
    }

    fn lots(all: &[credit_lot::Model]) -> Lots {
        let mut lots = Lots::default();
        all.iter().cloned().for_each(|lot| lots.insert(lot));
        lots
    }

    #[test]
    fn lots_are_spent_by_priority_then_expiry() {
        let [last, never, soon, first] = [
            lot(10, 2, Some(1)),
            lot(10, 1, None),
            lot(10, 1, Some(5)),
            lot(10, 0, None),
        ];
        let mut lots = lots(&[last.clone(), never.clone(), soon.clone(), first.clone()]);
        let taken = lots.hold(Credits::from_micro(35)).unwrap();
        let expected = [(first, 10), (soon, 10), (never, 10), (last, 5)];
        assert_eq!(
            taken,
            expected.map(|(lot, amount)| (lot.id, Credits::from_micro(amount)))
        );
    }

    #[test]
    fn a_hold_beyond_what_is_left_moves_nothing() {
        let mut lots = lots(&[lot(10, 0, None), lot(5, 0, None)]);
        assert_eq!(lots.hold(Credits::from_micro(16)), Err(Credits::from_micro(15)));
        assert_eq!(lots.into_changed().count(), 0);
    }

    #[test]
    fn what_is_taken_goes_from_the_lots_that_are_spent_first() {
        let (first, second) = (lot(10, 0, None), lot(10, 1, None));
        let mut both = lots(&[second.clone(), first.clone()]);
        assert_eq!(both.take(Credits::from_micro(21)), Err(Credits::from_micro(20)));
        let taken = both.take(Credits::from_micro(13)).unwrap();
        assert_eq!(
            taken,
            [
                (first.id, Credits::from_micro(10)),
                (second.id, Credits::from_micro(3))
            ]
        );
    }

    #[test]
    fn the_time_for_which_a_lot_was_frozen_is_added_to_its_life() {
        let one = lot(10, 0, Some(5_000_000));
        let mut lots = lots(std::slice::from_ref(&one));
        lots.freeze(&one.id, START);
        lots.freeze(&one.id, Timestamp::from_micros(2_000_000));
        assert_eq!(lots.frozen(), std::slice::from_ref(&one.id));
        assert_eq!(lots.refund(&one.id), Credits::from_micro(10));
        assert!(lots.frozen().is_empty());
        lots.thaw(
            &one.id,
            Credits::from_micro(10),
            Timestamp::from_micros(4_000_000),
        );
        let lot = lots.into_changed().next().unwrap();
        assert_eq!((lot.remaining, lot.frozen_at), (Credits::from_micro(10), None));
        assert_eq!(lot.expires_at, Some(Timestamp::from_micros(8_000_000)));
    }

    #[test]
    fn whatever_happens_to_a_lot_it_adds_up() {
        let one = lot(10, 0, None);
        let mut lots = lots(std::slice::from_ref(&one));
        lots.hold(Credits::from_micro(7)).unwrap();
        lots.settle(&one.id, Credits::from_micro(7), Credits::from_micro(4));
        assert_eq!(lots.refund(&one.id), Credits::from_micro(6));
        lots.thaw(&one.id, Credits::from_micro(2), START);
        lots.expire(|_| true);
        let lot = lots.into_changed().next().unwrap();
        let parts = [lot.remaining, lot.held, lot.spent, lot.expired, lot.refunded].map(Credits::micro);
        assert_eq!(parts, [0, 0, 4, 2, 4]);
    }
}
