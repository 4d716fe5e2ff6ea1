//! `tintype audit`: what must always be true of the rows, asked in SQL.
//!
//! Each check is a query that finds what breaks it; an honest database answers
//! none with a row. They read only, on either database, and take seconds. One probe
//! writes, to see whether what is written is kept.

mod accounts;
mod batches;
mod credits;
mod generations;
mod keys;
mod usage;

use entity::{Timestamp, file, schedule_run};
use futures_util::TryStreamExt as _;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::db;
use crate::events;
use crate::files::{self, OpenError};
use crate::secrets::hex;

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

/// What is asked of the rows.
pub fn rules() -> impl Iterator<Item = &'static str> {
    RULES.iter().copied().flatten().map(|(rule, _)| *rule)
}

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
    Open(#[from] OpenError),
    #[error("an object could not be read: {0}")]
    Read(#[from] std::io::Error),
}

/// Examples that are named for one broken rule.
const EXAMPLES: usize = 5;

/// How long after its time a schedule that runs may have done its work.
const GRACE_MICROS: i64 = 60_000_000;

/// Asks every rule.
///
/// # Errors
/// When database or store can't be asked.
pub async fn audit(app: &App) -> Result<Vec<Finding>, AuditError> {
    let mut findings = Vec::new();
    let kept = app.now().minus(events::KEPT).micros() + GRACE_MICROS;
    let report = app.db.begin_report().await?;
    // What became due while no worker ran, or by a clock that is ahead here, is not late.
    let began = schedule_run::Entity::find_by_id(1).one(&report).await?;
    let began = began.map_or(Timestamp::from_micros(0), |run| run.began_at);
    let late = began.min(app.now()).micros() - GRACE_MICROS;
    for (rule, sql) in RULES.iter().copied().flatten() {
        let sql = sql.replace("{late}", &late.to_string());
        let sql = sql.replace("{kept}", &kept.to_string());
        let sql = format!("{sql} LIMIT {EXAMPLES}");
        let rows = report.query_all_raw(db::statement(&report, &sql, vec![])).await?;
        let examples = rows
            .iter()
            .map(|row| row.try_get_by_index(0))
            .collect::<Result<Vec<String>, _>>()?;
        if !examples.is_empty() {
            findings.push(Finding { rule, examples });
        }
    }
    report.rollback().await?;
    findings.extend(lost_files(app).await?);
    if !app.db.keeps_writes().await {
        findings.push(Finding {
            rule: "the database keeps what is written",
            examples: vec!["a row was written and is not there, or could not be written".to_owned()],
        });
    }
    Ok(findings)
}

/// Every file's object is there, with its size and SHA-256.
async fn lost_files(app: &App) -> Result<Option<Finding>, AuditError> {
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
            if !is_intact(app, &file).await? {
                examples.push(file.id.to_string());
            }
        }
    }
    examples.truncate(EXAMPLES);
    let rule = "a file's object has the row's size and SHA-256";
    Ok((!examples.is_empty()).then_some(Finding { rule, examples }))
}

/// Whether the store holds what was kept. Of a file that was deleted since its row was
/// read, nothing is wanted.
async fn is_intact(app: &App, file: &file::Model) -> Result<bool, AuditError> {
    let mut content = match files::open(app, file, None).await {
        Err(OpenError::Deleted) => return Ok(true),
        Err(OpenError::Lost(_)) => return Ok(false),
        content => content?,
    };
    let mut digest = Sha256::new();
    while let Some(chunk) = content.try_next().await? {
        digest.update(&chunk);
    }
    Ok(hex(&digest.finalize()) == file.sha256)
}
