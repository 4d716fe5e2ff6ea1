//! Posting a body, and reading no more of the answer than is wanted.

use std::error::Error;
use std::time::Duration;

use reqwest::{Method, header};

use super::names::NotPublic;
use super::{Client, Refused};

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// The beginning of the body, as far as it is text.
    pub excerpt: String,
}

/// Why nothing came back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("nothing came in time")]
    TimedOut,
    #[error("no connection: {0}")]
    NotConnected(String),
    #[error("the connection broke: {0}")]
    Broken(String),
}

impl Client {
    /// Posts JSON and waits for the answer, the beginning of its body included.
    ///
    /// # Errors
    /// When no answer came within `timeout`.
    pub async fn post_json(
        &self,
        address: &str,
        headers: &[(&'static str, String)],
        body: String,
        timeout: Duration,
        most: usize,
    ) -> Result<Answer, Failure> {
        let mut request = self
            .request(Method::POST, address)?
            .header(header::CONTENT_TYPE, "application/json")
            .body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let asked = async {
            let mut response = request.send().await.map_err(|error| failure(&error))?;
            let status = response.status().as_u16();
            let mut read = Vec::new();
            // An answer whose body breaks off was an answer still.
            while read.len() < most {
                match response.chunk().await {
                    Ok(Some(chunk)) => read.extend_from_slice(&chunk[..chunk.len().min(most - read.len())]),
                    Ok(None) | Err(_) => break,
                }
            }
            let excerpt = String::from_utf8_lossy(&read).replace('\0', "\u{fffd}");
            Ok(Answer { status, excerpt })
        };
        tokio::time::timeout(timeout, asked)
            .await
            .unwrap_or(Err(Failure::TimedOut))
    }
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut cause: &dyn Error = error;
    loop {
        if cause.is::<NotPublic>() {
            return Failure::Refused(Refused::NotPublic);
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
