//! The pools, and what a connection must be before it is used again.

use std::time::Duration;

use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbErr};
use sqlx::sqlite::{SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection as _, Executor as _};

use super::transaction::Unsettled;

/// What every session on PostgreSQL begins with.
///
/// A statement waits so long for a lock: whoever holds one longer is frozen or cut off,
/// and others are told to try again. A session that holds a transaction open without
/// asking anything is ended, and with it the locks of a process that froze.
///
/// Each statement of ours has an index made for it. The planner may not read whole
/// tables instead because its statistics are old, as they are on a database that was
/// empty when it was last analysed. Reports lift this: see `Db::begin_report`.
const SESSION: &str = "SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '15s';
    SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off";

pub(super) async fn postgres(url: &str, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(2)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_pool_opts(|pool| {
            // A statement of its own: poolers refuse such settings at the start.
            pool.after_connect(|connection, _| {
                Box::pin(async move { connection.execute(SESSION).await.map(drop) })
            })
            // A rollback that was begun is finished by the pool before reuse.
            .after_release(|connection, _| {
                let known = !connection.is_in_transaction();
                Box::pin(async move { Ok(known) })
            })
        });
    Database::connect(options).await
}

/// How long a statement waits for others on SQLite.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long what runs aside waits, and has others wait behind it.
const HURRY: Duration = Duration::from_millis(100);

/// Two connections for what takes long and may be tried again: one state of the
/// database is held while the next is taken.
pub(super) async fn sqlite_aside(url: &str) -> Result<DatabaseConnection, DbErr> {
    Database::connect(sqlite_options(url, 2, HURRY)).await
}

/// `unsettled` for the one connection that writes.
pub(super) async fn sqlite(
    url: &str,
    connections: u32,
    unsettled: Option<Unsettled>,
) -> Result<DatabaseConnection, DbErr> {
    let mut options = sqlite_options(url, connections, PATIENCE);
    if let Some(unsettled) = unsettled {
        options.map_sqlx_sqlite_pool_opts(move |pool| {
            let unsettled = unsettled.clone();
            pool.after_release(move |connection: &mut SqliteConnection, _| {
                let unsettled = unsettled.clone();
                Box::pin(async move { Ok(is_outside_transaction(connection).await && !unsettled.take()) })
            })
        });
    }
    Database::connect(options).await
}

fn sqlite_options(url: &str, connections: u32, patience: Duration) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(30))
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(patience)
                // What is erased is overwritten where it lies; `scrub` sees to the rest.
                .pragma("secure_delete", "ON")
                .pragma("cache_size", "-8000")
        });
    options
}

/// Whether the driver and SQLite agree that no transaction is open. The driver counts
/// what it was asked to begin and end. After a failed commit or rollback its count no
/// longer says what is: it would end a transaction that SQLite never began, or take
/// one that is open for a savepoint and never commit again.
async fn is_outside_transaction(connection: &mut SqliteConnection) -> bool {
    // A rollback that was begun comes to its end first.
    if connection.ping().await.is_err() || connection.is_in_transaction() {
        return false;
    }
    // SQLite refuses to begin a transaction within one.
    connection.execute("BEGIN").await.is_ok() && connection.execute("ROLLBACK").await.is_ok()
}
