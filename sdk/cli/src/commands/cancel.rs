//! `cancel`: calls a generation off.

use clap::Args;
use tintype_client::Tintype;
use tintype_client::types::GenerationId;

use crate::{Outcome, output};

/// Cancel a generation; what is canceled costs nothing.
#[derive(Args)]
pub struct Arguments {
    /// The generation.
    id: GenerationId,
}

pub async fn run(client: &Tintype, arguments: Arguments, json: bool) -> Outcome {
    let generation = client.generations().cancel(arguments.id).await?;
    if json {
        output::json(&generation);
    } else if generation.ended_at.is_none() {
        println!("{}, asked to stop", generation.status);
    } else {
        println!("{}", generation.status);
    }
    Ok(())
}
