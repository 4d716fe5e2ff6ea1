//! What a database error means: refused, away for the moment, or of unknown outcome.

use std::error::Error;
use std::iter::successors;

use sea_orm::{DbErr, RuntimeErr, SqlErr};
use sqlx::postgres::PgDatabaseError;

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

/// Whether a database that [is unavailable](is_unavailable) stands behind an error of a
/// higher layer: such work is not at fault, and may be tried again at once.
#[must_use]
pub fn is_behind(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |error: &&(dyn Error + 'static)| (*error).source()).any(|error| {
        let own = error.downcast_ref::<DbErr>();
        // A transparent error shows only what lies below its database error.
        let below = error.downcast_ref::<RuntimeErr>().cloned().map(DbErr::Exec);
        own.or(below.as_ref()).is_some_and(is_unavailable)
    })
}

/// Whether the connection broke: what was asked on it last was done, or was not.
#[must_use]
pub fn is_cut(error: &DbErr) -> bool {
    match refusal(error) {
        // Ended by an operator or a crash; an exception of the connection.
        Some(Refusal::Postgres(state)) => {
            // Also a session that held a transaction open for too long.
            state.starts_with("57P") || state.starts_with("08") || state == "25P03"
        }
        Some(Refusal::Sqlite(_)) => false,
        None => matches!(
            cause(error),
            Some(
                sqlx::Error::Io(_)
                    | sqlx::Error::Tls(_)
                    | sqlx::Error::Protocol(_)
                    | sqlx::Error::BeginFailed
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
