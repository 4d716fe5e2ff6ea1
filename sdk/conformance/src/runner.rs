//! One language's runner as a process, started again behind a case that it dies of.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::Fallible;
use crate::case::{Outcome, Task};

/// No case takes that long.
const PATIENCE: Duration = Duration::from_secs(90);

pub struct Runner {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
    complaints: JoinHandle<String>,
}

/// What became of a case.
pub enum Report {
    Done(Box<Outcome>, Instant),
    /// It says nothing of this case any more, but this.
    Dead(String),
}

impl Runner {
    /// `command` is to make the calls of `tasks`.
    pub fn start(mut command: Command, tasks: &[&Task], file: &Path) -> Fallible<Self> {
        std::fs::write(file, serde_json::to_vec_pretty(tasks)?)?;
        let mut child = command
            .env("CONFORMANCE_CASES", file)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("{:?}: {error}", command.as_std()))?;
        let lines = BufReader::new(child.stdout.take().ok_or("no pipe")?).lines();
        let mut stderr = child.stderr.take().ok_or("no pipe")?;
        let complaints = tokio::spawn(async move {
            let mut said = Vec::new();
            stderr.read_to_end(&mut said).await.ok();
            String::from_utf8_lossy(&said).into_owned()
        });
        Ok(Self {
            child,
            lines,
            complaints,
        })
    }

    /// What it prints about this case, which is its next.
    pub async fn next(&mut self, case: &str) -> Report {
        loop {
            let line = match timeout(PATIENCE, self.lines.next_line()).await {
                Ok(Ok(Some(line))) => line,
                Ok(_) => return Report::Dead(format!("the runner died. {}", self.last_words().await)),
                Err(_) => {
                    let said = format!("nothing was heard for {} s.", PATIENCE.as_secs());
                    return Report::Dead(format!("{said} {}", self.last_words().await));
                }
            };
            let now = Instant::now();
            match serde_json::from_str::<Outcome>(&line) {
                Ok(outcome) if outcome.case == case => return Report::Done(Box::new(outcome), now),
                Ok(outcome) => {
                    return Report::Dead(format!("the runner spoke of {} instead", outcome.case));
                }
                // Something that a library prints.
                Err(_) if !line.starts_with('{') => {}
                Err(error) => return Report::Dead(format!("the runner printed {line}: {error}")),
            }
        }
    }

    async fn last_words(&mut self) -> String {
        self.child.kill().await.ok();
        (&mut self.complaints).await.unwrap_or_default()
    }
}
