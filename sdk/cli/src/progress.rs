//! A progress bar, where somebody watches.

use std::io::{IsTerminal, Write, stderr};
use std::time::Instant;

use tintype_client::Wait;
use tintype_client::types::{Generation, GenerationId};

use crate::{Failure, Outcome};

const WIDTH: usize = 30;

/// Waits with a progress bar. Ctrl-C stops the waiting, not the generation.
pub async fn watched(wait: Wait<Generation>) -> Outcome<Generation> {
    let began = Instant::now();
    let shown = stderr().is_terminal();
    let (tell, mut told) = tokio::sync::watch::channel(None::<GenerationId>);
    let wait = wait.on_progress(move |generation| {
        if shown {
            draw(generation, began);
        }
        tell.send_replace(Some(generation.id.clone()));
    });
    let outcome = tokio::select! {
        outcome = wait => outcome.map_err(Failure::from),
        _ = tokio::signal::ctrl_c() => Err(Failure::Interrupted),
    };
    if shown {
        eprintln!();
    }
    if let (Err(Failure::Interrupted), Some(id)) = (&outcome, told.borrow_and_update().as_ref()) {
        eprintln!("It goes on without you: tintype-cli watch {id}");
    }
    outcome
}

fn draw(generation: &Generation, began: Instant) {
    let progress = usize::try_from(generation.progress).unwrap_or_default().min(100);
    let done = progress * WIDTH / 100;
    let seconds = began.elapsed().as_secs();
    let bar = format!("{}{}", "█".repeat(done), "░".repeat(WIDTH - done));
    let mut stderr = stderr().lock();
    // A terminal that is gone is no reason to stop.
    let _ = write!(
        stderr,
        "\r{bar} {progress:3} %  {:<10} {seconds:3} s",
        generation.status
    );
    let _ = stderr.flush();
}
