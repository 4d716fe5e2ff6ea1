//! Takes what was deleted out of the database's own files, while others write.
//!
//! SQLite's `secure_delete` overwrites what is deleted where it lies. It does not reach
//! what a page held before it was split: rows that moved to another page stay behind in
//! the space between a page's pointers and its cells. So a pass looks at every page, a
//! slice at a time on a connection of its own, and rewrites those whose space is not
//! empty, a small transaction a slice. It writes as much as pages were split since the
//! last pass, not as much as there is; and it brings a database that was never passed
//! over to the same state as any other. Then the log, which holds pages as they were,
//! is emptied.
//!
//! What others write meanwhile may move a page's bytes behind the pass: so a slice ends
//! under the write lock, with a look at what the [`log`] says was written since it began.

mod log;
mod page;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, FromQueryResult, TransactionTrait as _,
};
use tokio::sync::Mutex;
use tokio::time::sleep;

use super::{Db, execute, query};
use log::Log;

/// Pages looked at, and rewritten at most, while the write lock is held.
const SLICE: i64 = 256;

/// From so many pages on (128 GiB), a page that a long value spills into can't be told
/// from one of a tree by its first byte.
const MOST_PAGES: i64 = 1 << 25;

/// How often it is tried to empty the log, and the wait in between.
const TRIES: u32 = 600;
const PAUSE: Duration = Duration::from_millis(50);

/// What a pass needs: two connections that hold up nobody, and whose turn it is.
#[derive(Clone, Debug)]
pub(super) struct Scrubber {
    aside: DatabaseConnection,
    /// Passes that were begun.
    begun: Arc<AtomicU64>,
    /// The last pass that came to its end. Held during a pass.
    done: Arc<Mutex<u64>>,
}

/// Removes what was deleted from the database's own files, where it would linger until
/// its place is needed: call it when something was erased.
///
/// # Errors
/// What the database answers; on SQLite also when a reader holds on to an old state for
/// long.
pub async fn scrub(db: &Db, tables: &[&str]) -> Result<(), DbErr> {
    if let Some(scrubber) = &db.scrubber {
        return scrubber.scrub(db).await;
    }
    for table in tables {
        db.write().execute_unprepared(&format!("VACUUM {table}")).await?;
    }
    Ok(())
}

#[derive(FromQueryResult)]
struct Shape {
    file: String,
    pages: i64,
    auto_vacuum: i32,
}

#[derive(FromQueryResult)]
struct Page {
    number: i64,
    data: Vec<u8>,
}

impl Scrubber {
    /// # Errors
    /// When this SQLite does not let pages be read.
    pub(super) async fn new(aside: DatabaseConnection) -> Result<Self, DbErr> {
        let asked = aside
            .execute_unprepared("SELECT pgno FROM sqlite_dbpage LIMIT 1")
            .await;
        asked.map_err(|error| {
            DbErr::Custom(format!(
                "this program was built with an SQLite that can't rewrite pages, as an erasure must; build it within \
                 its repository, or with LIBSQLITE3_FLAGS=-DSQLITE_ENABLE_DBPAGE_VTAB ({error})"
            ))
        })?;
        Ok(Self {
            aside,
            begun: Arc::default(),
            done: Arc::default(),
        })
    }

    pub(super) async fn close(self) -> Result<(), DbErr> {
        self.aside.close().await
    }

    /// Takes out what was deleted before the call. Whoever calls while a pass is on its
    /// way shares the next one.
    async fn scrub(&self, db: &Db) -> Result<(), DbErr> {
        let seen = self.begun.load(Ordering::SeqCst);
        let mut done = self.done.lock().await;
        if *done > seen {
            return Ok(());
        }
        let number = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let (looked_at, rewritten) = self.pass(db).await?;
        self.empty_log().await?;
        tracing::debug!(looked_at, rewritten, "the database was scrubbed");
        *done = number;
        Ok(())
    }

    async fn pass(&self, db: &Db) -> Result<(i64, u64), DbErr> {
        let log = Log::of(self.file().await?);
        let (mut first, mut rewritten) = (1, 0);
        let mut view = View::open(&self.aside, &log).await?;
        loop {
            let found = view.filled(first).await?;
            let tx = db.begin().await?;
            let mut numbers = found.filled;
            // Nobody else writes from here on.
            let written = log.written_since(&view.log_end).await.map_err(failed)?;
            let is_last = found.pages < SLICE;
            let passed = |number: &i64| is_last || *number < first + SLICE;
            numbers.extend(written.into_iter().filter(passed));
            numbers.sort_unstable();
            numbers.dedup();
            let mut count = 0;
            for number in numbers {
                count += empty(&tx, number).await?;
            }
            // Before the lock is given up, so that nothing is written in between.
            let next = View::open(&self.aside, &log).await?;
            match count {
                0 => tx.rollback().await?,
                _ => tx.commit().await?,
            }
            view.state.rollback().await?;
            view = next;
            rewritten += count;
            if is_last {
                view.state.rollback().await?;
                return Ok((first + found.pages - 1, rewritten));
            }
            first += SLICE;
        }
    }

