//! A transaction that commits only what it has seen succeed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
};

/// Dropped without a commit, it rolls back.
///
/// After a failed statement nothing more is executed and nothing is committed.
/// PostgreSQL has aborted such a transaction and answers its `COMMIT` with a
/// rollback that looks like success. SQLite rolls back by itself on a full disk or
/// an I/O error, and would commit each later statement alone.
pub struct Transaction {
    inner: DatabaseTransaction,
    failed: AtomicBool,
    unsettled: Unsettled,
}

/// Set from before a transaction's end until its success is known. The pool closes
/// the connection instead of reusing it meanwhile: see `connect`.
#[derive(Clone, Debug, Default)]
pub(super) struct Unsettled(Arc<AtomicBool>);

impl Unsettled {
    fn set(&self, unsettled: bool) {
        self.0.store(unsettled, Ordering::SeqCst);
    }

    /// Whether it was set; it is clear afterwards.
    pub(super) fn take(&self) -> bool {
        self.0.swap(false, Ordering::SeqCst)
    }
}

impl Transaction {
    pub(super) fn new(inner: DatabaseTransaction, unsettled: Unsettled) -> Self {
        Self {
            inner,
            failed: AtomicBool::new(false),
            unsettled,
        }
    }

    /// Makes everything durable, or nothing.
    ///
    /// # Errors
    /// What the database answers; also when a statement failed before.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.refuse_after_failure()?;
        self.unsettled.set(true);
        self.inner.commit().await?;
        self.unsettled.set(false);
        Ok(())
    }

    /// Undoes everything.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn rollback(self) -> Result<(), DbErr> {
        self.unsettled.set(true);
        self.inner.rollback().await?;
        self.unsettled.set(false);
        Ok(())
    }

    fn refuse_after_failure(&self) -> Result<(), DbErr> {
        match self.failed.load(Ordering::SeqCst) {
            false => Ok(()),
            true => Err(DbErr::Exec(RuntimeErr::Internal(
                "a statement of this transaction failed, so nothing of it is kept".to_owned(),
            ))),
        }
    }

    /// Runs a statement and remembers its failure. One that is dropped before it
    /// ends has failed too: nobody knows what it did.
    async fn run<T>(&self, statement: impl Future<Output = Result<T, DbErr>>) -> Result<T, DbErr> {
        self.refuse_after_failure()?;
        let unless_it_succeeds = Failing(Some(&self.failed));
        let result = statement.await;
        if result.is_ok() {
            unless_it_succeeds.defuse();
        }
        result
    }
}

/// Sets its flag when it is dropped.
struct Failing<'a>(Option<&'a AtomicBool>);

impl Failing<'_> {
    fn defuse(mut self) {
        self.0 = None;
    }
}

impl Drop for Failing<'_> {
    fn drop(&mut self) {
        if let Some(failed) = self.0 {
            failed.store(true, Ordering::SeqCst);
        }
    }
}

#[async_trait::async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.inner.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.run(self.inner.execute_raw(statement)).await
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.run(self.inner.execute_unprepared(sql)).await
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.run(self.inner.query_one_raw(statement)).await
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.run(self.inner.query_all_raw(statement)).await
    }
}
