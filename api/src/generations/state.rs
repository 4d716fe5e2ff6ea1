//! Which moves a generation may make. Pure.

use entity::generation::Status;

/// Whether a generation in this state has come to its end.
#[must_use]
pub const fn has_ended(status: Status) -> bool {
    !matches!(status, Status::Queued | Status::Running)
}

/// The states from which a generation may move to `to`.
///
/// A queued one runs, is canceled, or expires; only a running one succeeds. A
/// queued one fails when it can't be run at all. From an end nothing moves.
#[must_use]
pub const fn origins(to: Status) -> &'static [Status] {
    match to {
        Status::Queued => &[],
        Status::Running => &[Status::Queued],
        Status::Succeeded => &[Status::Running],
        Status::Failed | Status::Canceled | Status::Expired => &[Status::Queued, Status::Running],
    }
}

#[cfg(test)]
mod tests {
    use sea_orm::Iterable as _;

    use super::*;

    #[test]
    fn nothing_leaves_an_end() {
        for to in Status::iter() {
            assert!(origins(to).iter().all(|from| !has_ended(*from)), "{to:?}");
            assert!(!origins(to).contains(&to), "{to:?} is no move");
        }
    }

    #[test]
    fn every_end_can_be_reached() {
        for end in Status::iter().filter(|status| has_ended(*status)) {
            assert!(origins(end).contains(&Status::Running), "{end:?}");
        }
    }
}
