//! The database: connect, begin, and the few words in which the two differ.
//!
//! This is the only folder that may ask which database it is. PostgreSQL has one
//! pool. SQLite has a writer of one connection, whose transactions take the
//! write lock at once (`BEGIN IMMEDIATE`; a later upgrade would fail in spite of
//! the busy timeout), a pool of readers that never wait for it, and two connections
//! aside for what takes long (`scrub`).

mod connect;
mod failure;
mod probe;
mod scrub;
mod transaction;

use std::time::Duration;

use entity::Timestamp;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, DbErr, FromQueryResult, SqliteTransactionMode, Statement,
    TransactionOptions, TransactionTrait as _, Value,
};

pub use failure::{is_behind, is_cut, is_unavailable, on_unique};
pub use scrub::scrub;
pub use transaction::Transaction;
use transaction::Unsettled;

#[derive(Clone, Debug)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    /// The most that the writer's pool holds.
    connections: u32,
    unsettled: Unsettled,
    last_probe: probe::Last,
    /// SQLite's alone: PostgreSQL scrubs itself.
    scrubber: Option<scrub::Scrubber>,
}

impl Db {
    /// Connects to `postgres://…` or `sqlite://path`; a missing SQLite file is made.
    ///
    /// # Errors
    /// When the database can't be reached or opened.
    pub async fn connect(url: &str, max_connections: u32) -> Result<Self, DbErr> {
        let unsettled = Unsettled::default();
        if url.starts_with("sqlite:") {
            let writer = connect::sqlite(url, 1, Some(unsettled.clone())).await?;
            let reader = connect::sqlite(url, max_connections.clamp(1, 8), None).await?;
            let aside = connect::sqlite_aside(url).await?;
            return Ok(Self {
                writer,
                reader,
                connections: 1,
                unsettled,
                last_probe: probe::Last::default(),
                scrubber: Some(scrub::Scrubber::new(aside).await?),
            });
        }
        let pool = connect::postgres(url, max_connections).await?;
        Ok(Self {
            writer: pool.clone(),
            reader: pool,
            connections: max_connections,
            unsettled,
            last_probe: probe::Last::default(),
            scrubber: None,
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

    /// A transaction that may write.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin(&self) -> Result<Transaction, DbErr> {
        // Connections may have been cut while they lay idle. Nothing was asked on
        // them yet, so the next will do.
        for _ in 0..self.connections {
            match self.begin_once().await {
                Err(error) if is_cut(&error) => {}
                begun => return begun,
            }
        }
        self.begin_once().await
    }

    async fn begin_once(&self) -> Result<Transaction, DbErr> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        let begun = self.writer.begin_with_options(options).await?;
        Ok(Transaction::new(begun, self.unsettled.clone()))
    }

    /// A transaction for reports, which read much of a table and change nothing. They
    /// see one state of the database, and the planner may choose any plan.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin_report(&self) -> Result<Transaction, DbErr> {
        let begun = self.reader.begin().await?;
        let report = Transaction::new(begun, Unsettled::default());
        if self.is_postgres() {
            let any_plan = "SET LOCAL enable_seqscan = on; SET LOCAL enable_hashjoin = on;
                SET LOCAL enable_mergejoin = on";
            report.execute_unprepared(any_plan).await?;
        }
        Ok(report)
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
        let aside = match self.scrubber {
            Some(scrubber) => scrubber.close().await,
            None => Ok(()),
        };
        let closed = [aside, self.reader.close().await, self.writer.close().await];
        for error in closed.into_iter().filter_map(Result::err) {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
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

/// What a query does about rows that another transaction has locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Locked {
    Wait,
    /// Leaves them out.
    Skip,
}

/// What a query adds to lock the rows of a table that it reads. SQLite has one
/// writer, which needs no locks.
#[must_use]
pub fn lock_sql(connection: &impl ConnectionTrait, table: &str, locked: Locked) -> String {
    match (connection.get_database_backend(), locked) {
        (DbBackend::Postgres, Locked::Wait) => format!("FOR UPDATE OF {table}"),
        (DbBackend::Postgres, Locked::Skip) => format!("FOR UPDATE OF {table} SKIP LOCKED"),
        _ => String::new(),
    }
}

/// The same for rows that are only referred to: nobody may delete them meanwhile.
#[must_use]
pub fn lock_reference_sql(connection: &impl ConnectionTrait, table: &str, locked: Locked) -> String {
    lock_sql(connection, table, locked).replace("FOR UPDATE", "FOR KEY SHARE")
}

/// What a query adds so that nobody changes or deletes the rows that it reads of these
/// tables, in the order in which they are locked.
#[must_use]
pub fn share_sql(connection: &impl ConnectionTrait, tables: &[&str]) -> String {
    match connection.get_database_backend() {
        DbBackend::Postgres => format!("FOR SHARE OF {}", tables.join(", ")),
        _ => String::new(),
    }
}

/// That a column has one of a query's values, said so that PostgreSQL looks each up in
/// an index. A plan that was made while the table was small and is used again may
/// otherwise read all of it to join it with the few. SQLite joins as it is told.
#[must_use]
pub fn among_sql(connection: &impl ConnectionTrait, column: &str, query: &str) -> String {
    match connection.get_database_backend() {
        DbBackend::Postgres => format!("{column} = ANY(ARRAY({query}))"),
        _ => "TRUE".to_owned(),
    }
}

/// The rows of a table that have one of a query's values in a column, where no join is
/// needed to have each looked up in an index; `None`: a join is as good.
#[must_use]
pub fn lookup_sql(
    connection: &impl ConnectionTrait,
    table: &str,
    column: &str,
    query: &str,
) -> Option<String> {
    let postgres = connection.get_database_backend() == DbBackend::Postgres;
    postgres.then(|| format!("{table} WHERE {table}.{column} = ANY(ARRAY({query}))"))
}

/// Joins a table of which each row of the query has one row at most, looked up by
/// itself, whatever the planner would rather do.
#[must_use]
pub fn join_one_sql(connection: &impl ConnectionTrait, table: &str, condition: &str) -> String {
    match connection.get_database_backend() {
        DbBackend::Postgres => {
            format!("CROSS JOIN LATERAL (SELECT * FROM {table} WHERE {condition} LIMIT 1) AS {table}")
        }
        _ => format!("CROSS JOIN {table} WHERE {condition}"),
    }
}

/// Has the transaction wait for each lock no longer than this. SQLite has none.
///
/// # Errors
/// What the database answers.
pub async fn limit_lock_waits(tx: &Transaction, most: Duration) -> Result<(), DbErr> {
    if tx.get_database_backend() == DbBackend::Postgres {
        let sql = format!("SET LOCAL lock_timeout = {}", most.as_millis());
        tx.execute_unprepared(&sql).await?;
    }
    Ok(())
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
