//! What a newcomer finds: a demo account with test credits, a key, and the first
//! call to copy.

use std::fs;

use entity::{AccountId, Credits, KeyId, account, api_key, wallet};
use sea_orm::{ActiveValue::Set, ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use crate::app::App;
use crate::auth::{Scopes, secret};
use crate::credits::open_wallets;
use crate::secrets::write_private;

const EMAIL: &str = "demo@tintype.example";

#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error("the demo key can't be kept in `data_dir`: {0}")]
    File(#[from] std::io::Error),
}

/// Makes the demo account at the first start of a sandbox, and says how to begin.
/// `None` in production.
///
/// # Errors
/// When the account can't be made or its key not kept.
pub async fn prepare(app: &App) -> Result<Option<String>, DemoError> {
    if !app.config.sandbox.enabled {
        return Ok(None);
    }
    let path = app.config.data_dir.join("demo.key");
    let found = account::Entity::find()
        .filter(account::Column::EmailKey.eq(EMAIL))
        .one(app.db.read())
        .await?;
    let account = match found {
        Some(account) => account.id,
        None => {
            let key = secret::mint(false);
            // First the file: a key whose secret is lost helps nobody.
            write_private(&path, &key)?;
            match make(app, &key).await {
                // Another process was faster.
                Err(error)
                    if matches!(
                        error.sql_err(),
                        Some(sea_orm::SqlErr::UniqueConstraintViolation(_))
                    ) =>
                {
                    return Ok(None);
                }
                made => made?,
            }
        }
    };
    let key = fs::read_to_string(&path).ok().map(|text| text.trim().to_owned());
    let wallet = wallet::Entity::find_by_id((account, false))
        .one(app.db.read())
        .await?;
    let available = wallet.map_or(Credits::ZERO, |wallet| wallet.available);
    Ok(Some(welcome(&app.config.public_url(), key.as_deref(), available)))
}

async fn make(app: &App, key: &str) -> Result<AccountId, DbErr> {
    let now = app.now();
    let id = AccountId::new(now);
    let tx = app.db.begin().await?;
    let account = account::ActiveModel {
        id: Set(id.clone()),
        status: Set(account::Status::Active),
        email: Set(Some(EMAIL.to_owned())),
        email_key: Set(Some(EMAIL.to_owned())),
        password_hash: Set(None),
        email_verified_at: Set(Some(now)),
        created_at: Set(now),
        erased_at: Set(None),
    };
    account::Entity::insert(account)
        .exec_without_returning(&tx)
        .await?;
    open_wallets(&tx, &id, now, &app.config.credits).await?;
    let key = api_key::ActiveModel {
        id: Set(KeyId::new(now)),
        account_id: Set(id.clone()),
        livemode: Set(false),
        name: Set("demo".to_owned()),
        scopes: Set(Scopes::all().to_string()),
        secret_hash: Set(secret::hash(key)),
        last_four: Set(secret::last_four(key).to_owned()),
        in_flight: Set(0),
        created_at: Set(now),
        expires_at: Set(None),
        revoked_at: Set(None),
        last_used_at: Set(None),
    };
    api_key::Entity::insert(key).exec_without_returning(&tx).await?;
    tx.commit().await?;
    Ok(id)
}

fn welcome(url: &str, key: Option<&str>, available: Credits) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let Some(key) = key else {
        return format!("\n  Tintype {version} is ready at {url}\n  Try it in the browser: {url}/docs\n");
    };
    format!(
        r#"
  Tintype {version} is ready.

    Address   {url}
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
