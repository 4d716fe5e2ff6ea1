//! The register, turned into SQL: rows that go, and columns that are emptied.

use entity::privacy::{Field, Rows, Table};
use entity::{AccountId, Timestamp};
use sea_orm::{ConnectionTrait, DbErr};

use crate::db;

/// Rows changed in one transaction.
const SOME: u64 = 200;

/// Deletes or clears some of an account's rows of a table, as it declares, and
/// says how many; none when there is nothing left to do.
///
/// # Errors
/// What the database answers.
pub async fn clear_some(
    tx: &impl ConnectionTrait,
    table: &Table,
    account: &AccountId,
    now: Timestamp,
) -> Result<u64, DbErr> {
    let Some(owner) = table.owner else { return Ok(0) };
    let whose = format!("{owner} = $1");
    let mut values = vec![account.clone().into()];
    match table.on_erasure {
        Rows::Deleted => {
            let some = db::some_rows_sql(tx, table.name, &whose, SOME);
            let sql = format!("DELETE FROM {} WHERE {some}", table.name);
            db::execute(tx, &sql, values).await
        }
        Rows::Kept { .. } => {
            let Some(change) = change(table) else { return Ok(0) };
            if change.says_when {
                values.push(now.into());
            }
            let condition = format!("{whose} AND ({})", change.is_left);
            let some = db::some_rows_sql(tx, table.name, &condition, SOME);
            let sql = format!("UPDATE {} SET {} WHERE {some}", table.name, change.set);
            db::execute(tx, &sql, values).await
        }
    }
}

/// How many rows of an account a table has.
///
/// # Errors
/// What the database answers.
pub async fn count_rows(db: &impl ConnectionTrait, table: &Table, account: &AccountId) -> Result<u64, DbErr> {
    let Some(owner) = table.owner else { return Ok(0) };
    let sql = format!("SELECT COUNT(*) AS count FROM {} WHERE {owner} = $1", table.name);
    let row = db
        .query_one_raw(db::statement(db, &sql, vec![account.clone().into()]))
        .await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "count"))?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Whether a table that keeps its rows empties some of their columns.
pub fn has_cleared(table: &Table) -> bool {
    change(table).is_some()
}

struct Change {
    set: String,
    /// Holds for rows that have something to clear yet.
    is_left: String,
    /// Whether `$2` stands for the time.
    says_when: bool,
}

fn change(table: &Table) -> Option<Change> {
    let (mut set, mut left, mut says_when) = (Vec::new(), Vec::new(), false);
    for column in table.columns {
        let name = column.name;
        let (to, is_left) = match column.on_erasure {
            Field::Stays => continue,
            Field::SetNull => ("NULL".to_owned(), format!("{name} IS NOT NULL")),
            Field::SetEmpty => ("''".to_owned(), format!("{name} <> ''")),
            Field::SetEmptyObject => ("'{}'".to_owned(), format!("CAST({name} AS TEXT) <> '{{}}'")),
            Field::SetNow => {
                says_when = true;
                (
                    format!("COALESCE({name}, CAST($2 AS BIGINT))"),
                    format!("{name} IS NULL"),
                )
            }
        };
        set.push(format!("{name} = {to}"));
        left.push(is_left);
    }
    (!set.is_empty()).then(|| Change {
        set: set.join(", "),
        is_left: left.join(" OR "),
        says_when,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_what_the_declaration_says() {
        let change = change(&entity::api_key::PRIVACY).unwrap();
        assert_eq!(
            change.set,
            "name = '', ip_allow = NULL, revoked_at = COALESCE(revoked_at, CAST($2 AS BIGINT)), last_used_at = NULL"
        );
        assert_eq!(
            change.is_left,
            "name <> '' OR ip_allow IS NOT NULL OR revoked_at IS NULL OR last_used_at IS NOT NULL"
        );
        assert!(change.says_when);
        assert!(!has_cleared(&entity::ledger_entry::PRIVACY));
    }
}
