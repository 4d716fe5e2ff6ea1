//! Many rows in one statement, which reads alike for few and for many: a database
//! prepares what it has not read before, and that takes longer than doing it.

use sea_orm::sea_query::sea_value_to_json_value;
use sea_orm::{
    ActiveModelTrait, ActiveValue, ColumnTrait as _, ColumnType, ConnectionTrait, DbErr, EntityName as _,
    EntityTrait, IdenStatic as _, Iterable as _, Value,
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
    // They travel as one value: a list of lists, which the database unfolds.
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
        ColumnType::Boolean => format!("CAST(value ->> {at} AS BOOLEAN)"),
        ColumnType::Integer => format!("CAST(value ->> {at} AS INTEGER)"),
        ColumnType::BigInteger => format!("CAST(value ->> {at} AS BIGINT)"),
        ColumnType::Json | ColumnType::JsonBinary => format!("NULLIF(value -> {at}, 'null')"),
        _ => format!("value ->> {at}"),
    }
}

/// Changes rows, each to values of its own: `rows` are the tuples of a table `v`
/// with the named columns, which `update` joins.
///
/// # Errors
/// What the database answers.
pub async fn update(
    connection: &impl ConnectionTrait,
    columns: &[(&str, &str)],
    rows: Vec<Vec<Value>>,
    update: &str,
) -> Result<u64, DbErr> {
    if rows.is_empty() {
        return Ok(0);
    }
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    // A tuple that is there twice changes its row once.
    let rows = filled(rows);
    let tuples: Vec<String> = (0..rows.len())
        .map(|row| {
            // PostgreSQL takes untyped values for text: each says what it is.
            let casts = columns
                .iter()
                .enumerate()
                .map(|(at, (_, kind))| format!("CAST(${} AS {kind})", row * columns.len() + at + 1));
            format!("({})", casts.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let sql = format!(
        "WITH v({}) AS (VALUES {}) {update}",
        names.join(", "),
        tuples.join(", ")
    );
    db::execute(connection, &sql, rows.into_iter().flatten().collect()).await
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
