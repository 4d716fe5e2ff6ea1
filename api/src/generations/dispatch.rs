//! Gathers the requests that wait to be admitted into batches.
//!
//! Requests wait in a bounded queue. A batch takes all that wait, up to a limit, while
//! the batch before commits. No two batches of a process have requests of one wallet,
//! so they never wait for each other. A wallet that another transaction holds is
//! stepped over: its requests wait for it apart from everybody else's, and not for
//! long.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{Id, JoinSet};

use super::admit::{Admitted, Answer, Decided, NewGeneration, Refused, admit_all};
use crate::app::App;
use crate::credits::Owner;
use crate::db::Locked;
use crate::moderation::Moderation;
use crate::signals::Signal;

/// Requests in one transaction at most.
const BATCH: usize = 64;

/// Requests that may wait; more are told to come back.
const WAITING: usize = 4096;

/// Requests that may wait for one wallet.
const WAITING_FOR_ONE: usize = 1024;

/// Wallets that are waited for at a time, each on a connection of its own.
const WAITED_FOR: usize = 4;

/// A request, and where its answer goes.
struct Waiting {
    request: NewGeneration,
    answer: oneshot::Sender<Answer>,
}

/// The queue of requests that wait to be admitted.
#[derive(Clone)]
pub struct Admissions {
    pub(super) app: App,
    pub(super) moderation: Moderation,
    queue: mpsc::Sender<Waiting>,
}

impl Admissions {
    /// Starts admitting. On PostgreSQL one batch gathers while another commits;
    /// SQLite has one writer.
    #[must_use]
    pub fn start(app: &App, moderation: Moderation) -> Self {
        let (queue, incoming) = mpsc::channel(WAITING);
        let dispatcher = Dispatcher {
            app: app.clone(),
            side_by_side: if app.db.is_postgres() { 2 } else { 1 },
            queued: VecDeque::new(),
            locked: VecDeque::new(),
            batches: 0,
            waited_for: 0,
            running: JoinSet::new(),
            owners: HashMap::new(),
        };
        tokio::spawn(dispatcher.run(incoming));
        Self {
            app: app.clone(),
            moderation,
            queue,
        }
    }

    /// Waits until the request was decided and the decision is durable.
    ///
    /// # Errors
    /// Why it was refused.
    pub async fn admit(&self, mut request: NewGeneration) -> Answer {
        self.screen(&mut request).await?;
        let (answer, decided) = oneshot::channel();
        let waiting = Waiting { request, answer };
        self.queue.try_send(waiting).map_err(|_| Refused::Busy)?;
        decided.await.unwrap_or(Err(Refused::Busy))
    }
}

struct Dispatcher {
    app: App,
    /// Batches at a time.
    side_by_side: usize,
    queued: VecDeque<Waiting>,
    /// Those whose wallet another transaction holds, by wallet.
    locked: VecDeque<(Owner, Vec<Waiting>)>,
    batches: usize,
    waited_for: usize,
    running: JoinSet<Finished>,
    /// The wallets that each running task has to itself.
    owners: HashMap<Id, BTreeSet<Owner>>,
}

struct Finished {
    kind: Task,
    /// What a batch stepped over.
    locked: Vec<Waiting>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    Batch,
    Wait,
}

impl Dispatcher {
    async fn run(mut self, mut incoming: mpsc::Receiver<Waiting>) {
        let mut arrived = Vec::new();
        loop {
            while self.batches < self.side_by_side && self.begin_batch() {}
            while self.waited_for < WAITED_FOR && self.begin_wait() {}
            let room = WAITING.saturating_sub(self.queued.len());
            tokio::select! {
                count = incoming.recv_many(&mut arrived, room), if room > 0 => {
                    if count == 0 {
                        return;
                    }
                    self.queue(arrived.drain(..));
                }
                Some(finished) = self.running.join_next_with_id(), if !self.running.is_empty() => {
                    self.take_back(finished);
                }
            }
        }
    }

