//! Posting a body, and reading no more of the answer than is wanted.

use std::error::Error;
use std::time::Duration;

use reqwest::{Body, Method, Response, header};

use super::held::{Ask, Held, Withdrawn};
use super::names::NotPublic;
use super::{Client, Refused};

/// How long a body is read that nothing depends on.
const READING: Duration = Duration::from_secs(1);

/// What is posted.
pub struct Message {
    pub headers: Vec<(&'static str, String)>,
    /// JSON; not empty.
    pub body: String,
    /// Whether the body may go out.
    pub ask: Ask,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// The beginning of the body, as far as it is text and came soon.
    pub excerpt: String,
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Withdrawn(#[from] Withdrawn),
    #[error("nothing came in time")]
    TimedOut,
    #[error("no connection: {0}")]
    NotConnected(String),
    #[error("the connection broke: {0}")]
    Broken(String),
}

impl Client {
    /// Posts JSON and waits for the answer. Its status decides, whatever becomes of
    /// its body.
    ///
    /// # Errors
    /// When no answer began within `timeout`.
    pub async fn post_json(
        &self,
        address: &str,
        message: Message,
        timeout: Duration,
        most: usize,
    ) -> Result<Answer, Failure> {
        let mut request = self
            .request(Method::POST, address)?
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::wrap(Held::new(message.body, message.ask)));
        for (name, value) in message.headers {
            request = request.header(name, value);
        }
        let response = tokio::time::timeout(timeout, request.send())
            .await
            .map_err(|_| Failure::TimedOut)?
            .map_err(|error| failure(&error))?;
        Ok(Answer {
            status: response.status().as_u16(),
            excerpt: beginning(response, most).await,
        })
    }
}

/// What comes of a body at once. The connection of one that drips is closed.
async fn beginning(mut response: Response, most: usize) -> String {
    let mut read = Vec::new();
    let reading = async {
        while let Ok(Some(chunk)) = response.chunk().await {
            read.extend_from_slice(&chunk[..chunk.len().min(most - read.len())]);
            if read.len() == most {
                break;
            }
        }
    };
    drop(tokio::time::timeout(READING, reading).await);
    String::from_utf8_lossy(&read).replace('\0', "\u{fffd}")
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut cause: &dyn Error = error;
    loop {
        if cause.is::<NotPublic>() {
            return Failure::Refused(Refused::NotPublic);
        }
        if cause.is::<Withdrawn>() {
            return Failure::Withdrawn(Withdrawn);
        }
        match cause.source() {
            Some(deeper) => cause = deeper,
            None => break,
        }
    }
    // The innermost cause names no address but says what happened.
    match error.is_connect() {
        true => Failure::NotConnected(cause.to_string()),
        false if error.is_timeout() => Failure::TimedOut,
        false => Failure::Broken(cause.to_string()),
    }
}
