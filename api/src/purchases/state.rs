//! What an announcement does to a purchase. Pure.
//!
//! Processors deliver in any order. Money that came is never lost: a payment
//! after a failure still counts. Money that went is never counted: a payment
//! that is announced after its own refund or dispute grants nothing.

use entity::purchase::Status;

use crate::payments::Announced;

/// What becomes of the credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Grant,
    /// What is left of them goes.
    TakeBack,
    /// There are none: the money goes back.
    Return,
    Nothing,
}

/// Where a purchase goes and what that does; `None` when it stays as it is.
pub const fn after(status: Status, announced: Announced) -> Option<(Status, Effect)> {
    use Status::{Disputed, Failed, Paid, Pending, Refunded, Refunding};
    match (announced, status) {
        (Announced::Paid, Pending | Failed) => Some((Paid, Effect::Grant)),
        (Announced::Failed, Pending) => Some((Failed, Effect::Nothing)),
        (Announced::Refunded, Pending | Failed) => Some((Refunded, Effect::Nothing)),
        (Announced::Refunded, Paid | Refunding | Disputed) => Some((Refunded, Effect::TakeBack)),
        (Announced::Disputed, Pending | Failed) => Some((Disputed, Effect::Nothing)),
        (Announced::Disputed, Paid | Refunding) => Some((Disputed, Effect::TakeBack)),
        _ => None,
    }
}

/// The same for a buyer who may have been erased since: money that comes then buys
/// nobody anything, and goes back.
pub const fn for_buyer(moves: (Status, Effect), is_there: bool) -> (Status, Effect) {
    match moves {
        (Status::Paid, Effect::Grant) if !is_there => (Status::Refunding, Effect::Return),
        moves => moves,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Announced; 5] = [
        Announced::Paid,
        Announced::Pending,
        Announced::Failed,
        Announced::Refunded,
        Announced::Disputed,
    ];

    /// Applies announcements in order; says how often credits were granted.
    fn run(announced: &[Announced]) -> (Status, usize) {
        announced
            .iter()
            .fold((Status::Pending, 0), |(status, grants), announced| {
                match after(status, *announced) {
                    Some((next, effect)) => (next, grants + usize::from(effect == Effect::Grant)),
                    None => (status, grants),
                }
            })
    }

    #[test]
    fn no_order_grants_twice_and_no_refund_is_followed_by_a_grant() {
        for a in ALL {
            for b in ALL {
                for c in ALL {
                    for d in ALL {
                        let story = [a, b, c, d];
                        let (status, grants) = run(&story);
                        let paid = story.iter().position(|one| *one == Announced::Paid);
                        let gone = story
                            .iter()
                            .position(|one| matches!(one, Announced::Refunded | Announced::Disputed));
                        let expected = match (paid, gone) {
                            (Some(paid), Some(gone)) => paid < gone,
                            (Some(_), None) => true,
                            (None, _) => false,
                        };
                        assert_eq!(grants, usize::from(expected), "{story:?}");
                        if gone.is_some() {
                            assert!(matches!(status, Status::Refunded | Status::Disputed), "{story:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_payment_outweighs_a_failure_whichever_came_first() {
        assert_eq!(run(&[Announced::Failed, Announced::Paid]), (Status::Paid, 1));
        assert_eq!(run(&[Announced::Paid, Announced::Failed]), (Status::Paid, 1));
        assert_eq!(run(&[Announced::Pending]), (Status::Pending, 0));
    }

    #[test]
    fn a_refund_under_way_ends_as_the_processor_says() {
        assert_eq!(
            after(Status::Refunding, Announced::Refunded),
            Some((Status::Refunded, Effect::TakeBack))
        );
        assert_eq!(after(Status::Refunding, Announced::Paid), None);
        assert_eq!(after(Status::Refunded, Announced::Disputed), None);
    }
}
