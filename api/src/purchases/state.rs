//! What announcements do to a purchase. Pure.
//!
//! Processors deliver in any order, so a purchase stands where all that was
//! announced puts it, whichever came first. Money that came is never lost: a
//! payment after a failure still counts. Money that went is never counted: a
//! payment that is announced after its own refund or dispute grants nothing.

use std::collections::BTreeMap;

use entity::purchase::Status;

use crate::payments::Announced;

/// All that was announced of a purchase so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    paid: bool,
    failed: bool,
    expired: bool,
    refunded: bool,
    /// A dispute is open.
    disputed: bool,
    won: bool,
    lost: bool,
}

impl Told {
    /// Gathers announcements, those of a dispute with the processor's id of it: once
    /// it is settled, it is not opened by a word that comes late.
    pub fn of<D: Ord>(announced: impl IntoIterator<Item = (Announced, D)>) -> Self {
        let mut told = Self::default();
        let mut settled = BTreeMap::new();
        for (announced, dispute) in announced {
            match announced {
                Announced::Paid => told.paid = true,
                Announced::Pending => {}
                Announced::Failed => told.failed = true,
                Announced::Expired => told.expired = true,
                Announced::Refunded => told.refunded = true,
                Announced::Disputed => {
                    settled.entry(dispute).or_insert(false);
                }
                Announced::DisputeWon => {
                    told.won = true;
                    settled.insert(dispute, true);
                }
                Announced::DisputeLost => told.lost = true,
            }
        }
        told.disputed = settled.values().any(|settled| !settled);
        told
    }
}

/// What becomes of the credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// All that it brings, or what was taken back of it.
    Give,
    /// What is left of them goes.
    TakeBack,
    /// There are none: the money goes back.
    Return,
    Nothing,
}

/// Where a purchase goes and what that does; `None` when it stays as it is.
pub fn after(status: Status, told: Told) -> Option<(Status, Effect)> {
    let next = stands(status, told);
    let effect = match next {
        Status::Paid => Effect::Give,
        Status::Refunded | Status::Disputed | Status::ChargedBack => Effect::TakeBack,
        _ => Effect::Nothing,
    };
    (next != status).then_some((next, effect))
}

const fn stands(status: Status, told: Told) -> Status {
    match status {
        Status::ChargedBack => Status::ChargedBack,
        _ if told.lost => Status::ChargedBack,
        Status::Refunded => Status::Refunded,
        _ if told.refunded => Status::Refunded,
        _ if told.disputed => Status::Disputed,
        Status::Refunding => Status::Refunding,
        Status::Paid | Status::Disputed => Status::Paid,
        _ if told.paid || told.won => Status::Paid,
        _ if told.expired => Status::Expired,
        Status::Pending if told.failed => Status::Failed,
        unpaid => unpaid,
    }
}

/// The same for a buyer who may have been erased since: money that comes then buys
/// nobody anything, and goes back.
pub const fn for_buyer(status: Status, moves: (Status, Effect), is_there: bool) -> (Status, Effect) {
    match (status, moves) {
        (Status::Pending | Status::Failed | Status::Expired, (Status::Paid, Effect::Give)) if !is_there => {
            (Status::Refunding, Effect::Return)
        }
        (_, moves) => moves,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All that can be announced, of two disputes.
    const ALL: [(Announced, u8); 10] = [
        (Announced::Paid, 0),
        (Announced::Pending, 0),
        (Announced::Failed, 0),
        (Announced::Expired, 0),
        (Announced::Refunded, 0),
        (Announced::Disputed, 1),
        (Announced::DisputeWon, 1),
        (Announced::DisputeLost, 1),
        (Announced::Disputed, 2),
        (Announced::DisputeWon, 2),
    ];

    /// Acts on announcements in order; says whether the credits are with the buyer.
    fn run(story: &[(Announced, u8)]) -> (Status, bool) {
        let mut stands = (Status::Pending, false);
        for upto in 1..=story.len() {
            let told = Told::of(story.iter().take(upto).copied());
            let Some((next, effect)) = after(stands.0, told) else {
                continue;
            };
            let given = match effect {
                Effect::Give => {
                    assert!(!stands.1, "given twice: {story:?}");
                    true
                }
                Effect::TakeBack => false,
                Effect::Return | Effect::Nothing => stands.1,
            };
            stands = (next, given);
        }
        stands
    }

    fn told_once(story: &[(Announced, u8)], announced: Announced) -> bool {
        story.iter().any(|(one, _)| *one == announced)
    }

    #[test]
    fn the_order_in_which_it_is_told_changes_nothing() {
        for a in ALL {
            for b in ALL {
                for c in ALL {
                    for d in ALL {
                        let story = [a, b, c, d];
                        let mut sorted = story;
                        sorted.sort_by_key(|one| ALL.iter().position(|other| other == one));
                        let (status, given) = run(&story);
                        assert_eq!((status, given), run(&sorted), "{story:?}");
                        assert_eq!(given, status == Status::Paid, "{story:?}");
                        if told_once(&story, Announced::DisputeLost) {
                            assert_eq!(status, Status::ChargedBack, "{story:?}");
                        } else if told_once(&story, Announced::Refunded) {
                            assert_eq!(status, Status::Refunded, "{story:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_payment_outweighs_a_failure_whichever_came_first() {
        for unpaid in [Announced::Failed, Announced::Expired] {
            assert_eq!(run(&[(unpaid, 0), (Announced::Paid, 0)]), (Status::Paid, true));
            assert_eq!(run(&[(Announced::Paid, 0), (unpaid, 0)]), (Status::Paid, true));
        }
        assert_eq!(run(&[(Announced::Pending, 0)]), (Status::Pending, false));
    }

    #[test]
    fn a_dispute_that_was_won_does_not_open_again_but_another_may() {
        let story = [
            (Announced::Paid, 0),
            (Announced::DisputeWon, 1),
            (Announced::Disputed, 1),
            (Announced::Disputed, 2),
        ];
        assert_eq!(run(&story[..3]), (Status::Paid, true));
        assert_eq!(run(&story), (Status::Disputed, false));
    }

    #[test]
    fn a_refund_under_way_ends_as_the_processor_says() {
        let told = |announced| Told::of([(Announced::Paid, 0), (announced, 0)]);
        assert_eq!(
            after(Status::Refunding, told(Announced::Refunded)),
            Some((Status::Refunded, Effect::TakeBack))
        );
        assert_eq!(after(Status::Refunding, told(Announced::Paid)), None);
        assert_eq!(after(Status::Refunded, told(Announced::Disputed)), None);
    }
}
