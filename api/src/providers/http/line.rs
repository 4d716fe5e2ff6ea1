//! Requests to the provider and what comes back, never more than is wanted.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout};

use crate::config;

/// An answer beyond this many bytes takes one of the few places for large ones.
const LARGE: usize = 256 << 10;

/// How long the body of a refusal is read.
const REASON: Duration = Duration::from_secs(5);

/// Large answers that are held in memory at a time, of all providers.
const MOST_LARGE: usize = 4;

static PLACES: std::sync::LazyLock<Arc<Semaphore>> =
    std::sync::LazyLock::new(|| Arc::new(Semaphore::new(MOST_LARGE)));

pub struct Line {
    client: Client,
    base: String,
    key: String,
    most: usize,
    idle: Duration,
    whole: Duration,
}

/// An answer with its whole body.
pub struct Heard {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
    pub weight: Option<Arc<OwnedSemaphorePermit>>,
}

/// Why there is no whole answer.
#[derive(Debug, thiserror::Error)]
pub enum Silence {
    /// Nothing was sent.
    #[error("no connection: {0}")]
    NotConnected(String),
    #[error("the connection broke: {0}")]
    Broken(String),
    #[error("nothing came in time")]
    TimedOut,
    #[error("it is larger than any that is taken")]
    TooLong,
}

impl Line {
    pub fn new(row: &config::Provider) -> Self {
        let client = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_secs(row.connect_seconds))
            .pool_idle_timeout(Duration::from_secs(20))
            .user_agent(concat!("Tintype/", env!("CARGO_PKG_VERSION")))
            .build()
            .expect("nothing here depends on the machine");
        Self {
            client,
            base: row.base_url.trim_end_matches('/').to_owned(),
            key: row.key.clone(),
            most: usize::try_from(row.answer_bytes).unwrap_or(usize::MAX),
            idle: Duration::from_secs(row.idle_seconds),
            whole: Duration::from_secs(row.answer_seconds),
        }
    }

    /// Says something to which any answer will do.
    pub async fn say(&self, method: Method, path: &str) {
        drop(timeout(self.whole, self.request(method, path).send()).await);
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}/{path}", self.base));
        match self.key.as_str() {
            "" => request,
            key => request.bearer_auth(key),
        }
    }

    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> Result<Heard, Silence> {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let begun = Instant::now();
        let asked = timeout(self.whole, request.send()).await;
        let response = asked.map_err(|_| Silence::TimedOut)?.map_err(silence)?;
        let status = response.status();
        let headers = response
            .headers()
            .iter()
            .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())));
        let headers = headers.collect();
        let reading = read(response, self.most, self.idle);
        let (body, weight) = match status.is_client_error() || status.is_server_error() {
            // Its status says that it is a refusal, whatever becomes of its body.
            true => timeout(REASON, reading)
                .await
                .ok()
                .and_then(Result::ok)
                .unwrap_or_default(),
            false => timeout(self.whole.saturating_sub(begun.elapsed()), reading)
                .await
                .unwrap_or(Err(Silence::TimedOut))?,
        };
        Ok(Heard {
            status: status.as_u16(),
            headers,
            body,
            weight,
        })
    }
}

/// What a large answer counts for, until it is dropped.
pub type Weight = Option<Arc<OwnedSemaphorePermit>>;

/// Reads a body whole, up to `most` bytes.
pub async fn read(mut response: Response, most: usize, idle: Duration) -> Result<(Bytes, Weight), Silence> {
    let announced = response.content_length();
    if announced.is_some_and(|length| length > most as u64) {
        return Err(Silence::TooLong);
    }
    let mut body = BytesMut::new();
    let mut weight = None;
    loop {
        let chunk = timeout(idle, response.chunk())
            .await
            .map_err(|_| Silence::TimedOut)?;
        let Some(chunk) = chunk.map_err(silence)? else {
            break;
        };
        if body.len() + chunk.len() > most {
            return Err(Silence::TooLong);
        }
        if weight.is_none() && body.len() + chunk.len() > LARGE {
            // Never closed.
            weight = Arc::clone(&PLACES).acquire_owned().await.ok().map(Arc::new);
        }
        body.extend_from_slice(&chunk);
    }
    if announced.is_some_and(|length| length != body.len() as u64) {
        return Err(Silence::Broken("the body ended early".to_owned()));
    }
    Ok((body.freeze(), weight))
}

pub fn silence(error: reqwest::Error) -> Silence {
    let mut cause: &dyn std::error::Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    // The innermost cause names no address but says what happened.
    match error.is_connect() {
        true => Silence::NotConnected(cause.to_string()),
        false if error.is_timeout() => Silence::TimedOut,
        false => Silence::Broken(cause.to_string()),
    }
}
