//! Sends requests, and sends them again.

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, Url};

use super::error::{Error, Result};
use super::log::LogEntry;
use super::reply::{Reply, ReplyBody, request_id};
use super::request::{Body, Request};
use super::retry::{Failure, pause, retry_after, should_retry};

pub type Log = Box<dyn Fn(&LogEntry<'_>) + Send + Sync>;

pub struct Transport {
    pub http: reqwest::Client,
    pub base: Url,
    /// Marked as sensitive: it shows in no debug output.
    pub authorization: Option<HeaderValue>,
    pub headers: HeaderMap,
    pub timeout: Duration,
    pub max_retries: u32,
    pub log: Option<Log>,
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport")
            .field("base", &self.base.as_str())
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}

impl Transport {
    /// Sends until it succeeds, is refused, or has been tried often enough.
    pub async fn send(&self, request: &Request, accept: &'static str, streams: bool) -> Result<Reply> {
        let key = self.idempotency_key(request);
        let retries = if request.repeatable() {
            request.max_retries.unwrap_or(self.max_retries)
        } else {
            0
        };
        let mut attempt = 0;
        loop {
            let began = Instant::now();
            let (outcome, status, headers) =
                match self.attempt(request, key.as_deref(), accept, streams).await {
                    Ok(reply) => {
                        let (status, headers) = (reply.status, reply.headers.clone());
                        (reply.accepted(), Some(status), headers)
                    }
                    Err(error) => (Err(error), None, HeaderMap::new()),
                };
            let failure = match (&outcome, status) {
                (Err(_), Some(status)) => Some(Failure::Status(status, &headers)),
                (Err(Error::Connection(_) | Error::Timeout(_)), None) => Some(Failure::Lost),
                _ => None,
            };
            let again = attempt < retries
                && failure.is_some_and(|failure| should_retry(&request.method, key.is_some(), &failure));
            let asked = retry_after(&headers, jiff::Timestamp::now());
            let retry_in = again.then(|| pause(attempt, asked, rand::random()));
            if let Some(log) = &self.log {
                log(&LogEntry {
                    method: request.method.as_str(),
                    path: &request.path,
                    attempt: attempt + 1,
                    status,
                    request_id: request_id(&headers).as_deref(),
                    elapsed: began.elapsed(),
                    error: outcome.as_ref().err(),
                    retry_in,
                });
            }
            match retry_in {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return outcome,
            }
            attempt += 1;
        }
    }

    /// One key for all attempts, the caller's own or a new one.
    fn idempotency_key(&self, request: &Request) -> Option<String> {
        let own = request.idempotency_key.clone();
        own.or_else(|| (request.idempotent && request.method == Method::POST).then(uuid))
    }

    /// Of a stream only the beginning is under the timeout; of everything else, all of it.
    async fn attempt(
        &self,
        request: &Request,
        key: Option<&str>,
        accept: &'static str,
        streams: bool,
    ) -> Result<Reply> {
        let prepared = self.prepare(request, key, accept).await?;
        let lost = |error: reqwest::Error| Error::Connection(error.without_url());
        let exchange = async {
            let mut response = self.http.execute(prepared).await.map_err(lost)?;
            let status = response.status();
            let headers = std::mem::take(response.headers_mut());
            let body = if streams && status.is_success() {
                ReplyBody::Streaming(response)
            } else {
                ReplyBody::Whole(response.bytes().await.map_err(lost)?)
            };
            Ok(Reply {
                status: status.as_u16(),
                headers,
                body,
            })
        };
        // The server's own wait comes on top.
        let timeout = request.timeout.unwrap_or(self.timeout) + request.wait.unwrap_or_default();
        match tokio::time::timeout(timeout, exchange).await {
            Ok(outcome) => outcome,
            Err(_) => Err(Error::Timeout(timeout)),
        }
    }

    async fn prepare(
        &self,
        request: &Request,
        key: Option<&str>,
        accept: &'static str,
    ) -> Result<reqwest::Request> {
        let mut headers = self.headers.clone();
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
        if let (true, Some(authorization)) = (request.authenticated, &self.authorization) {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        if let Some(key) = key {
            let value = HeaderValue::try_from(key);
            let value = value.map_err(|_| Error::configuration("an idempotency key is printable ASCII"))?;
            headers.insert("idempotency-key", value);
        }
        if let Some(wait) = request.wait {
            let wait = format!("wait={}", wait.as_secs());
            headers.insert(
                "prefer",
                HeaderValue::try_from(wait).map_err(|_| Error::configuration("wait"))?,
            );
        }
        headers.extend(request.headers.clone());

        let mut builder = self.http.request(request.method.clone(), self.url(request)?);
        builder = match &request.body {
            Body::Empty => builder,
            Body::Json(body) => builder
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone()),
            Body::Multipart(form) => builder.multipart(form.form().await?),
        };
        builder
            .headers(headers)
            .build()
            .map_err(|error| Error::Connection(error.without_url()))
    }

    fn url(&self, request: &Request) -> Result<Url> {
        let base = self.base.as_str().trim_end_matches('/');
        let mut url: Url = format!("{base}{}", request.path)
            .parse()
            .map_err(|_| Error::configuration(format!("`{}` is no path", request.path)))?;
        if !request.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&request.query);
        }
        Ok(url)
    }
}

impl Reply {
    fn accepted(self) -> Result<Self> {
        match &self.body {
            ReplyBody::Whole(body) if !(200..300).contains(&self.status) => {
                Err(Error::refused(self.status, &self.headers, body))
            }
            _ => Ok(self),
        }
    }
}

/// A random UUID.
fn uuid() -> String {
    let mut bytes = rand::random::<u128>().to_be_bytes();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// Headers that every request carries.
pub fn default_headers(own: &BTreeMap<String, String>) -> Result<HeaderMap> {
    let mut request = Request::new(Method::GET, String::new());
    request.set_header("user-agent", concat!("tintype-rust/", env!("CARGO_PKG_VERSION")))?;
    for (name, value) in own {
        request.set_header(name, value)?;
    }
    Ok(request.headers)
}
