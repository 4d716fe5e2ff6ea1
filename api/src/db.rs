//! The database: connect, begin, and the few words in which the two differ.
//!
//! This is the only file that may ask which database it is. PostgreSQL has one
//! pool. SQLite has a writer of one connection, whose transactions take the
//! write lock at once (`BEGIN IMMEDIATE`; a later upgrade would fail in spite of
//! the busy timeout), and a pool of readers that never wait for it.

use std::time::Duration;

use entity::Timestamp;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    FromQueryResult, RuntimeErr, SqlErr, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait, Value,
};
use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};

#[derive(Clone, Debug)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    /// The most that the writer's pool holds.
    lines: u32,
}

impl Db {
    /// Connects to `postgres://…` or `sqlite://path`; a missing SQLite file is made.
    ///
    /// # Errors
    /// When the database can't be reached or opened.
    pub async fn connect(url: &str, max_connections: u32) -> Result<Self, DbErr> {
        if url.starts_with("sqlite:") {
            let writer = sqlite(url, 1).await?;
            let reader = sqlite(url, max_connections.clamp(1, 8)).await?;
            return Ok(Self {
                writer,
                reader,
                lines: 1,
            });
        }
        let mut options = ConnectOptions::new(url);
        options
            .max_connections(max_connections)
            .min_connections(2)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .sqlx_logging(false);
        let pool = Database::connect(options).await?;
        Ok(Self {
            writer: pool.clone(),
            reader: pool,
            lines: max_connections,
        })
    }

    /// For reads outside a transaction.
    #[must_use]
    pub fn read(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// For single statements that write.
    #[must_use]
    pub fn write(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// A transaction that may write. Dropped without a commit, it rolls back.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        // Lines may have been cut while they lay idle. Nothing was asked on them
        // yet, so the next will do.
        for _ in 0..self.lines {
            match self.begin_once().await {
                Err(error) if is_cut(&error) => {}
                begun => return begun,
            }
        }
        self.begin_once().await
    }

    async fn begin_once(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.writer.begin_with_options(options).await
    }

    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }

    /// The pool beneath, for `LISTEN`; `None` on SQLite.
    #[must_use]
    pub fn postgres_pool(&self) -> Option<&sqlx::PgPool> {
        self.is_postgres()
            .then(|| self.writer.get_postgres_connection_pool())
    }

    /// Waits for open statements and closes.
    pub async fn close(self) {
        // The readers first: the last connection to go folds SQLite's log into the file.
        let closed = [self.reader.close().await, self.writer.close().await];
        for error in closed.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
}

async fn sqlite(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                // What is erased is overwritten, not only unlinked.
                .pragma("secure_delete", "ON")
                .pragma("cache_size", "-8000")
        });
    Database::connect(options).await
}

/// The database's clock as SQL, in microseconds. Leases go by it.
#[must_use]
pub fn clock_sql(connection: &impl ConnectionTrait) -> &'static str {
    match connection.get_database_backend() {
        DbBackend::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)",
        _ => "CAST(unixepoch('subsec') * 1000000 AS INTEGER)",
    }
}

/// What a subquery adds so that two processes never claim one row.
#[must_use]
pub fn skip_locked_sql(connection: &impl ConnectionTrait) -> &'static str {
    match connection.get_database_backend() {
        DbBackend::Postgres => "FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}

/// A table of the elements of the list that is a statement's first value: each is
/// its `value`.
#[must_use]
pub fn elements_sql(connection: &impl ConnectionTrait) -> &'static str {
    match connection.get_database_backend() {
        DbBackend::Postgres => "jsonb_array_elements(CAST($1 AS JSONB)) AS element(value)",
        _ => "json_each($1)",
    }
}

/// The names of a table's columns, as the database has them.
///
/// # Errors
/// When the database can't be asked.
pub async fn columns(connection: &impl ConnectionTrait, table: &str) -> Result<Vec<String>, DbErr> {
    let sql = match connection.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT column_name AS name FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1"
        }
        _ => "SELECT name FROM pragma_table_info($1)",
    };
    names(connection, sql, vec![table.into()]).await
}

/// The names of all tables but the migrations' own.
///
/// # Errors
/// When the database can't be asked.
pub async fn tables(connection: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let sql = match connection.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name AS name FROM information_schema.tables
             WHERE table_schema = current_schema() AND table_name <> 'seaql_migrations' ORDER BY 1"
        }
        _ => {
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name <> 'seaql_migrations' ORDER BY 1"
        }
    };
    names(connection, sql, vec![]).await
}

