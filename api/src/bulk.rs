//! Many rows in one statement, which reads alike for few and for many: a database
//! prepares what it has not read before, and that takes longer than doing it.
//!
//! The rows travel as one JSON value, a list of lists, which the database unfolds.

use sea_orm::sea_query::sea_value_to_json_value;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait as _, ColumnType, ConnectionTrait, DbErr, EntityName as _,
    EntityTrait, FromQueryResult, IdenStatic as _, Iterable as _, Value,
};

use crate::db;

/// Inserts rows that have the same columns set.
///
/// # Errors
/// What the database answers.
pub async fn insert<A: ActiveModelTrait>(
    connection: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
) -> Result<u64, DbErr> {
    insert_or(connection, rows, "").await
}

/// The same; `conflict` (`ON CONFLICT …`) says what becomes of rows that are there.
///
/// # Errors
/// What the database answers.
pub async fn insert_or<A: ActiveModelTrait>(
    connection: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = A>,
    conflict: &str,
) -> Result<u64, DbErr> {
    let mut rows = rows.into_iter().peekable();
    let Some(first) = rows.peek() else { return Ok(0) };
    let columns = <A::Entity as EntityTrait>::Column::iter();
    let columns: Vec<_> = columns
        .filter(|column| !matches!(first.get(*column), ActiveValue::NotSet))
        .collect();
    let names = columns.iter().map(|column| format!("\"{}\"", column.as_str()));
    let reads = columns.iter().zip(0..);
    let reads = reads.map(|(column, at)| read(at, column.def().get_column_type()));
    let rows = rows.map(|mut row| {
        let values = columns.iter().map(|column| match row.take(*column).into_value() {
            Some(value) => sea_value_to_json_value(&value),
            None => serde_json::Value::Null,
        });
        values.collect::<serde_json::Value>()
    });
    let sql = format!(
        "INSERT INTO {} ({}) SELECT {} FROM {} WHERE TRUE {conflict}",
        A::Entity::default().table_name(),
        names.collect::<Vec<_>>().join(", "),
        reads.collect::<Vec<_>>().join(", "),
        db::elements_sql(connection),
    );
    let rows: serde_json::Value = rows.collect();
    db::execute(connection, &sql, vec![rows.into()]).await
}

/// The value at a place of the row, as the column takes it.
fn read(at: usize, column: &ColumnType) -> String {
    match column {
        ColumnType::Boolean => cast(at, "BOOLEAN"),
        ColumnType::Integer => cast(at, "INTEGER"),
        ColumnType::BigInteger => cast(at, "BIGINT"),
        ColumnType::Json | ColumnType::JsonBinary => format!("NULLIF(value -> {at}, 'null')"),
        _ => format!("value ->> {at}"),
    }
}

fn cast(at: usize, kind: &str) -> String {
    format!("CAST(value ->> {at} AS {kind})")
}

/// Columns and the types that their values are read as.
pub type Columns<'a> = &'a [(&'a str, &'a str)];

/// The rows as a table `v` with the named columns.
fn unfolded(connection: &impl ConnectionTrait, columns: Columns<'_>) -> String {
    let reads = columns
        .iter()
        .zip(0..)
        .map(|((name, kind), at)| format!("{} AS {name}", cast(at, kind)));
    format!(
        "WITH v AS (SELECT {} FROM {})",
        reads.collect::<Vec<_>>().join(", "),
        db::elements_sql(connection)
    )
}

fn folded(rows: Vec<Vec<Value>>) -> Value {
    let rows = rows.into_iter().map(|row| {
        row.iter()
            .map(sea_value_to_json_value)
            .collect::<serde_json::Value>()
    });
    rows.collect::<serde_json::Value>().into()
}

/// How rows of a table are changed, each to values of its own.
pub struct Update<'a> {
    pub table: &'a str,
    /// Columns that name a row, and behind them those with its new values.
    pub columns: Columns<'a>,
    /// How many of the columns name a row.
    pub keys: usize,
    /// What is set: `v` is the table of the values.
    pub set: &'a str,
    /// What else must hold of a row, or nothing.
    pub only: &'a str,
}

impl Update<'_> {
    fn sql(&self, connection: &impl ConnectionTrait) -> String {
        let only = match self.only {
            "" => String::new(),
            only => format!(" AND {only}"),
        };
        format!(
            "{} UPDATE {} SET {} FROM v WHERE {}{only}",
            unfolded(connection, self.columns),
            self.table,
            self.set,
            named(
                connection,
                self.table,
                self.columns.get(..self.keys).unwrap_or_default()
            ),
        )
    }
}

