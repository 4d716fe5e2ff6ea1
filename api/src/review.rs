//! `tintype review`: what was flagged, for the operator to decide about.

use std::process::ExitCode;

use clap::Subcommand;
use entity::ReviewItemId;
use entity::review_item::{self, Status};
use sea_orm::DbErr;
use serde_json::json;

use crate::admin::audit::{About, Warrant};
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
            decide(app, id, status).await
        }
    }
}

async fn decide(app: &App, id: ReviewItemId, status: Status) -> Result<ExitCode, ReviewError> {
    let warrant = warrant(app, "tintype review decide");
    let tx = app.db.begin().await?;
    let Some(account) = review::decide(&tx, &id, status, warrant.now).await? else {
        return Err(ReviewError::NothingWaits(id));
    };
    let about = About {
        account: Some(account),
        ..About::resource(&id)
    };
    let _written = warrant.done(&tx, about).await?;
    tx.commit().await?;
    Ok(ExitCode::SUCCESS)
}

/// Whoever has the machine is not asked who they are; that they looked is written down
/// all the same.
fn warrant(app: &App, act: &'static str) -> Warrant {
    Warrant {
        staff: None,
        act,
        now: app.now(),
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
        let owners = items.iter().map(|item| &item.account_id);
        let _written = warrant(app, "tintype review list")
            .read_about(app, owners)
            .await?;
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
