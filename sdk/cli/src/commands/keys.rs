//! `keys`: API keys.

use clap::{Args, Subcommand};
use tintype_client::Tintype;
use tintype_client::types::{ApiKey, CreateKey, KeyId, Scope};

use crate::{Outcome, output};

/// Look after API keys.
#[derive(Subcommand)]
pub enum Command {
    /// List the keys, newest first.
    List,
    Create(Create),
    /// Revoke a key, for good.
    Revoke {
        /// The key.
        id: KeyId,
        /// Also the keys that it made.
        #[arg(long)]
        descendants: bool,
    },
}

/// Make a key; its secret is printed, this once.
#[derive(Args)]
pub struct Create {
    /// What the key is for.
    name: String,
    /// What it may do, as in `generations:write`; may be repeated.
    #[arg(long = "scope", required = true, value_name = "SCOPE")]
    scopes: Vec<Scope>,
    /// A key for paid use instead of one like yours.
    #[arg(long)]
    live: bool,
}

pub async fn run(client: &Tintype, command: Command, json: bool) -> Outcome {
    match command {
        Command::List => list(client, json).await,
        Command::Create(create) => {
            let mut wanted = CreateKey::new(create.name, create.scopes);
            if create.live {
                wanted = wanted.livemode(true);
            }
            let key = client.keys().create(wanted).await?;
            if json {
                output::json(&key);
            } else {
                eprintln!("{}: keep its secret, it is shown this once", key.id);
                println!("{}", key.secret);
            }
            Ok(())
        }
        Command::Revoke { id, descendants } => {
            let revoked = client.keys().revoke(id).descendants(descendants).await?;
            if json {
                output::json(&revoked);
            } else if revoked.descendants_active > 0 {
                let left = revoked.descendants_active;
                eprintln!("{left} keys that it made are still good: --descendants revokes them, too");
            }
            Ok(())
        }
    }
}

async fn list(client: &Tintype, json: bool) -> Outcome {
    let mut items = client.keys().list().limit(100).items();
    let mut keys = Vec::new();
    while let Some(key) = items.next().await {
        keys.push(key?);
    }
    if json {
        output::json(&keys);
    } else {
        output::table(&keys.iter().map(row).collect::<Vec<_>>());
    }
    Ok(())
}

fn row(key: &ApiKey) -> Vec<String> {
    let mode = if key.livemode { "live" } else { "test" };
    let state = if key.revoked_at.is_some() {
        "revoked"
    } else {
        "active"
    };
    vec![
        key.id.to_string(),
        format!("tt_{mode}_…{}", key.last_four),
        state.to_owned(),
        key.created_at.strftime("%F").to_string(),
        key.name.clone(),
    ]
}
