//! `tintype review`: what was flagged, for the operator to decide about.

use std::process::ExitCode;

use clap::Subcommand;
use entity::ReviewItemId;
use entity::review_item::{self, Status};
use sea_orm::DbErr;
use serde_json::json;

use crate::app::App;
use crate::moderation::review;

/// Items read at a time.
const PAGE: u64 = 100;

#[derive(Subcommand)]
pub enum Review {
    /// Print flagged items, one JSON object a line, oldest first.
    List {
        /// Those that were decided about instead of those that wait.
        #[arg(long, value_enum, default_value_t = Which::Open)]
        status: Which,
    },
    /// Decide about an item, once.
    Decide {
        /// Its id: `rev_…`.
        id: ReviewItemId,
        /// Whether it was rightly flagged.
        #[arg(value_enum)]
        decision: Decision,
    },
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Which {
    Open,
    Upheld,
    Dismissed,
}

#[derive(Clone, Copy, clap::ValueEnum)]
pub enum Decision {
    /// Rightly flagged.
    Uphold,
    /// Flagged for nothing.
    Dismiss,
}

#[derive(Debug, thiserror::Error)]
pub enum ReviewError {
    #[error("no item {0} waits for a decision")]
    NothingWaits(ReviewItemId),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Does what the command asks.
///
/// # Errors
/// What the database answers, and when there is nothing to decide.
pub async fn run(app: &App, command: Review) -> Result<ExitCode, ReviewError> {
    match command {
        Review::List { status } => list(app, status).await,
        Review::Decide { id, decision } => {
            let status = match decision {
                Decision::Uphold => Status::Upheld,
                Decision::Dismiss => Status::Dismissed,
            };
            match review::decide(app.db.write(), &id, status, app.now()).await? {
                true => Ok(ExitCode::SUCCESS),
                false => Err(ReviewError::NothingWaits(id)),
            }
        }
    }
}

async fn list(app: &App, which: Which) -> Result<ExitCode, ReviewError> {
    let status = match which {
        Which::Open => Status::Open,
        Which::Upheld => Status::Upheld,
        Which::Dismissed => Status::Dismissed,
    };
    let mut after = None;
    loop {
        let items = review::list(app.db.read(), status, after.as_ref(), PAGE).await?;
        let Some(last) = items.last() else {
            return Ok(ExitCode::SUCCESS);
        };
        after = Some(last.id.clone());
        for item in items {
            print(app, item).await?;
        }
    }
}

async fn print(app: &App, item: review_item::Model) -> Result<(), DbErr> {
    let prompt = review::prompt_of(app.db.read(), &item).await?;
    let line = json!({
        "id": item.id,
        "account_id": item.account_id,
        "livemode": item.livemode,
        "key_id": item.key_id,
        "source": sea_orm::ActiveEnum::to_value(&item.source),
        "categories": item.categories,
        "generation_id": item.generation_id,
        "prompt": prompt,
        "times": item.times,
        "created_at": item.created_at.to_string(),
        "last_at": item.last_at.to_string(),
        "decided_at": item.decided_at.map(|at| at.to_string()),
    });
    println!("{line}");
    Ok(())
}
