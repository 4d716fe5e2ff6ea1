//! `watch`: a generation until its end.

use std::path::PathBuf;

use clap::Args;
use tintype_client::Tintype;
use tintype_client::types::GenerationId;

use crate::progress::watched;
use crate::{Failure, Outcome, output};

/// Watch a generation until it ends.
#[derive(Args)]
pub struct Arguments {
    /// The generation.
    id: GenerationId,
    /// Save what it made: to a file or into a folder.
    #[arg(long, short, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Overwrite what is there.
    #[arg(long, short)]
    force: bool,
}

pub async fn run(client: &Tintype, arguments: Arguments, json: bool) -> Outcome {
    let generation = watched(client.generations().wait(&arguments.id)).await?;
    if json {
        output::json(&generation);
    }
    if let Some(wanted) = arguments.output {
        return output::take_home(client, &generation, Some(&wanted), arguments.force, json).await;
    }
    if !json {
        println!("{}", generation.status);
    }
    match generation.error {
        Some(error) => Err(Failure::Said(error.message)),
        None => Ok(()),
    }
}
