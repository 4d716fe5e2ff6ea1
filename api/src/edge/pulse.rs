//! How a connection is doing, and when we have waited for it long enough.
//!
//! With a request in flight, a connection may stay as long as the answer
//! takes. Without one it has `first_request_timeout` to begin its first, then
//! `idle_timeout` to begin the next; and once the first byte of a request is
//! there, `header_timeout` to finish its headers. Further bytes buy no time, so
//! dripping them gains nothing. At no time may the client refuse to read for
//! longer than `write_timeout`.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use futures_util::task::AtomicWaker;
use poem::http::Version;
use tokio::time::{Instant, Sleep, sleep_until};

use super::Limits;

/// For a polite goodbye, once we have decided to close.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// The vital signs of one connection.
pub(super) struct Pulse {
    signs: Mutex<Signs>,
    quiet: AtomicWaker,
    header_timeout: Duration,
    idle_timeout: Duration,
    write_timeout: Duration,
}

struct Signs {
    in_flight: usize,
    leaving: bool,
    /// When the last request ended, and how long we wait for the next.
    quiet_since: Instant,
    patience: Duration,
    /// When the headers of the next request began to arrive.
    speaking_since: Option<Instant>,
    /// HTTP/2 has much to say between requests, and says it in frames.
    speaks_in_frames: bool,
    /// All answers given so far are written, and no request has come since.
    flushed: bool,
    /// When the client stopped reading.
    stuck_since: Option<Instant>,
}

impl Pulse {
    pub(super) fn new(limits: &Limits) -> Arc<Self> {
        Arc::new(Self {
            signs: Mutex::new(Signs {
                in_flight: 0,
                leaving: false,
                quiet_since: Instant::now(),
                patience: limits.first_request_timeout,
                speaking_since: None,
                speaks_in_frames: false,
                flushed: true,
                stuck_since: None,
            }),
            quiet: AtomicWaker::new(),
            header_timeout: limits.header_timeout,
            idle_timeout: limits.idle_timeout,
            write_timeout: limits.write_timeout,
        })
    }

    /// A request's headers are complete.
    pub(super) fn begin(self: &Arc<Self>, version: Version) -> Busy {
        let mut signs = self.signs();
        signs.in_flight += 1;
        signs.speaking_since = None;
        signs.speaks_in_frames = version == Version::HTTP_2;
        signs.flushed = false;
        if !signs.leaving {
            signs.patience = self.idle_timeout;
        }
        drop(signs);
        Busy(self.clone())
    }

    /// Bytes came in.
    pub(super) fn heard(&self) {
        let mut signs = self.signs();
        if signs.in_flight == 0 && !signs.speaks_in_frames && signs.speaking_since.is_none() {
            signs.speaking_since = Some(Instant::now());
        }
    }

    /// Bytes could go out, or could not.
    pub(super) fn wrote(&self, some: bool) {
        let mut signs = self.signs();
        if some {
            signs.stuck_since = None;
        } else if signs.stuck_since.is_none() {
            signs.stuck_since = Some(Instant::now());
        }
    }

    /// The protocol has nothing left to write.
    pub(super) fn flushed(&self) {
        let mut signs = self.signs();
        signs.flushed |= signs.in_flight == 0;
    }

    /// Whether nobody but the protocol itself has anything to say: what it writes
    /// now is no answer of a handler's.
    pub(super) fn is_between(&self) -> bool {
        let signs = self.signs();
        signs.flushed && !signs.speaks_in_frames
    }

    /// We are closing: once nothing is in flight, last words are all we wait for.
    pub(super) fn hurry(&self) {
        let mut signs = self.signs();
        signs.leaving = true;
        signs.patience = LAST_WORDS;
        signs.quiet_since = Instant::now();
        signs.speaking_since = None;
    }

    /// The watchdog is about to look anyway: until it has, it needs no waking.
    pub(super) fn let_sleep(&self) {
        self.quiet.take();
    }

    fn deadline(&self) -> Option<Instant> {
        let signs = self.signs();
        let read = signs.stuck_since.map(|since| since + self.write_timeout);
        let speak = signs.speaking_since.map(|since| since + self.header_timeout);
        let begin = (signs.in_flight == 0).then(|| signs.quiet_since + signs.patience);
        [read, speak, begin].into_iter().flatten().min()
    }

    fn signs(&self) -> MutexGuard<'_, Signs> {
        self.signs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Held wherever a request is still being read, handled or answered.
pub(super) struct Busy(Arc<Pulse>);

impl Clone for Busy {
    fn clone(&self) -> Self {
        self.0.signs().in_flight += 1;
        Self(self.0.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut signs = self.0.signs();
        signs.in_flight -= 1;
        let quiet = signs.in_flight == 0;
        if quiet {
            signs.quiet_since = Instant::now();
        }
        drop(signs);
        if quiet {
            self.0.quiet.wake();
        }
    }
}

/// Watches a pulse from within the connection's task.
///
/// Its alarm is only ever moved when it must ring earlier; one that rings too
/// early is set anew. So a busy connection seldom touches the timer.
pub(super) struct Watchdog {
    pulse: Arc<Pulse>,
    alarm: Pin<Box<Sleep>>,
    set_for: Option<Instant>,
}

impl Watchdog {
    pub(super) fn new(pulse: Arc<Pulse>) -> Self {
        Self {
            pulse,
            alarm: Box::pin(sleep_until(Instant::now())),
            set_for: None,
        }
    }

    /// Ready when the connection has used up our patience. To be polled after
    /// the connection, whose bytes decide.
    pub(super) fn poll_overdue(&mut self, context: &mut Context<'_>) -> Poll<()> {
        self.pulse.quiet.register(context.waker());
        loop {
            let Some(deadline) = self.pulse.deadline() else {
                return Poll::Pending;
            };
            if self.set_for.is_none_or(|set_for| deadline < set_for) {
                self.alarm.as_mut().reset(deadline);
                self.set_for = Some(deadline);
            }
            ready!(self.alarm.as_mut().poll(context));
            self.set_for = None;
            if deadline <= Instant::now() {
                return Poll::Ready(());
            }
        }
    }
}
