//! Clients who never give up: each sends a wish, with an idempotency key of its
//! own, until a server acknowledges it; now and then it acts as if it had not
//! heard the answer and sends the wish again.

use std::collections::BTreeMap;
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::{Answer, TestApp, text};

/// Tries at one wish. A server that stays away longer is a failure of the test.
const TRIES: u32 = 3000;

/// A wish that was acknowledged, and what it became.
#[derive(Debug, Clone)]
pub struct Wish {
    pub key: String,
    pub id: Value,
}

/// Clients at work.
pub struct Load {
    servers: watch::Sender<Vec<String>>,
    stop: watch::Sender<bool>,
    clients: Vec<JoinHandle<Vec<Wish>>>,
}

impl Load {
    /// Begins to load the servers, each client with chances of its own.
    pub fn start(app: &TestApp, clients: u64, servers: Vec<String>) -> Self {
        let (servers, addresses) = watch::channel(servers);
        let (stop, stopped) = watch::channel(false);
        let clients = (0..clients).map(|number| {
            let client = Steadfast {
                number,
                http: app.client.clone(),
                credential: app.demo.clone(),
                servers: addresses.clone(),
                stopped: stopped.clone(),
                chances: StdRng::seed_from_u64(number),
            };
            tokio::spawn(client.work())
        });
        Self {
            servers,
            stop,
            clients: clients.collect(),
        }
    }

    /// Tells the clients where the servers are by now.
    pub fn moved(&self, servers: Vec<String>) {
        self.servers.send_replace(servers);
    }

    /// Whether every client still works; one that saw something wrong does not.
    pub fn is_well(&self) -> bool {
        self.clients.iter().all(|client| !client.is_finished())
    }

    /// Lets every client finish the wish that it is at.
    pub async fn stop(self) -> Vec<Wish> {
        self.stop.send_replace(true);
        let mut acknowledged = Vec::new();
        for client in self.clients {
            acknowledged.extend(client.await.expect("a client saw nothing wrong"));
        }
        acknowledged
    }
}

impl TestApp {
    /// Insists that every acknowledged wish came to one end and was paid for
    /// once or not at all, and that nothing else is there. Returns how many
    /// came to which end.
    pub async fn all_ended_once(&self, wishes: &[Wish]) -> BTreeMap<String, i64> {
        let mut ends: BTreeMap<String, i64> = BTreeMap::new();
        for wish in wishes {
            let ended = self.ended(&self.demo, &wish.id).await;
            *ends.entry(text(&ended["status"]).to_owned()).or_default() += 1;
        }
        let paid = ends.get("succeeded").copied().unwrap_or_default();
        let count = i64::try_from(wishes.len()).expect("a number");
        assert_eq!(self.count("SELECT COUNT(*) FROM generation").await, count);
        let captures = "SELECT COUNT(*) FROM ledger_entry WHERE kind = 'capture'";
        assert_eq!(self.count(captures).await, paid);
        let [_, held, spent] = self.balance(&self.demo).await;
        assert_eq!((held, spent), ("0".to_owned(), paid.to_string()), "{ends:?}");
        self.audit();
        ends
    }
}

struct Steadfast {
    number: u64,
    http: Client,
    credential: String,
    servers: watch::Receiver<Vec<String>>,
    stopped: watch::Receiver<bool>,
    chances: StdRng,
}

impl Steadfast {
    async fn work(mut self) -> Vec<Wish> {
        let mut acknowledged = Vec::new();
        let mut at = 0;
        while !*self.stopped.borrow() {
            let key = format!("client {} wish {at}", self.number);
            let prompt = if at % 8 == 0 {
                "sandbox:fail"
            } else {
                "a boat that floats"
            };
            let id = self.insist(&key, prompt).await;
            if self.chances.random_ratio(1, 4) {
                assert_eq!(
                    self.insist(&key, prompt).await,
                    id,
                    "{key} became two generations"
                );
            }
            acknowledged.push(Wish { key, id });
            at += 1;
        }
        acknowledged
    }

    /// Sends the wish until it is acknowledged. Refused it may be only in
    /// passing, and politely.
    async fn insist(&mut self, key: &str, prompt: &str) -> Value {
        for _ in 0..TRIES {
            let server = {
                let servers = self.servers.borrow();
                servers[self.chances.random_range(0..servers.len())].clone()
            };
            let body = json!({"model": "sandbox-image", "input": {"prompt": prompt, "size": "256x256"}});
            let mut request = self
                .http
                .post(format!("{server}/v1/generations"))
                .bearer_auth(&self.credential)
                .header("Idempotency-Key", key)
                .json(&body);
            // Some wait for the end, some leave as soon as it is accepted.
            if self.chances.random_ratio(1, 2) {
                request = request.header("Prefer", "wait=1");
            }
            match Answer::try_of(request).await {
                Ok(answer) if matches!(answer.status, 201 | 202) => return answer.json["id"].clone(),
                Ok(answer) => {
                    assert!(matches!(answer.status, 429 | 503), "{}", answer.json);
                    assert!(!answer.header("retry-after").is_empty(), "{}", answer.json);
                }
                Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("{key} was never acknowledged");
    }
}
