//! What was done for a request, table by table, as its row keeps it. Each step
//! counts in the transaction that does it, so that a crash counts nothing twice.

use entity::{DataRequestId, data_request};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What was done with rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// They were copied into the archive.
    Exported,
    /// They should have been copied and could not be.
    Missing,
    /// They are gone.
    Deleted,
    /// They stay, without their personal content.
    Cleared,
    /// They stay as they are.
    Kept,
    /// What was under way was stopped.
    Canceled,
    /// What could be used can't be used any more.
    Ended,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Counted {
    pub action: Done,
    pub table: String,
    pub count: u64,
    pub why: Option<String>,
}

/// The tally of a row.
pub fn read(actions: &Value) -> Vec<Counted> {
    serde_json::from_value(actions.clone()).unwrap_or_default()
}

/// As a row keeps it.
pub fn write(tally: &[Counted]) -> Value {
    serde_json::to_value(tally).unwrap_or_default()
}

/// Adds to the tally of a request, in the transaction that did it.
///
/// # Errors
/// What the database answers.
pub async fn count(
    tx: &impl ConnectionTrait,
    request: &DataRequestId,
    done: Done,
    table: &str,
    count: u64,
    why: Option<&str>,
) -> Result<(), DbErr> {
    if count == 0 {
        return Ok(());
    }
    let row = data_request::Entity::find_by_id(request.clone())
        .lock_exclusive()
        .one(tx)
        .await?;
    let mut tally = read(&row.map(|row| row.actions).unwrap_or_default());
    match tally
        .iter_mut()
        .find(|known| known.action == done && known.table == table)
    {
        Some(known) => known.count += count,
        None => tally.push(Counted {
            action: done,
            table: table.to_owned(),
            count,
            why: why.map(str::to_owned),
        }),
    }
    data_request::Entity::update_many()
        .col_expr(data_request::Column::Actions, Expr::value(write(&tally)))
        .filter(data_request::Column::Id.eq(request.clone()))
        .exec(tx)
        .await?;
    Ok(())
}
