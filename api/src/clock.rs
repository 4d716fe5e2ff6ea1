//! The time, and a way for tests to move it.
//!
//! Everything that happens to a user's rows is dated by this clock. Leases are
//! not: they go by the database's own clock, which nobody moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use entity::Timestamp;

/// System time, plus how far the sandbox moved ahead. Clones share the shift.
#[derive(Clone, Default, Debug)]
pub struct Clock {
    ahead_micros: Arc<AtomicI64>,
}

impl Clock {
    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let micros = Self::outside().micros();
        Timestamp::from_micros(micros.saturating_add(self.ahead_micros.load(Ordering::Relaxed)))
    }

    /// What clocks say elsewhere: for what strangers compare with their own.
    #[must_use]
    pub fn outside() -> Timestamp {
        let system = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_micros(i64::try_from(system.as_micros()).unwrap_or(i64::MAX))
    }

    pub fn set_ahead(&self, micros: i64) {
        self.ahead_micros.store(micros, Ordering::Relaxed);
    }
}
