//! What processes tell each other: there is work, a generation moved, a
//! credential died, the clock was moved.
//!
//! Inside a process a signal is instant. Between processes it travels by
//! PostgreSQL's `LISTEN`/`NOTIFY`, gathered and sent after the commit, so that no
//! transaction waits for it. A signal is a hint: whoever misses one finds out by
//! looking, a second later.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::GenerationId;
use sqlx::postgres::PgListener;
use tokio::sync::{Notify, broadcast, mpsc};
use tokio_util::sync::CancellationToken;

use crate::db::{self, Db};

const CHANNEL: &str = "tintype";

/// PostgreSQL refuses payloads of 8,000 bytes and more.
const MOST_BYTES: usize = 7000;

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Signal {
    /// A job was enqueued.
    Work,
    /// A generation changed its state or was asked to stop.
    Moved(GenerationId),
    /// A key or session must be looked up again: its hash or id.
    Revoked(String),
    /// The sandbox's clock was moved.
    ClockMoved,
}

impl Signal {
    fn encode(&self) -> String {
        match self {
            Self::Work => "work".to_owned(),
            Self::Moved(id) => id.to_string(),
            Self::Revoked(credential) => format!("revoked:{credential}"),
            Self::ClockMoved => "clock".to_owned(),
        }
    }

    fn decode(text: &str) -> Option<Self> {
        match text.split_once(':') {
            Some(("revoked", credential)) => Some(Self::Revoked(credential.to_owned())),
            _ if text == "work" => Some(Self::Work),
            _ if text == "clock" => Some(Self::ClockMoved),
            _ => text.parse().ok().map(Self::Moved),
        }
    }
}

type Watchers = Mutex<HashMap<GenerationId, Arc<Notify>>>;

#[derive(Clone)]
pub struct Signals {
    work: Arc<Notify>,
    watchers: Arc<Watchers>,
    others: broadcast::Sender<Signal>,
    outbound: mpsc::UnboundedSender<Signal>,
}

/// A wish to hear of one generation; dropped, it is forgotten.
pub struct Watch {
    id: GenerationId,
    moved: Arc<Notify>,
    watchers: Arc<Watchers>,
}

impl Watch {
    /// Until the generation may have moved.
    pub async fn moved(&self) {
        self.moved.notified().await;
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        // Two owners: this watch and the map.
        if Arc::strong_count(&self.moved) <= 2 {
            watchers.remove(&self.id);
        }
    }
}

impl Signals {
    /// Starts listening to other processes, where the database carries signals.
    #[must_use]
    pub fn start(db: &Db, shutdown: &CancellationToken) -> Self {
        let (outbound, inbox) = mpsc::unbounded_channel();
        let signals = Self {
            work: Arc::default(),
            watchers: Arc::default(),
            others: broadcast::channel(1024).0,
            outbound,
        };
        if db.is_postgres() {
            tokio::spawn(
                shutdown
                    .clone()
                    .run_until_cancelled_owned(send(db.clone(), inbox)),
            );
            tokio::spawn(
                shutdown
                    .clone()
                    .run_until_cancelled_owned(receive(db.clone(), signals.clone())),
            );
        }
        signals
    }

    /// Tells this process now and the others in a moment. Call it after the commit.
    pub fn tell(&self, signal: Signal) {
        self.hear(&signal);
        // Nobody takes it where no other process can listen.
        drop(self.outbound.send(signal));
    }

    fn hear(&self, signal: &Signal) {
        match signal {
            Signal::Work => self.work.notify_one(),
            Signal::Moved(id) => {
                let watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(moved) = watchers.get(id) {
                    moved.notify_waiters();
                    // For whoever is about to wait.
                    moved.notify_one();
                }
            }
            Signal::Revoked(_) | Signal::ClockMoved => drop(self.others.send(signal.clone())),
        }
    }

    /// Until there may be work.
    pub async fn work(&self) {
        self.work.notified().await;
    }

    /// Begins to listen for one generation. Look at its row after this, then wait.
    #[must_use]
    pub fn watch(&self, id: &GenerationId) -> Watch {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        let moved = Arc::clone(watchers.entry(id.clone()).or_default());
        Watch {
            id: id.clone(),
            moved,
            watchers: Arc::clone(&self.watchers),
        }
    }

    /// Revocations and moves of the clock.
    #[must_use]
    pub fn others(&self) -> broadcast::Receiver<Signal> {
        self.others.subscribe()
    }
}

/// Sends what gathered, a few times a second at most.
async fn send(db: Db, mut inbox: mpsc::UnboundedReceiver<Signal>) {
    while let Some(first) = inbox.recv().await {
        let mut gathered = BTreeSet::from([first]);
        tokio::time::sleep(Duration::from_millis(5)).await;
        while let Ok(next) = inbox.try_recv() {
            gathered.insert(next);
        }
        let mut payload = String::new();
        for signal in gathered {
            let text = signal.encode();
            if payload.len() + text.len() >= MOST_BYTES {
                notify(&db, std::mem::take(&mut payload)).await;
            }
            if !payload.is_empty() {
                payload.push(',');
            }
            payload.push_str(&text);
        }
        notify(&db, payload).await;
    }
}

async fn notify(db: &Db, payload: String) {
    let values = vec![CHANNEL.into(), payload.into()];
    if let Err(error) = db::execute(db.write(), "SELECT pg_notify($1, $2)", values).await {
        tracing::warn!(%error, "other processes were not told; they will find out by looking");
    }
}

async fn receive(db: Db, signals: Signals) {
    let Some(pool) = db.postgres_pool() else { return };
    loop {
        let listened = async {
            let mut listener = PgListener::connect_with(pool).await?;
            listener.listen(CHANNEL).await?;
            loop {
                // What was told while nobody listened.
                signals.hear(&Signal::Work);
                signals.hear(&Signal::ClockMoved);
                while let Some(notification) = listener.try_recv().await? {
                    for signal in notification.payload().split(',').filter_map(Signal::decode) {
                        signals.hear(&signal);
                    }
                }
                tracing::info!("lost the line to other processes, and has it again");
            }
        };
        let ended: Result<(), sqlx::Error> = listened.await;
        if let Err(error) = ended {
            tracing::warn!(%error, "lost the line to other processes; trying again");
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