    fn queue(&mut self, arrived: impl Iterator<Item = Waiting>) {
        let mut of_owner: HashMap<Owner, usize> = HashMap::new();
        for waiting in &self.queued {
            *of_owner.entry(waiting.request.owner.clone()).or_default() += 1;
        }
        for waiting in arrived {
            let count = of_owner.entry(waiting.request.owner.clone()).or_default();
            *count += 1;
            match *count > WAITING_FOR_ONE {
                true => drop(waiting.answer.send(Err(Refused::Busy))),
                false => self.queued.push_back(waiting),
            }
        }
    }

    fn is_taken(&self, owner: &Owner) -> bool {
        self.owners.values().any(|taken| taken.contains(owner))
            || self.locked.iter().any(|(locked, _)| locked == owner)
    }

    /// Begins a batch of what may be decided now, oldest first. `false`: there is none.
    fn begin_batch(&mut self) -> bool {
        let mut batch = Vec::new();
        let mut left = VecDeque::with_capacity(self.queued.len());
        for waiting in std::mem::take(&mut self.queued) {
            match batch.len() < BATCH && !self.is_taken(&waiting.request.owner) {
                true => batch.push(waiting),
                false => left.push_back(waiting),
            }
        }
        self.queued = left;
        if batch.is_empty() {
            return false;
        }
        self.batches += 1;
        self.begin(Task::Batch, batch);
        true
    }

    /// Begins to wait for a wallet. `false`: there is none to wait for.
    fn begin_wait(&mut self) -> bool {
        let Some((_, waiting)) = self.locked.pop_front() else {
            return false;
        };
        self.waited_for += 1;
        self.begin(Task::Wait, waiting);
        true
    }

    fn begin(&mut self, kind: Task, batch: Vec<Waiting>) {
        let owners = batch
            .iter()
            .map(|waiting| waiting.request.owner.clone())
            .collect();
        let task = self.running.spawn(admit(self.app.clone(), kind, batch));
        self.owners.insert(task.id(), owners);
    }

    fn take_back(&mut self, finished: Result<(Id, Finished), tokio::task::JoinError>) {
        let (id, finished) = match finished {
            Ok((id, finished)) => (id, finished),
            // Panics are caught where they happen; a task is ended with the process.
            Err(error) => {
                self.owners.remove(&error.id());
                return;
            }
        };
        self.owners.remove(&id);
        match finished.kind {
            Task::Batch => self.batches -= 1,
            Task::Wait => self.waited_for -= 1,
        }
        for waiting in finished.locked {
            let owner = &waiting.request.owner;
            match self.locked.iter_mut().find(|(locked, _)| locked == owner) {
                Some((_, others)) => others.push(waiting),
                None => self.locked.push_back((owner.clone(), vec![waiting])),
            }
        }
    }
}

async fn admit(app: App, kind: Task, batch: Vec<Waiting>) -> Finished {
    let (requests, answers): (Vec<_>, Vec<_>) = batch
        .into_iter()
        .map(|waiting| (waiting.request, waiting.answer))
        .unzip();
    let locked = match kind {
        Task::Batch => Locked::Skip,
        Task::Wait => Locked::Wait,
    };
    let decided = AssertUnwindSafe(admit_all(&app, &requests, locked))
        .catch_unwind()
        .await;
    let mut finished = Finished {
        kind,
        locked: Vec::new(),
    };
    // After a panic whoever asked is told to come back.
    let Ok(decided) = decided else { return finished };
    let new = |decided: &Decided| matches!(decided, Decided::Answered(Ok(Admitted::New(_))));
    if decided.iter().any(new) {
        app.signals.tell(Signal::Work);
    }
    for ((request, answer), decided) in requests.into_iter().zip(answers).zip(decided) {
        match decided {
            // Who left finds the generation in the list.
            Decided::Answered(given) => drop(answer.send(given)),
            Decided::Locked => finished.locked.push(Waiting { request, answer }),
        }
    }
    finished
}
