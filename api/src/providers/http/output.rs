//! What was made: taken from the answer or fetched, and known by its bytes.

use std::time::Duration;

use bytes::Bytes;
use entity::generation::Kind;
use reqwest::Method;
use tokio::time::{sleep, timeout};

use super::job::{Job, Source};
use super::line::{self, Silence};
use crate::config;
use crate::outbound::Client;
use crate::providers::media::media;
use crate::providers::provider::{Failure, Made, Outcome};

/// Tries at a file that could not be fetched.
const TRIES: u32 = 3;

pub struct Outputs {
    client: Client,
    most: usize,
    idle: Duration,
    whole: Duration,
}

impl Outputs {
    pub fn new(row: &config::Provider) -> Self {
        Self {
            client: Client::new(&row.networks()),
            most: usize::try_from(row.answer_bytes).unwrap_or(usize::MAX),
            idle: Duration::from_secs(row.idle_seconds),
            whole: Duration::from_secs(row.answer_seconds),
        }
    }

    /// All that came whole. What is empty, broken off, or something else counts
    /// as not made.
    pub async fn take(&self, kind: Kind, job: Job) -> Outcome {
        let mut made = Made {
            text: job.text.filter(|_| kind == Kind::Text),
            units: job.units,
            weight: job.weight,
            ..Made::default()
        };
        let mut lost = None;
        for output in job.outputs {
            let bytes = match output.source {
                Source::Inline(bytes) => bytes,
                Source::At(address) => match self.fetch(&address).await {
                    Ok((bytes, weight)) => {
                        made.weight = made.weight.or(weight);
                        bytes
                    }
                    Err(why) => {
                        lost = Some(why);
                        continue;
                    }
                },
            };
            let milliseconds = output.seconds.map(|seconds| (seconds * 1000.0) as u64);
            made.media.extend(media(kind, bytes, milliseconds));
        }
        if !made.media.is_empty() || made.text.is_some() {
            return Ok(made);
        }
        Err(match lost {
            // It was made, and may be there a moment later.
            Some(why @ (Silence::Broken(_) | Silence::TimedOut | Silence::NotConnected(_))) => {
                Failure::Unknown(format!("a file could not be fetched: {why}"))
            }
            Some(why) => Failure::Failed(format!("a file was not taken: {why}")),
            None => Failure::Failed("it made nothing that can be used".to_owned()),
        })
    }

    async fn fetch(&self, address: &str) -> Result<(Bytes, line::Weight), Silence> {
        let mut tried = 0;
        loop {
            tried += 1;
            match timeout(self.whole, self.fetch_once(address)).await {
                Ok(Ok(fetched)) => return Ok(fetched),
                Ok(Err(Silence::TooLong)) => return Err(Silence::TooLong),
                Ok(Err(silence)) if tried >= TRIES => return Err(silence),
                Err(_) if tried >= TRIES => return Err(Silence::TimedOut),
                _ => sleep(Duration::from_millis(200 << tried)).await,
            }
        }
    }

    async fn fetch_once(&self, address: &str) -> Result<(Bytes, line::Weight), Silence> {
        let request = self.client.request(Method::GET, address);
        let request = request.map_err(|refused| Silence::Broken(refused.to_string()))?;
        let response = request.send().await.map_err(line::silence)?;
        match response.status().as_u16() {
            200 => line::read(response, self.most, self.idle).await,
            status => Err(Silence::Broken(format!("it answered with {status}"))),
        }
    }
}