    /// The database's file, if it is one whose pages can be told apart.
    async fn file(&self) -> Result<PathBuf, DbErr> {
        let sql = "SELECT d.file AS file, p.page_count AS pages, v.auto_vacuum AS auto_vacuum
            FROM pragma_database_list AS d, pragma_page_count AS p, pragma_auto_vacuum AS v WHERE d.name = 'main'";
        let shape: Vec<Shape> = query(&self.aside, sql, vec![]).await?;
        match shape.into_iter().next() {
            Some(shape) if shape.pages < MOST_PAGES && shape.auto_vacuum == 0 => Ok(shape.file.into()),
            _ => Err(DbErr::Custom(
                "a database of 128 GiB or more, or one with auto_vacuum, can't be scrubbed: use PostgreSQL"
                    .to_owned(),
            )),
        }
    }

    /// Copies the log into the file, which holds up nobody, and empties it, for which
    /// writers wait for a moment. Where a reader needs it longer, it is tried again.
    async fn empty_log(&self) -> Result<(), DbErr> {
        for _ in 0..TRIES {
            checkpoint(&self.aside, "PASSIVE").await?;
            if checkpoint(&self.aside, "TRUNCATE").await? {
                return Ok(());
            }
            sleep(PAUSE).await;
        }
        Err(DbErr::Custom(
            "the log could not be emptied: it is being read".to_owned(),
        ))
    }
}

/// `false` when it could not be done wholly now.
async fn checkpoint(connection: &DatabaseConnection, mode: &str) -> Result<bool, DbErr> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let row = connection
        .query_one_raw(super::statement(connection, &sql, vec![]))
        .await?;
    let busy = row.map(|row| row.try_get_by_index::<i32>(0)).transpose()?;
    Ok(busy == Some(0))
}

/// One state of the database. While it is open, what is written after it stays in the
/// log.
struct View {
    state: DatabaseTransaction,
    /// Where the log ended, at the latest, in that state.
    log_end: log::End,
}

struct Found {
    pages: i64,
    filled: Vec<i64>,
}

impl View {
    async fn open(aside: &DatabaseConnection, log: &Log) -> Result<Self, DbErr> {
        let log_end = log.end().await.map_err(failed)?;
        let state = aside.begin().await?;
        // A transaction sees nothing before it reads.
        execute(&state, "SELECT 1 FROM sqlite_schema", vec![]).await?;
        Ok(Self { state, log_end })
    }

    /// Of a slice of pages, those whose empty space is filled.
    async fn filled(&self, first: i64) -> Result<Found, DbErr> {
        // Each looked up by its number: a range of them would be a look at all.
        let sql = "WITH RECURSIVE slice(number) AS
                (SELECT $1 UNION ALL SELECT number + 1 FROM slice WHERE number < $2)
            SELECT number, data FROM slice CROSS JOIN sqlite_dbpage ON pgno = number";
        let pages: Vec<Page> =
            query(&self.state, sql, vec![first.into(), (first + SLICE - 1).into()]).await?;
        let filled = pages
            .iter()
            .filter(|page| page::filled(page.number, &page.data).is_some());
        Ok(Found {
            pages: i64::try_from(pages.len()).unwrap_or(SLICE),
            filled: filled.map(|page| page.number).collect(),
        })
    }
}

/// Empties the space of a page, if there is anything in it.
async fn empty(tx: &impl ConnectionTrait, number: i64) -> Result<u64, DbErr> {
    let sql = "SELECT pgno AS number, data FROM sqlite_dbpage WHERE pgno = $1";
    let pages: Vec<Page> = query(tx, sql, vec![number.into()]).await?;
    let Some(mut page) = pages.into_iter().next() else {
        return Ok(0);
    };
    let Some(space) = page::filled(page.number, &page.data) else {
        return Ok(0);
    };
    page.data[space].fill(0);
    let sql = "UPDATE sqlite_dbpage SET data = $1 WHERE pgno = $2";
    execute(tx, sql, vec![page.data.into(), number.into()]).await?;
    Ok(1)
}

fn failed(error: std::io::Error) -> DbErr {
    DbErr::Custom(format!("the database's log can't be read: {error}"))
}
