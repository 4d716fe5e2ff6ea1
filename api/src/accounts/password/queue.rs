//! A hash takes a good part of a core for as long as it runs, and Argon2id 19 MiB,
//! which is the point. So half of the cores hash at once, the others wait for a
//! while at most, and beyond a full queue nobody waits at all.

use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

/// So many hash or wait.
const MOST: usize = 64;
const PATIENCE: Duration = Duration::from_secs(10);

/// Too many passwords are being hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many passwords are being checked right now")]
pub struct Busy;

pub struct Queue {
    places: Arc<Semaphore>,
    slots: Arc<Semaphore>,
    patience: Duration,
}

impl Default for Queue {
    fn default() -> Self {
        let cores = available_parallelism().map_or(1, usize::from);
        Self {
            places: Arc::new(Semaphore::new(MOST)),
            slots: Arc::new(Semaphore::new((cores / 2).max(1))),
            patience: PATIENCE,
        }
    }
}

impl Queue {
    /// What the work comes to, when its turn has come.
    ///
    /// # Errors
    /// [`Busy`], when too many wait already.
    pub async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Busy> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Busy)?;
        let slot = timeout(self.patience, Arc::clone(&self.slots).acquire_owned()).await;
        let Ok(Ok(slot)) = slot else { return Err(Busy) };
        // The slot goes with the work: a client that hangs up frees nothing early.
        let done = spawn_blocking(move || {
            let _taken = (place, slot);
            work()
        });
        done.await.map_err(|_| Busy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn beyond_a_full_queue_nobody_waits() {
        let queue = Queue::default();
        let all = u32::try_from(MOST).unwrap();
        let all = Arc::clone(&queue.places).try_acquire_many_owned(all).unwrap();
        assert_eq!(queue.run(|| ()).await, Err(Busy));
        drop(all);
        assert_eq!(queue.run(|| ()).await, Ok(()));
    }

    #[tokio::test]
    async fn who_waits_too_long_gives_up_and_makes_room() {
        let queue = Queue {
            patience: Duration::ZERO,
            ..Queue::default()
        };
        let slots = u32::try_from(queue.slots.available_permits()).unwrap();
        let _all = Arc::clone(&queue.slots).try_acquire_many_owned(slots).unwrap();
        assert_eq!(queue.run(|| ()).await, Err(Busy));
        assert_eq!(queue.places.available_permits(), MOST);
    }
}
