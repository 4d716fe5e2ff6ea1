//! Calls to providers: bounded in time and size, over no redirect, and told apart
//! by whether trying again can help.

use std::time::Duration;

use reqwest::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;

use super::IdentityError;

const CONNECT: Duration = Duration::from_secs(3);
const WHOLE: Duration = Duration::from_secs(8);

/// Key sets and lists of addresses are far smaller.
const LARGEST: usize = 256 * 1024;

/// GitHub refuses who names no program.
const USER_AGENT: &str = concat!("tintype/", env!("CARGO_PKG_VERSION"));

#[derive(Clone)]
pub struct Http {
    client: Client,
}

/// An answer that arrived whole.
pub struct Answer {
    pub status: StatusCode,
    pub bytes: Vec<u8>,
    /// How long it may be kept, if it says so.
    pub max_age: Option<Duration>,
}

impl Http {
    pub fn new() -> Result<Self, IdentityError> {
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .redirect(Policy::none())
            .build()
            .map_err(|error| IdentityError::Unavailable(told(&error)))?;
        Ok(Self { client })
    }

    pub fn get(&self, url: &str) -> RequestBuilder {
        self.client.get(url).header(ACCEPT, "application/json")
    }

    /// A POST of a form.
    pub fn form(&self, url: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.client
            .post(url)
            .header(ACCEPT, "application/json")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form)
    }
}

/// Sends it and reads the answer, but not beyond the limit.
///
/// # Errors
/// [`IdentityError::Unavailable`] for silence, too much, and every 5xx or 429.
pub async fn send(request: RequestBuilder) -> Result<Answer, IdentityError> {
    let away = |error: reqwest::Error| IdentityError::Unavailable(told(&error));
    let mut response = request.send().await.map_err(away)?;
    let status = response.status();
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(IdentityError::Unavailable(format!("status {status}")));
    }
    let max_age = response.headers().get(CACHE_CONTROL);
    let max_age = max_age.and_then(|value| max_age_in(value.to_str().ok()?));
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(away)? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(IdentityError::Unavailable("an endless answer".to_owned()));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Answer {
        status,
        bytes,
        max_age,
    })
}

impl Answer {
    /// # Errors
    /// When it is no success, or no JSON of this form.
    pub fn json<T: DeserializeOwned>(&self, what: &str) -> Result<T, IdentityError> {
        if !self.status.is_success() {
            return Err(IdentityError::Refused(format!("{what}: status {}", self.status)));
        }
        serde_json::from_slice(&self.bytes)
            .map_err(|error| IdentityError::Refused(format!("{what}: {}", place(&error))))
    }
}

/// Where reading stopped, without a word of what stood there.
fn place(error: &serde_json::Error) -> String {
    format!(
        "not as expected at line {}, column {}",
        error.line(),
        error.column()
    )
}

fn max_age_in(cache_control: &str) -> Option<Duration> {
    let mut directives = cache_control.split(',').map(str::trim);
    let seconds = directives.find_map(|directive| directive.strip_prefix("max-age="))?;
    seconds.parse().ok().map(Duration::from_secs)
}

/// What went wrong, without the address: codes and tokens may stand in it.
fn told(error: &reqwest::Error) -> String {
    let what = match error {
        error if error.is_timeout() => "no answer in time",
        error if error.is_connect() => "no connection",
        error if error.is_body() || error.is_decode() => "the answer broke off",
        _ => "the request failed",
    };
    what.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_an_answer_may_be_kept() {
        assert_eq!(
            max_age_in("public, max-age=19800, must-revalidate"),
            Some(Duration::from_secs(19_800))
        );
        assert_eq!(max_age_in("no-store"), None);
        assert_eq!(max_age_in("max-age=x"), None);
    }
}
