//! The client: where the server is, who asks, and how patiently.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;

use super::error::{Error, Result};
use super::log::LogEntry;
use super::transport::{Log, Transport, default_headers};

const BASE_URL: &str = "http://127.0.0.1:8080";
const TIMEOUT: Duration = Duration::from_secs(60);
const MAX_RETRIES: u32 = 2;

/// A client of the Tintype API.
///
/// Cheap to clone: clones share their connections. Make one and keep it.
///
/// ```no_run
/// # async fn example() -> tintype_client::Result<()> {
/// let client = tintype_client::Tintype::new()?;
/// println!("{} credits", client.credits().get().await?.available);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Tintype {
    pub(crate) transport: Arc<Transport>,
}

impl Tintype {
    /// A client with the key of `TINTYPE_API_KEY`, for the server at `TINTYPE_BASE_URL`
    /// (`http://127.0.0.1:8080` if there is none).
    pub fn new() -> Result<Self> {
        let client = Self::builder().build()?;
        if client.transport.authorization.is_none() {
            return Err(Error::configuration(
                "there is no API key: set TINTYPE_API_KEY, or use Tintype::builder().api_key(…)",
            ));
        }
        Ok(client)
    }

    /// A client with a key of your own.
    pub fn with_key(key: impl Into<String>) -> Result<Self> {
        Self::builder().api_key(key).build()
    }

    /// A client with other settings than the usual ones.
    pub fn builder() -> Builder {
        Builder {
            api_key: None,
            base_url: None,
            timeout: TIMEOUT,
            max_retries: MAX_RETRIES,
            headers: BTreeMap::new(),
            http: None,
            log: None,
        }
    }
}

/// Settings of a [`Tintype`] client. What is not set comes from the environment.
#[must_use]
pub struct Builder {
    api_key: Option<String>,
    base_url: Option<String>,
    timeout: Duration,
    max_retries: u32,
    headers: BTreeMap<String, String>,
    http: Option<reqwest::Client>,
    log: Option<Log>,
}

impl Builder {
    /// An API key, or the access token of a session; otherwise `TINTYPE_API_KEY`. Without
    /// either, only what is public can be called.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = Some(key.into());
        self
    }

    /// Where the server is; otherwise `TINTYPE_BASE_URL`, otherwise `http://127.0.0.1:8080`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long one attempt may take: 60 seconds unless said otherwise. Of downloads and
    /// streams only the beginning counts.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How often to try again after the first attempt: twice unless said otherwise.
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// A header to send with every request.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name.into().to_lowercase(), value.into());
        self
    }

    /// An HTTP client of your own, with its proxies, roots and pools.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Is told of every attempt. It learns no secrets.
    ///
    /// ```
    /// let builder = tintype_client::Tintype::builder().log(|entry| eprintln!("{entry}"));
    /// ```
    pub fn log(mut self, log: impl Fn(&LogEntry<'_>) + Send + Sync + 'static) -> Self {
        self.log = Some(Box::new(log));
        self
    }

    /// The client. Fails on settings that cannot work; sends nothing.
    pub fn build(self) -> Result<Tintype> {
        let key = self.api_key.or_else(|| variable("TINTYPE_API_KEY"));
        let base = self.base_url.or_else(|| variable("TINTYPE_BASE_URL"));
        let base = base.as_deref().unwrap_or(BASE_URL);
        let base: reqwest::Url = base
            .parse()
            .map_err(|error| Error::configuration(format!("the base URL `{base}` is none: {error}")))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(Error::configuration(
                "the base URL begins with http:// or https://",
            ));
        }
        let http = match self.http {
            Some(http) => http,
            None => reqwest::Client::builder().build().map_err(Error::Connection)?,
        };
        Ok(Tintype {
            transport: Arc::new(Transport {
                http,
                base,
                authorization: key.as_deref().map(bearer).transpose()?,
                headers: default_headers(&self.headers)?,
                timeout: self.timeout,
                max_retries: self.max_retries,
                log: self.log,
            }),
        })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("base_url", &self.base_url)
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .finish_non_exhaustive()
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn bearer(key: &str) -> Result<HeaderValue> {
    let value = HeaderValue::try_from(format!("Bearer {}", key.trim()));
    let mut value = value.map_err(|_| Error::configuration("the API key has characters that none has"))?;
    value.set_sensitive(true);
    Ok(value)
}
