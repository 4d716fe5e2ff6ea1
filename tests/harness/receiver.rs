//! Whoever receives webhooks: a small HTTP server that remembers what it was sent.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::PATIENCE;

/// A request that arrived, and how it was answered.
#[derive(Debug, Clone)]
pub struct Received {
    pub path: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: String,
    pub answered: u16,
}

impl Received {
    /// The event's id.
    pub fn id(&self) -> &str {
        &self.headers["webhook-id"]
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("a JSON body")
    }
}

type Answers = Arc<dyn Fn(&Received) -> String + Send + Sync>;

pub struct Receiver {
    pub url: String,
    received: Arc<Mutex<Vec<Received>>>,
    task: tokio::task::JoinHandle<()>,
}

impl Receiver {
    /// One that answers everything with this status.
    pub async fn answering(status: u16) -> Self {
        Self::with(move |_| status.to_string()).await
    }

    /// One that takes its time over every answer.
    pub async fn slow(status: u16, pause: Duration) -> Self {
        Self::begin(move |_| status.to_string(), pause, Duration::ZERO).await
    }

    /// One that answers at once, with a body of which a letter comes each second.
    pub async fn dripping(status: u16) -> Self {
        let second = Duration::from_secs(1);
        Self::begin(move |_| status.to_string(), Duration::ZERO, second).await
    }

    /// One that answers as it is told: a status, and headers in lines after it.
    pub async fn with(answer: impl Fn(&Received) -> String + Send + Sync + 'static) -> Self {
        Self::begin(answer, Duration::ZERO, Duration::ZERO).await
    }

    async fn begin(
        answer: impl Fn(&Received) -> String + Send + Sync + 'static,
        pause: Duration,
        drip: Duration,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}/hooks", listener.local_addr().expect("an address"));
        let received: Arc<Mutex<Vec<Received>>> = Arc::default();
        let (answer, log): (Answers, _) = (Arc::new(answer), Arc::clone(&received));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, log) = (Arc::clone(&answer), Arc::clone(&log));
                tokio::spawn(async move { serve(stream, answer, (pause, drip), log).await });
            }
        });
        Self { url, received, task }
    }

    /// What came until now.
    pub fn received(&self) -> Vec<Received> {
        self.received
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// What came, once it is so much.
    pub async fn wait_for(&self, count: usize) -> Vec<Received> {
        self.wait_until(|received| received.len() >= count).await
    }

    pub async fn wait_until(&self, enough: impl Fn(&[Received]) -> bool) -> Vec<Received> {
        let begin = Instant::now();
        loop {
            let received = self.received();
            if enough(&received) {
                return received;
            }
            assert!(begin.elapsed() < PATIENCE, "{} came, not enough", received.len());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(
    stream: TcpStream,
    answer: Answers,
    (pause, drip): (Duration, Duration),
    log: Arc<Mutex<Vec<Received>>>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok().filter(|read| *read > 0)?;
        let path = line.split(' ').nth(1)?.to_owned();
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await.ok()?;
            let Some((name, value)) = line.trim().split_once(':') else {
                break;
            };
            headers.insert(name.to_lowercase(), value.trim().to_owned());
        }
        let length = headers.get("content-length")?.parse().ok()?;
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let mut received = Received {
            path,
            headers,
            body: String::from_utf8(body).ok()?,
            answered: 0,
        };
        let said = answer(&received);
        let (status, more) = said.split_once('\n').unwrap_or((&said, ""));
        received.answered = status.parse().ok()?;
        log.lock().unwrap_or_else(PoisonError::into_inner).push(received);
        tokio::time::sleep(pause).await;
        let body = match drip.is_zero() {
            true => "well".to_owned(),
            false => "w".repeat(100),
        };
        let length = body.len();
        let head = format!("HTTP/1.1 {status} Said\r\nContent-Length: {length}\r\n{more}\r\n");
        stream.write_all(head.as_bytes()).await.ok()?;
        for letter in body.as_bytes() {
            stream.write_all(&[*letter]).await.ok()?;
            if !drip.is_zero() {
                tokio::time::sleep(drip).await;
            }
        }
    }
}
