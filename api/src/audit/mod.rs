//! `tintype audit`: what must always be true of the rows, asked in SQL.
//!
//! Each check is a query that finds what breaks it; an honest database answers
//! none with a row. They read only, on either database, and take seconds.

mod accounts;
mod batches;
mod credits;
mod generations;
mod keys;
mod usage;

use entity::file;
use futures_util::TryStreamExt as _;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::db;
use crate::events;
use crate::secrets::hex;
use crate::storage::StoreError;

/// What must be true, and a query that finds the ids of what breaks it.
type Rule = (&'static str, &'static str);

const RULES: &[&[Rule]] = &[
    credits::RULES,
    generations::RULES,
    batches::RULES,
    keys::RULES,
    usage::RULES,
    accounts::RULES,
];

/// A broken rule and some of the ids that break it.
#[derive(Debug)]
pub struct Finding {
    pub rule: &'static str,
    pub examples: Vec<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    #[error(transparent)]
    Database(#[from] DbErr),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("an object could not be read: {0}")]
    Read(#[from] std::io::Error),
}

/// Examples that are named for one broken rule.
const EXAMPLES: usize = 5;

/// How long after its time a schedule may have done its work.
const GRACE_MICROS: i64 = 60_000_000;

/// Asks every rule.
///
/// # Errors
/// When database or store can't be asked.
pub async fn audit(app: &App) -> Result<Vec<Finding>, AuditError> {
    let mut findings = Vec::new();
    let late = app.now().micros() - GRACE_MICROS;
    let kept = app.now().minus(events::KEPT).micros() + GRACE_MICROS;
    for (rule, sql) in RULES.iter().copied().flatten() {
        let sql = sql.replace("{late}", &late.to_string());
        let sql = sql.replace("{kept}", &kept.to_string());
        let sql = format!("{sql} LIMIT {EXAMPLES}");
        let rows = app
            .db
            .read()
            .query_all_raw(db::statement(app.db.read(), &sql, vec![]))
            .await?;
        let examples = rows
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<Vec<String>, _>>()?;
        if !examples.is_empty() {
            findings.push(Finding { rule, examples });
        }
    }
    findings.extend(files(app).await?);
    Ok(findings)
}

/// Every file's object is there, with its size and SHA-256.
async fn files(app: &App) -> Result<Option<Finding>, AuditError> {
    let mut examples = Vec::new();
    let mut after = String::new();
    loop {
        let page = file::Entity::find()
            .filter(file::Column::Id.gt(after))
            .order_by_asc(file::Column::Id)
            .limit(500)
            .all(app.db.read())
            .await?;
        let Some(last) = page.last() else { break };
        after = last.id.to_string();
        for file in page {
            let intact = measure(app, &file.storage_key).await? == Some((file.bytes, file.sha256));
            // Of a file that was deleted since it was read, nothing is wanted.
            if !intact
                && file::Entity::find_by_id(file.id.clone())
                    .one(app.db.read())
                    .await?
                    .is_some()
            {
                examples.push(file.id.to_string());
            }
        }
    }
    examples.truncate(EXAMPLES);
    let rule = "a file's object has the row's size and SHA-256";
    Ok((!examples.is_empty()).then_some(Finding { rule, examples }))
}

/// An object's size and SHA-256; `None` when there is no such object.
async fn measure(app: &App, key: &str) -> Result<Option<(i64, String)>, AuditError> {
    let mut content = match app.store.get(key, None).await {
        Err(StoreError::Missing(_)) => return Ok(None),
        content => content?,
    };
    let (mut bytes, mut digest) = (0, Sha256::new());
    while let Some(chunk) = content.try_next().await? {
        bytes += chunk.len();
        digest.update(&chunk);
    }
    Ok(Some((
        i64::try_from(bytes).unwrap_or(i64::MAX),
        hex(&digest.finalize()),
    )))
}