/// Changes rows.
///
/// # Errors
/// What the database answers.
pub async fn update(
    connection: &impl ConnectionTrait,
    update: &Update<'_>,
    rows: Vec<Vec<Value>>,
) -> Result<u64, DbErr> {
    if rows.is_empty() {
        return Ok(0);
    }
    db::execute(connection, &update.sql(connection), vec![folded(rows)]).await
}

/// Changes rows, and returns those that were changed as they are now.
///
/// # Errors
/// What the database answers.
pub async fn update_returning<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    update: &Update<'_>,
    rows: Vec<Vec<Value>>,
) -> Result<Vec<E::Model>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{} RETURNING {}", update.sql(connection), columns_of::<E>());
    db::query(connection, &sql, vec![folded(rows)]).await
}

/// Runs a statement over `v`, the table of `rows`.
///
/// # Errors
/// What the database answers.
pub async fn execute(
    connection: &impl ConnectionTrait,
    columns: Columns<'_>,
    rows: Vec<Vec<Value>>,
    statement: &str,
) -> Result<u64, DbErr> {
    if rows.is_empty() {
        return Ok(0);
    }
    let sql = format!("{} {statement}", unfolded(connection, columns));
    db::execute(connection, &sql, vec![folded(rows)]).await
}

/// Runs a query over `v`, the table of `rows`, and reads what it answers.
///
/// # Errors
/// What the database answers.
pub async fn query<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    columns: Columns<'_>,
    rows: Vec<Vec<Value>>,
    query: &str,
) -> Result<Vec<T>, DbErr> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!("{} {query}", unfolded(connection, columns));
    db::query(connection, &sql, vec![folded(rows)]).await
}

/// Reads the rows of a table that have the values of any of `rows` in these columns.
/// `rest` says what else must hold, and in which order they come.
///
/// # Errors
/// What the database answers.
pub async fn find<E: EntityTrait>(
    connection: &impl ConnectionTrait,
    columns: Columns<'_>,
    rows: Vec<Vec<Value>>,
    rest: &str,
) -> Result<Vec<E::Model>, DbErr> {
    let table = E::default().table_name();
    let found = match columns {
        [(column, _)] => db::lookup_sql(connection, table, column, &format!("SELECT {column} FROM v")),
        _ => None,
    };
    // On SQLite a cross join is done in this order: the few rows first, then one look each.
    let joined = || format!("v CROSS JOIN {table} WHERE {}", named(connection, table, columns));
    let sql = format!(
        "SELECT {} FROM {} {rest}",
        columns_of::<E>(),
        found.unwrap_or_else(joined)
    );
    query(connection, columns, rows, &sql).await
}

/// Rows of a table that `v` names by these columns.
fn named(connection: &impl ConnectionTrait, table: &str, columns: Columns<'_>) -> String {
    let matches = columns
        .iter()
        .map(|(name, _)| format!("{table}.{name} = v.{name}"));
    let first = columns.first().map(|(name, _)| *name).unwrap_or_default();
    let among = db::among_sql(
        connection,
        &format!("{table}.{first}"),
        &format!("SELECT {first} FROM v"),
    );
    matches.chain([among]).collect::<Vec<_>>().join(" AND ")
}

/// The columns of a table by name. They are written out: a statement that was
/// prepared with `*` fails when a newer server adds a column.
#[must_use]
pub fn columns_of<E: EntityTrait>() -> String {
    let table = E::default().table_name().to_owned();
    let names = E::Column::iter().map(|column| format!("{table}.{}", column.as_str()));
    names.collect::<Vec<_>>().join(", ")
}

/// As many that there are few different numbers of them: the last is repeated.
#[must_use]
pub fn filled<T: Clone>(these: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut these: Vec<T> = these.into_iter().collect();
    if let Some(last) = these.last().cloned() {
        these.resize(these.len().next_power_of_two(), last);
    }
    these
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_seven_lengths_up_to_sixty_four() {
        let lengths: std::collections::BTreeSet<usize> = (1..=64).map(|few| filled(0..few).len()).collect();
        assert_eq!(lengths.into_iter().collect::<Vec<_>>(), [1, 2, 4, 8, 16, 32, 64]);
        assert_eq!(filled([1, 2, 3]), [1, 2, 3, 3]);
        assert!(filled::<i32>([]).is_empty());
    }
}
