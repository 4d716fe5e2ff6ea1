//! States of jobs, in whatever letters.

/// Where a provider's job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Running,
    Succeeded,
    Failed,
    Canceled,
}

/// Reads a state; `None` for a word that nobody has said so far.
#[must_use]
pub fn state(word: &str) -> Option<State> {
    let word = word.trim().to_lowercase().replace([' ', '-'], "_");
    match word.as_str() {
        "queued" | "pending" | "staged" | "starting" | "retry" | "processing" | "running" | "in_progress"
        | "in_queue" | "accepted" | "submitted" => Some(State::Running),
        "succeeded" | "success" | "completed" | "complete" | "done" | "ok" => Some(State::Succeeded),
        "failed" | "failure" | "error" | "expired" => Some(State::Failed),
        "canceled" | "cancelled" | "aborted" => Some(State::Canceled),
        _ => None,
    }
}
