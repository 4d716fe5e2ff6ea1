//! One runner through all cases.

use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::process::Command;
use tokio::time::sleep;

use crate::Fallible;
use crate::case::{Case, Outcome, Task};
use crate::fill::Words;
use crate::judge::{Evidence, misses};
use crate::live::Live;
use crate::runner::{Report, Runner};
use crate::stage::{Builder, Stage};
use crate::suite::Suite;
use crate::table::{Column, Verdict};

pub async fn play(
    suite: &Suite,
    (language, title): (&str, &str),
    folder: &Path,
    live: Option<&Live>,
    start: impl Fn() -> Command,
    verbose: bool,
) -> Fallible<Column> {
    let mut column = Column::new(title);
    let mut builder = Builder::new((language, title), folder, &suite.fixtures, live)?;
    let mut stages = Vec::new();
    for raw in &suite.cases {
        let case: Case = serde_json::from_value(raw.clone())?;
        if let Some(reason) = case.except.get(title) {
            column.add(raw, Verdict::Exempt(reason.clone()));
            continue;
        }
        stages.push(
            builder
                .build(raw)
                .await
                .map_err(|error| format!("{}: {error}", raw["name"]))?,
        );
    }
    let began = Instant::now();
    let environment = stages.iter().find_map(|stage| stage.environment.clone());
    let (address, key) = environment.unwrap_or_default();
    let command = || {
        let mut command = start();
        command
            .env("TINTYPE_BASE_URL", &address)
            .env("TINTYPE_API_KEY", &key);
        command
    };
    let mut learnt = Words::default();
    let mut runner = None;
    for index in 0..stages.len() {
        let mut running = match runner.take() {
            Some(runner) => runner,
            None => {
                let tasks: Vec<&Task> = stages[index..].iter().map(|stage| &stage.task).collect();
                Runner::start(command(), &tasks, &folder.join("cases.json"))?
            }
        };
        let stage = &stages[index];
        let before = Instant::now();
        let verdict = match running.next(&stage.case.name).await {
            Report::Done(outcome, at) => {
                runner = Some(running);
                if let Some(id) = outcome.value.as_ref().and_then(|value| value.get("id")) {
                    learnt.set(&format!("id of {}", stage.case.name), id.clone());
                }
                let misses = judged(stage, &outcome, (before, at), live, &learnt).await?;
                if verbose {
                    show(stage, &outcome);
                }
                if misses.is_empty() {
                    Verdict::Good
                } else {
                    Verdict::Missed(misses)
                }
            }
            Report::Dead(why) => Verdict::Missed(vec![why]),
        };
        column.add(&stage.raw, verdict);
    }
    column.took = began.elapsed();
    Ok(column)
}

async fn judged(
    stage: &Stage,
    outcome: &Outcome,
    (before, at): (Instant, Instant),
    live: Option<&Live>,
    learnt: &Words,
) -> Fallible<Vec<String>> {
    let mut filled = stage.raw.clone();
    learnt.fill(&mut filled);
    stage.words.fill(&mut filled);
    let case: Case = serde_json::from_value(filled)?;
    let hangs_up = |value: &Value| value.get("closed").is_some_and(|closed| closed == true);
    let requests = case.expect.requests.as_ref().and_then(Value::as_array);
    if let Some(seen) = &stage.seen
        && requests.is_some_and(|requests| requests.iter().any(hangs_up))
    {
        // Hanging up may take a moment, and no longer.
        let deadline = Instant::now() + Duration::from_secs(2);
        while !seen.lock().iter().any(|request| request.closed) && Instant::now() < deadline {
            sleep(Duration::from_millis(20)).await;
        }
    }
    let requests = stage.seen.as_ref().map(|seen| seen.lock().clone());
    let first = requests.as_ref().and_then(|requests| requests.first());
    let began = first.map_or(before, |request| request.came);
    let evidence = Evidence {
        outcome,
        seen: requests.as_deref(),
        took: at.saturating_duration_since(began),
        save_to: stage.save_to.as_deref(),
    };
    let mut misses = misses(&case, &evidence);
    if let (Some(live), Some(prepared), Some(after)) = (live, &stage.live, &case.after) {
        misses.extend(live.misses(prepared, after).await?);
    }
    Ok(misses)
}

fn show(stage: &Stage, outcome: &Outcome) {
    eprintln!("── {}\n{outcome:#?}", stage.case.name);
    for request in stage.seen.iter().flat_map(|seen| seen.lock().clone()) {
        eprintln!("{} {}", request.method, request.target());
        for (name, value) in &request.headers {
            eprintln!("  {name}: {value}");
        }
        if request.body.len() < 2000 {
            eprintln!("  {}", String::from_utf8_lossy(&request.body));
        }
    }
}
