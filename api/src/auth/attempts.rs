//! Slows down guessing: after a few failures in a row, the same guesser waits
//! longer and longer before the next try at the same thing.
//!
//! A guesser is a network: the owner, who comes from elsewhere, is not locked
//! out. Waits are by the clock that tests move.

use std::net::IpAddr;
use std::time::Duration;

use entity::Timestamp;
use moka::ops::compute::Op;
use moka::sync::Cache;

/// So many tries cost no wait.
const FREE: u32 = 5;
const LONGEST: Duration = Duration::from_secs(15 * 60);
/// A guesser that was quiet for so long starts anew.
const FORGOTTEN: Duration = Duration::from_secs(60 * 60);
const MOST: u64 = 100_000;

#[derive(Debug, Clone, Copy)]
struct Tries {
    count: u32,
    next_at: Timestamp,
}

/// The tries of all guessers, in this process's memory.
pub struct Attempts {
    tries: Cache<String, Tries>,
}

impl Default for Attempts {
    fn default() -> Self {
        let tries = Cache::builder().max_capacity(MOST).time_to_idle(FORGOTTEN);
        Self { tries: tries.build() }
    }
}

impl Attempts {
    /// Counts a try before it is made, so that many at once gain nothing.
    ///
    /// # Errors
    /// The seconds to wait, when it comes too early.
    pub fn begin(&self, subject: &str, from: IpAddr, now: Timestamp) -> Result<(), u64> {
        let mut too_early = None;
        drop(self.tries.entry(name(subject, from)).and_compute_with(|entry| {
            let tries = entry.map(moka::Entry::into_value);
            too_early = tries.and_then(|tries| still_to_wait(tries.count, tries.next_at, now));
            match tries {
                Some(_) if too_early.is_some() => Op::Nop,
                tries => {
                    let count = tries.map_or(0, |tries| tries.count).saturating_add(1);
                    Op::Put(Tries {
                        count,
                        next_at: now.plus(wait_after(count)),
                    })
                }
            }
        }));
        too_early.map_or(Ok(()), Err)
    }

    /// Forgets the tries of one who was right.
    pub fn succeeded(&self, subject: &str, from: IpAddr) {
        self.tries.invalidate(&name(subject, from));
    }
}

/// The wait after so many tries: none, then doubling.
#[must_use]
pub fn wait_after(count: u32) -> Duration {
    match count.checked_sub(FREE) {
        None => Duration::ZERO,
        Some(over) => Duration::from_secs(1 << over.min(20)).min(LONGEST),
    }
}

/// The seconds that are left of the wait after so many tries.
///
/// Where there is none, nobody comes too early: of requests at the same time, the one
/// that read the clock first may be counted last.
#[must_use]
pub fn still_to_wait(count: u32, next_at: Timestamp, now: Timestamp) -> Option<u64> {
    (count >= FREE && now < next_at).then(|| next_at.since(now).as_secs() + 1)
}

fn name(subject: &str, from: IpAddr) -> String {
    let network = match from {
        IpAddr::V4(ip) => IpAddr::V4((ip.to_bits() & !0xff).into()),
        IpAddr::V6(ip) => IpAddr::V6((ip.to_bits() >> 80 << 80).into()),
    };
    format!("{network} {subject}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_micros(seconds * 1_000_000)
    }

    #[test]
    fn a_guesser_waits_longer_and_longer_and_the_owner_does_not() {
        let attempts = Attempts::default();
        let (guesser, neighbour) = ([192, 0, 2, 7].into(), [192, 0, 2, 250].into());
        let owner: IpAddr = [198, 51, 100, 1].into();
        for _ in 0..FREE {
            assert_eq!(attempts.begin("a@b", guesser, at(0)), Ok(()));
        }
        assert_eq!(attempts.begin("a@b", neighbour, at(0)), Err(2));
        assert_eq!(attempts.begin("a@b", guesser, at(1)), Ok(()));
        assert_eq!(attempts.begin("a@b", guesser, at(1)), Err(3));
        assert_eq!(attempts.begin("a@b", owner, at(1)), Ok(()));
        assert_eq!(attempts.begin("c@d", guesser, at(1)), Ok(()));
        attempts.succeeded("a@b", guesser);
        assert_eq!(attempts.begin("a@b", guesser, at(1)), Ok(()));
    }

    #[test]
    fn whoever_read_the_clock_first_and_is_counted_last_does_not_wait() {
        let attempts = Attempts::default();
        let from: IpAddr = [192, 0, 2, 7].into();
        for seconds in [9, 8, 7, 6] {
            assert_eq!(attempts.begin("a@b", from, at(seconds)), Ok(()));
        }
    }

    #[test]
    fn no_wait_is_longer_than_a_quarter_of_an_hour() {
        assert_eq!(wait_after(FREE - 1), Duration::ZERO);
        assert_eq!(wait_after(FREE), Duration::from_secs(1));
        assert_eq!(wait_after(u32::MAX), LONGEST);
    }
}
