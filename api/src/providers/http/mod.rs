//! A provider that is asked over HTTP: the operator's own model server, or a
//! gateway to others. The protocol stands in OPERATING.md.
//!
//! [`line`] sends requests and reads bounded answers, [`job`] reads what is said
//! of a job, [`output`] takes what was made, inline or from an address.

mod job;
mod line;
mod output;

use std::time::Duration;

use entity::Timestamp;
use futures_util::future::BoxFuture;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use self::job::{Job, Outputs};
use self::line::{Heard, Line, Silence};
use super::provider::{Failure, LookUp, Outcome, Provider, Request};
use super::said::{Answer, Said, State, said};
use crate::config;

/// Looks in a row that may fail before the job counts as lost sight of.
const MOST_LOST: u32 = 3;

/// How long a provider has to stop what it was asked to cancel.
const CANCELING: Duration = Duration::from_secs(5);

pub struct Http {
    row: config::Provider,
    line: Line,
    outputs: Outputs,
}

impl Http {
    #[must_use]
    pub fn new(row: config::Provider) -> Self {
        Self {
            line: Line::new(&row),
            outputs: Outputs::new(&row),
            row,
        }
    }

    /// What an answer says of a job.
    fn read(&self, heard: Heard) -> Result<Job, Failure> {
        let answer = Answer {
            status: heard.status,
            headers: &heard.headers,
            body: &heard.body,
        };
        match said(&answer, now()) {
            Said::Fine => {}
            Said::Refused(message) => return Err(Failure::Refused(message)),
            Said::Gone(message) => return Err(Failure::Gone(message)),
            Said::Failed(message) => return Err(Failure::Failed(message)),
            Said::Unknown(message) => return Err(Failure::Unknown(message)),
            Said::Unavailable { message, wait: None } => return Err(Failure::Unavailable(message)),
            Said::Unavailable { message, wait } | Said::Limited { message, wait } => {
                return Err(Failure::Limited {
                    message,
                    wait,
                    exhausted: false,
                });
            }
            Said::Exhausted { message, wait } => {
                return Err(Failure::Limited {
                    message,
                    wait,
                    exhausted: true,
                });
            }
        }
        let body: Option<Value> = serde_json::from_slice(&heard.body).ok();
        let job = body.and_then(|body| Job::read(&body, heard.weight));
        job.ok_or_else(|| Failure::Unknown("it answered with something that is no job".to_owned()))
    }

    async fn look(&self, request: &Request) -> Result<Heard, Silence> {
        self.line
            .ask(Method::GET, &format!("jobs/{}", request.reference), None)
            .await
    }

    /// The outcome of a job that ended.
    async fn outcome(&self, request: &Request, job: Job) -> Outcome {
        match job.state {
            State::Succeeded => self.outputs.take(request.kind, job).await,
            State::Canceled => Err(Failure::Canceled),
            State::Failed => Err(Failure::Failed(job.message)),
            State::Running => Err(Failure::Unknown("it has not ended".to_owned())),
        }
    }

    async fn send(&self, request: &Request, cancel: &CancellationToken) -> Outcome {
        let mut body = json!({
            "reference": request.reference,
            "model": request.model,
            "kind": request.kind,
            "input": request.input,
        });
        if !request.callback.url.is_empty() {
            body["callback_url"] = request.callback.url.as_str().into();
            body["callback_secret"] = request.callback.secret.as_str().into();
        }
        let heard = self.line.ask(Method::POST, "jobs", Some(body)).await;
        let job = match heard {
            Ok(heard) => self.read(heard)?,
            Err(Silence::NotConnected(why)) => return Err(Failure::Unavailable(why)),
            // It may have come to more than its answer says.
            Err(silence) => return Err(Failure::Unknown(silence.to_string())),
        };
        if let Some(name) = &job.name {
            request.line.accepted.send_replace(Some(name.clone()));
        }
        match job.state {
            State::Running => self.watch(request, cancel).await,
            _ => self.outcome(request, job).await,
        }
    }

    /// Looks at the job again and again until it ends.
    async fn watch(&self, request: &Request, cancel: &CancellationToken) -> Outcome {
        let pause = Duration::from_millis(self.row.poll_milliseconds);
        let mut canceling: Option<Instant> = None;
        let mut lost = 0;
        loop {
            tokio::select! {
                () = sleep(pause) => {}
                () = request.line.nudge.notified() => {}
                () = cancel.cancelled(), if canceling.is_none() => {
                    canceling = Some(Instant::now());
                    let path = format!("jobs/{}", request.reference);
                    // Whether it stops is seen by looking.
                    self.line.say(Method::DELETE, &path).await;
                }
            }
            let looked = match self.look(request).await {
                Ok(heard) => self.read(heard),
                Err(Silence::TooLong) => return Err(too_long()),
                Err(silence) => Err(Failure::Unknown(silence.to_string())),
            };
            match looked {
                Ok(job) if job.state == State::Running => lost = 0,
                Ok(job) => return self.outcome(request, job).await,
                Err(failure @ (Failure::Refused(_) | Failure::Canceled)) => return Err(failure),
                // A failed look says nothing about the job.
                Err(failure) => {
                    lost += 1;
                    if lost >= MOST_LOST {
                        return Err(Failure::Unknown(failure.to_string()));
                    }
                }
            }
            if canceling.is_some_and(|since| since.elapsed() >= CANCELING) {
                return Err(Failure::Canceled);
            }
        }
    }

    async fn find(&self, request: &Request) -> LookUp {
        let heard = match self.look(request).await {
            Ok(heard) => heard,
            Err(Silence::TooLong) => return LookUp::Ended(Err(too_long())),
            Err(silence) => return LookUp::Unknown(silence.to_string()),
        };
        if heard.status == 404 && job::is_unknown(&heard.body) {
            return LookUp::NeverRan;
        }
        match self.read(heard) {
            Ok(job) if job.state == State::Running => LookUp::Running,
            Ok(job) => match self.outcome(request, job).await {
                Err(Failure::Unknown(why)) => LookUp::Unknown(why),
                outcome => LookUp::Ended(outcome),
            },
            Err(Failure::Refused(message)) => LookUp::Ended(Err(Failure::Refused(message))),
            // That it can't be asked says nothing about the job.
            Err(failure) => LookUp::Unknown(failure.to_string()),
        }
    }
}

fn too_long() -> Failure {
    Failure::Failed("its answer is larger than any that is taken".to_owned())
}

/// Dates in headers go by the world's clock, not by one that tests move.
fn now() -> Timestamp {
    crate::clock::Clock::default().now()
}

impl Provider for Http {
    fn name(&self) -> &str {
        &self.row.name
    }

    fn run<'a>(&'a self, request: &'a Request, cancel: &'a CancellationToken) -> BoxFuture<'a, Outcome> {
        Box::pin(self.send(request, cancel))
    }

    fn look_up<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, LookUp> {
        Box::pin(async move {
            let most = Duration::from_secs(self.row.answer_seconds) * 2;
            let looked = timeout(most, self.find(request)).await;
            looked.unwrap_or_else(|_| LookUp::Unknown("nothing came in time".to_owned()))
        })
    }

    fn follow<'a>(&'a self, request: &'a Request, cancel: &'a CancellationToken) -> BoxFuture<'a, Outcome> {
        Box::pin(self.watch(request, cancel))
    }
}
