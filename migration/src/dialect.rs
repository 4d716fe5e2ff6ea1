//! The words in which SQLite and PostgreSQL differ.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// Runs `sql` after replacing `{id}` (text that sorts by bytes), `{json}` and
/// `{serial}` (a counting primary key) by the database's own words.
pub async fn run(manager: &SchemaManager<'_>, sql: &str) -> Result<(), DbErr> {
    let [id, json, serial] = match manager.get_database_backend() {
        DbBackend::Postgres => [
            r#"TEXT COLLATE "C""#,
            "JSONB",
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        ],
        _ => ["TEXT", "JSON_TEXT", "INTEGER PRIMARY KEY AUTOINCREMENT"],
    };
    let sql = sql
        .replace("{id}", id)
        .replace("{json}", json)
        .replace("{serial}", serial);
    manager.get_connection().execute_unprepared(&sql).await.map(drop)
}

/// Makes the database refuse `event` (`DELETE`, `UPDATE OF status`, …) on
/// `table` for rows where `condition` holds.
pub async fn refuse(
    manager: &SchemaManager<'_>,
    table: &str,
    event: &str,
    condition: &str,
    message: &str,
) -> Result<(), DbErr> {
    let name = format!("{table}_refuses_{}", event.to_lowercase().replace(' ', "_"));
    let sql = match manager.get_database_backend() {
        DbBackend::Postgres => format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION '{message}'; END $$;
             CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW
             WHEN ({condition}) EXECUTE FUNCTION {name}();"
        ),
        _ => format!(
            "CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}
             BEGIN SELECT RAISE(ABORT, '{message}'); END;"
        ),
    };
    manager.get_connection().execute_unprepared(&sql).await.map(drop)
}

/// Also refuses PostgreSQL's `TRUNCATE`, which fires no row trigger.
pub async fn refuse_truncate(manager: &SchemaManager<'_>, table: &str, message: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() != DbBackend::Postgres {
        return Ok(());
    }
    let name = format!("{table}_refuses_truncate");
    let sql = format!(
        "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
         BEGIN RAISE EXCEPTION '{message}'; END $$;
         CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} EXECUTE FUNCTION {name}();"
    );
    manager.get_connection().execute_unprepared(&sql).await.map(drop)
}