async fn names(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<String>, DbErr> {
    let rows = connection
        .query_all_raw(statement(connection, sql, values))
        .await?;
    rows.iter().map(|row| row.try_get("", "name")).collect()
}

/// A statement in SQL that both databases read, with `$1`, `$2`, … for the values.
#[must_use]
pub fn statement(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(connection.get_database_backend(), sql, values)
}

/// Runs a statement and says how many rows it changed.
///
/// # Errors
/// What the database answers.
pub async fn execute(connection: &impl ConnectionTrait, sql: &str, values: Vec<Value>) -> Result<u64, DbErr> {
    Ok(connection
        .execute_raw(statement(connection, sql, values))
        .await?
        .rows_affected())
}

/// Runs a query and reads its rows.
///
/// # Errors
/// What the database answers.
pub async fn query<T: FromQueryResult>(
    connection: &impl ConnectionTrait,
    sql: &str,
    values: Vec<Value>,
) -> Result<Vec<T>, DbErr> {
    let rows = connection
        .query_all_raw(statement(connection, sql, values))
        .await?;
    rows.iter().map(|row| T::from_query_result(row, "")).collect()
}

/// A condition that holds for `limit` at most of the rows where `condition` does:
/// for changing many rows in transactions of bounded size.
#[must_use]
pub fn some_rows_sql(connection: &impl ConnectionTrait, table: &str, condition: &str, limit: u64) -> String {
    match connection.get_database_backend() {
        DbBackend::Postgres => {
            format!("ctid = ANY(ARRAY(SELECT ctid FROM {table} WHERE {condition} LIMIT {limit}))")
        }
        _ => format!("rowid IN (SELECT rowid FROM {table} WHERE {condition} LIMIT {limit})"),
    }
}

/// Removes what was deleted from the database's own files, where it would linger
/// until its place is needed. Takes time: call it when something was erased.
///
/// # Errors
/// What the database answers; on SQLite also when a reader holds on to an old
/// state for long.
pub async fn scrub(db: &Db, tables: &[&str]) -> Result<(), DbErr> {
    if db.is_postgres() {
        for table in tables {
            db.write().execute_unprepared(&format!("VACUUM {table}")).await?;
        }
        return Ok(());
    }
    // `secure_delete` overwrites what is deleted, but not what was left behind when
    // a full page was split; and the log holds pages as they were.
    db.write().execute_unprepared("VACUUM").await?;
    let row = db
        .write()
        .query_one_raw(statement(db.write(), "PRAGMA wal_checkpoint(TRUNCATE)", vec![]))
        .await?;
    match row.map(|row| row.try_get_by_index::<i32>(0)).transpose()? {
        Some(0) => Ok(()),
        _ => Err(DbErr::Custom(
            "the log could not be emptied: it is being read".to_owned(),
        )),
    }
}

/// Turns a violated unique constraint into `named`, and leaves other errors alone.
pub fn on_unique<E: From<DbErr>>(error: DbErr, named: impl FnOnce() -> E) -> E {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => named(),
        _ => error.into(),
    }
}

/// Whether the database was away or could not do it for the moment, as opposed to
/// having refused what was asked: the same may go well a moment later.
#[must_use]
pub fn is_unavailable(error: &DbErr) -> bool {
    if matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_)) || is_cut(error) {
        return true;
    }
    match refusal(error) {
        Some(Refusal::Postgres(state)) => {
            // Out of resources; or a lock, a deadlock, a conflict, a time limit.
            state.starts_with("53") || matches!(state, "55P03" | "40P01" | "40001" | "57014")
        }
        // Busy, locked, out of memory, I/O error, disk full, file not to be opened.
        Some(Refusal::Sqlite(code)) => matches!(code & 0xff, 5 | 6 | 7 | 10 | 13 | 14),
        None => false,
    }
}

/// Whether the line broke: what was asked on it last was done, or was not.
#[must_use]
pub fn is_cut(error: &DbErr) -> bool {
    match refusal(error) {
        // Ended by an operator or a crash; an exception of the connection.
        Some(Refusal::Postgres(state)) => state.starts_with("57P") || state.starts_with("08"),
        Some(Refusal::Sqlite(_)) => false,
        None => matches!(
            cause(error),
            Some(
                sqlx::Error::Io(_)
                    | sqlx::Error::Tls(_)
                    | sqlx::Error::Protocol(_)
                    | sqlx::Error::WorkerCrashed
            )
        ),
    }
}

/// What the database itself said, in its own code.
enum Refusal<'a> {
    Postgres(&'a str),
    Sqlite(i32),
}

fn refusal(error: &DbErr) -> Option<Refusal<'_>> {
    let Some(sqlx::Error::Database(said)) = cause(error) else {
        return None;
    };
    if let Some(postgres) = said.try_downcast_ref::<PgDatabaseError>() {
        return Some(Refusal::Postgres(postgres.code()));
    }
    let code = said.code().and_then(|code| code.parse().ok());
    code.map(Refusal::Sqlite)
}

fn cause(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error))
        | DbErr::Conn(RuntimeErr::SqlxError(error)) => Some(error),
        _ => None,
    }
}

/// How far the sandbox's clock was moved ahead, in microseconds.
///
/// # Errors
/// What the database answers.
pub async fn ahead_micros(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    use sea_orm::EntityTrait as _;
    let row = entity::sandbox_clock::Entity::find_by_id(1)
        .one(connection)
        .await?;
    Ok(row.map_or(0, |row| row.ahead_micros))
}

/// The database's own time.
///
/// # Errors
/// What the database answers.
pub async fn now(connection: &impl ConnectionTrait) -> Result<Timestamp, DbErr> {
    let sql = format!("SELECT {} AS now", clock_sql(connection));
    let row = connection
        .query_one_raw(statement(connection, &sql, vec![]))
        .await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("now".to_owned()))?;
    row.try_get("", "now").map(Timestamp::from_micros)
}
