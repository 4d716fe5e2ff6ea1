//! What processes tell each other: there is work, a generation moved, a
//! credential died, the clock was moved.
//!
//! Inside a process a signal is instant. Between processes it travels by
//! PostgreSQL's `LISTEN`/`NOTIFY`, gathered and sent after the commit, so that no
//! transaction waits for it. A signal is a hint: whoever misses one finds out by
//! looking, a second later.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::GenerationId;
use sqlx::postgres::PgListener;
use tokio::sync::{Notify, broadcast, mpsc, watch};
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

type Watchers = Mutex<HashMap<GenerationId, watch::Sender<News>>>;

/// What is known of a watched generation without having read its row.
#[derive(Debug, Clone, Copy, Default)]
struct News {
    /// How often it was told to have moved.
    told: u64,
    /// How far it was seen to be by somebody who looked at many.
    stage: i64,
}

#[derive(Clone)]
pub struct Signals {
    work: watch::Sender<()>,
    news: Arc<Notify>,
    moved: Arc<Notify>,
    watchers: Arc<Watchers>,
    others: broadcast::Sender<Signal>,
    outbound: mpsc::UnboundedSender<Signal>,
}

/// A wish to hear of one generation; dropped, it is forgotten.
pub struct Watch {
    id: GenerationId,
    told: AtomicU64,
    news: watch::Receiver<News>,
    watchers: Arc<Watchers>,
}

impl Watch {
    /// Until the generation was told to have moved, since the last time.
    pub async fn moved(&self) {
        self.further_than(i64::MAX).await;
    }

    /// Until it was told to have moved, or was seen to be further than `stage`.
    pub async fn further_than(&self, stage: i64) {
        let mut line = self.news.clone();
        loop {
            let news = *line.borrow_and_update();
            let told = self.told.swap(news.told, Ordering::Relaxed);
            // The sender stays in the map for as long as this watch does.
            if told != news.told || news.stage > stage || line.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        // The last one is this watch itself.
        if watchers
            .get(&self.id)
            .is_some_and(|news| news.receiver_count() <= 1)
        {
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
            work: watch::Sender::default(),
            news: Arc::default(),
            moved: Arc::default(),
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
            Signal::Work => {
                self.work.send_replace(());
                self.news.notify_one();
            }
            Signal::Moved(id) => {
                self.news.notify_one();
                self.moved.notify_one();
                let watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(news) = watchers.get(id) {
                    news.send_modify(|news| news.told += 1);
                }
            }
            Signal::Revoked(_) | Signal::ClockMoved => drop(self.others.send(signal.clone())),
        }
    }

    /// Changes when there may be work.
    #[must_use]
    pub fn work(&self) -> watch::Receiver<()> {
        self.work.subscribe()
    }

    /// Until something may have happened that is told to the outside.
    pub async fn news(&self) {
        self.news.notified().await;
    }

    /// Until some generation may have moved.
    pub async fn moved(&self) {
        self.moved.notified().await;
    }

    /// Begins to listen for one generation. Look at its row after this, then wait.
    #[must_use]
    pub fn watch(&self, id: &GenerationId) -> Watch {
        let mut watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        let news = watchers.entry(id.clone()).or_default().subscribe();
        let told = AtomicU64::new(news.borrow().told);
        Watch {
            id: id.clone(),
            told,
            news,
            watchers: Arc::clone(&self.watchers),
        }
    }

    /// All that are being watched.
    #[must_use]
    pub fn watched(&self) -> Vec<GenerationId> {
        let watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        watchers.keys().cloned().collect()
    }

    /// Tells the watchers how far each of these was seen to be. Who knows that
    /// already is not woken.
    pub fn saw(&self, seen: impl IntoIterator<Item = (GenerationId, i64)>) {
        let watchers = self.watchers.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, stage) in seen {
            if let Some(news) = watchers.get(&id) {
                news.send_if_modified(|news| {
                    let further = stage > news.stage;
                    news.stage = news.stage.max(stage);
                    further
                });
            }
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
