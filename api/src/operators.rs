//! `tintype admin`: who of the operator's people may use `/admin`. The first owner
//! is made here, and whoever lost their authenticator app is let in again.

use std::process::ExitCode;

use clap::{Subcommand, ValueEnum};
use entity::staff::{self, Role};
use sea_orm::{ActiveEnum as _, DbErr, EntityTrait as _, QueryOrder as _};
use serde_json::json;

use crate::accounts::{Address, InvalidAddress};
use crate::admin::audit::Warrant;
use crate::admin::{ChangeError, InviteError, disable_by_address, renew_or_invite};
use crate::app::App;

#[derive(Subcommand)]
pub enum Operators {
    /// Make somebody staff, or let them set themselves up anew: prints a token for
    /// `POST /admin/v1/setup`, valid for an hour, once.
    New {
        #[arg(long)]
        email: String,
        #[arg(long, value_enum)]
        role: Post,
    },
    /// Print who is or was staff, one JSON object a line.
    List,
    /// Let somebody in no more; their sessions end.
    Disable {
        #[arg(long)]
        email: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Post {
    /// Finds accounts, suspends them, ends their sessions.
    Support,
    /// Grants and takes credits.
    Finance,
    /// Decides about what was flagged.
    Moderator,
    /// Watches over requests about personal data and over the audit log.
    Privacy,
    /// Does all of that, and says who is staff.
    Owner,
}

impl From<Post> for Role {
    fn from(post: Post) -> Self {
        match post {
            Post::Support => Self::Support,
            Post::Finance => Self::Finance,
            Post::Moderator => Self::Moderator,
            Post::Privacy => Self::Privacy,
            Post::Owner => Self::Owner,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OperatorsError {
    #[error(transparent)]
    Address(#[from] InvalidAddress),
    #[error("nobody on the staff has the address {0}: `tintype admin list` shows them")]
    Nobody(String),
    #[error(transparent)]
    Invite(#[from] InviteError),
    #[error(transparent)]
    Change(#[from] ChangeError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Does what the command asks, and writes it down.
///
/// # Errors
/// What the database answers, and when there is nobody to disable.
pub async fn run(app: &App, command: Operators) -> Result<ExitCode, OperatorsError> {
    let warrant = |act| Warrant {
        staff: None,
        act,
        now: app.now(),
    };
    match command {
        Operators::New { email, role } => {
            let address: Address = email.parse()?;
            let token = renew_or_invite(app, &warrant("tintype admin new"), &address, role.into()).await?;
            println!("{token}");
        }
        Operators::List => list(app).await?,
        Operators::Disable { email } => {
            let address: Address = email.parse()?;
            if !disable_by_address(app, &warrant("tintype admin disable"), &address).await? {
                return Err(OperatorsError::Nobody(email));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(app: &App) -> Result<(), DbErr> {
    let all = staff::Entity::find()
        .order_by_asc(staff::Column::Id)
        .all(app.db.read())
        .await?;
    for row in all {
        let line = json!({
            "id": row.id,
            "email": row.email,
            "role": row.role.to_value(),
            "active_at": row.active_at.map(|at| at.to_string()),
            "disabled_at": row.disabled_at.map(|at| at.to_string()),
        });
        println!("{line}");
    }
    Ok(())
}
