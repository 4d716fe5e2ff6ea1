//! `list`: generations, newest first.

use clap::Args;
use tintype_client::Tintype;
use tintype_client::types::{GenerationKind, GenerationStatus};

use crate::{Outcome, output};

/// List generations, newest first.
#[derive(Args)]
pub struct Arguments {
    /// How many at most.
    #[arg(long, default_value_t = 20, value_name = "NUMBER")]
    limit: usize,
    /// Only those in this state: queued, running, succeeded, failed, canceled, expired.
    #[arg(long)]
    status: Option<GenerationStatus>,
    /// Only those of this kind: image, video, speech, text.
    #[arg(long)]
    kind: Option<GenerationKind>,
    /// Only those for this end user.
    #[arg(long, value_name = "NAME")]
    end_user: Option<String>,
}

pub async fn run(client: &Tintype, arguments: Arguments, json: bool) -> Outcome {
    let page = u32::try_from(arguments.limit.clamp(1, 100)).unwrap_or(100);
    let mut call = client.generations().list().limit(page);
    if let Some(status) = arguments.status {
        call = call.status(status);
    }
    if let Some(kind) = arguments.kind {
        call = call.kind(kind);
    }
    if let Some(end_user) = arguments.end_user {
        call = call.end_user(end_user);
    }
    let mut items = call.items();
    let mut found = Vec::new();
    while found.len() < arguments.limit
        && let Some(generation) = items.next().await
    {
        found.push(generation?);
    }
    if json {
        output::json(&found);
        return Ok(());
    }
    let rows = found.iter().map(|generation| {
        let prompt = generation.input.prompt.as_deref().unwrap_or_default();
        let prompt = prompt.split_whitespace().collect::<Vec<_>>().join(" ");
        vec![
            generation.id.to_string(),
            generation.status.to_string(),
            generation.model.resolved.clone(),
            generation.cost.captured.to_string(),
            generation.created_at.strftime("%F %H:%M").to_string(),
            prompt.chars().take(50).collect(),
        ]
    });
    output::table(&rows.collect::<Vec<_>>());
    Ok(())
}
