//! What a newcomer finds: a demo account with test credits, a key, and the first
//! call to copy.

use std::fs;
use std::path::Path;

use entity::{AccountId, Credits, account, api_key, wallet};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use crate::accounts::{self, Address, Agreed};
use crate::app::App;
use crate::auth::{Scopes, secret};
use crate::config::Config;
use crate::keys;
use crate::secrets::write_private;

const EMAIL: &str = "demo@tintype.example";

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error("the demo key can't be kept in `data_dir`: {0}")]
    File(#[from] std::io::Error),
}

/// What is said once the server is ready. In a sandbox it says how to begin, with
/// the key of a demo account that is made at the first start.
///
/// # Errors
/// When the account can't be made or its key not kept.
pub async fn greet(app: &App) -> Result<String, DemoError> {
    if !app.config.sandbox.enabled {
        return Ok(ready(&address(&app.config)));
    }
    let account = find_or_open(app).await?;
    let key = find_or_issue(app, &account, &app.config.data_dir.join("demo.key")).await?;
    let wallet = wallet::Entity::find_by_id((account, false))
        .one(app.db.read())
        .await?;
    let available = wallet.map_or(Credits::ZERO, |wallet| wallet.available);
    let address = address(&app.config);
    Ok(welcome(&app.config.public_url(), &address, &key, available))
}

/// Where users reach it, and where it listens if that is not the same.
fn address(config: &Config) -> String {
    match config.public_url.is_empty() {
        true => config.public_url(),
        false => format!("{}\n    Listens   http://{}", config.public_url(), config.listen),
    }
}

async fn find_or_open(app: &App) -> Result<AccountId, DbErr> {
    let address: Address = EMAIL.parse().expect("the demo's address is one");
    let find = || account::Entity::find().filter(account::Column::EmailKey.eq(address.key()));
    if let Some(found) = find().one(app.db.read()).await? {
        return Ok(found.id);
    }
    let opened = accounts::open_confirmed(app, &address, &Agreed::by_operator(&app.config)).await?;
    match opened {
        Some(id) => Ok(id),
        // Another process was faster.
        None => find()
            .one(app.db.write())
            .await?
            .map(|found| found.id)
            .ok_or_else(|| DbErr::RecordNotFound("the demo account".to_owned())),
    }
}

/// The key in the file, as long as it is good; a new one otherwise.
async fn find_or_issue(app: &App, account: &AccountId, path: &Path) -> Result<String, DemoError> {
    if let Ok(text) = fs::read_to_string(path) {
        let key = text.trim();
        let good = api_key::Entity::find()
            .filter(api_key::Column::SecretHash.eq(secret::hash(key)))
            .filter(api_key::Column::AccountId.eq(account.clone()))
            .filter(api_key::Column::RevokedAt.is_null())
            .one(app.db.read())
            .await?;
        if good.is_some() {
            return Ok(key.to_owned());
        }
    }
    let issued = keys::issue_for(app, account, false, "demo".to_owned(), Scopes::all()).await?;
    write_private(path, &issued.secret)?;
    Ok(issued.secret)
}

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn ready(address: &str) -> String {
    format!("\n  Tintype {VERSION} is ready.\n\n    Address   {address}\n\n  Stop with Ctrl-C.\n")
}

fn welcome(url: &str, address: &str, key: &str, available: Credits) -> String {
    format!(
        r#"
  Tintype {VERSION} is ready.

    Address   {address}
    Try it    {url}/docs
    Test key  {key}
    Balance   {available} test credits

  Your first picture:

    curl -so picture.png "$(curl -s {url}/v1/generations \
      -H 'Authorization: Bearer {key}' \
      -H 'Content-Type: application/json' -H 'Prefer: wait=30' \
      -d '{{"model": "sandbox-image", "input": {{"prompt": "a lighthouse at dawn"}}}}' \
      | sed -E 's/.*"url":"([^"]+)".*/\1/')"

  It is in picture.png. Stop with Ctrl-C; your data stays.
"#
    )
}
