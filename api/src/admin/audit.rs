//! The audit log: every read and act, in the transaction of the act.

use std::collections::BTreeSet;

use entity::audit_entry::{self, Outcome};
use entity::{AccountId, AuditEntryId, StaffId, Timestamp};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait as _};

use crate::app::App;

/// What an entry is about.
#[derive(Debug, Clone, Default)]
pub struct About {
    pub account: Option<AccountId>,
    pub resource: Option<String>,
    pub reason: Option<String>,
}

impl About {
    #[must_use]
    pub fn account(account: &AccountId) -> Self {
        Self {
            account: Some(account.clone()),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn resource(id: impl ToString) -> Self {
        Self {
            resource: Some(id.to_string()),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn because(self, reason: &str) -> Self {
        Self {
            reason: Some(reason.to_owned()),
            ..self
        }
    }
}

/// Who does what: leave to write one entry.
#[derive(Debug, Clone)]
pub struct Warrant {
    /// Null for the command line.
    pub staff: Option<StaffId>,
    /// The operation's id.
    pub act: &'static str,
    pub now: Timestamp,
}

/// Proof that an entry was written. Nothing else makes one.
#[must_use]
#[derive(Debug)]
pub struct Entry(());

impl Warrant {
    /// Writes that it was done. Within a transaction, it holds if the act does.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn done(&self, tx: &impl ConnectionTrait, about: About) -> Result<Entry, DbErr> {
        write(tx, self, about, Outcome::Done, None).await?;
        Ok(Entry(()))
    }

    /// Writes that it was done before, and nothing now but answering it again.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn replayed(&self, tx: &impl ConnectionTrait, about: About) -> Result<Entry, DbErr> {
        write(tx, self, about, Outcome::Replayed, None).await?;
        Ok(Entry(()))
    }

    /// Writes that what concerns these accounts was read: an entry for each, so that
    /// all can be told who looked; one without an account where there is none.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn read_about(
        &self,
        app: &App,
        accounts: impl IntoIterator<Item = &AccountId>,
    ) -> Result<Entry, DbErr> {
        let accounts: BTreeSet<&AccountId> = accounts.into_iter().collect();
        let tx = app.db.begin().await?;
        if accounts.is_empty() {
            write(&tx, self, About::default(), Outcome::Done, None).await?;
        }
        for account in accounts {
            write(&tx, self, About::account(account), Outcome::Done, None).await?;
        }
        tx.commit().await?;
        Ok(Entry(()))
    }

    /// Writes that it was refused, and why.
    ///
    /// # Errors
    /// What the database answers.
    pub async fn refused(&self, db: &impl ConnectionTrait, about: About, code: &str) -> Result<(), DbErr> {
        write(db, self, about, Outcome::Refused, Some(code)).await
    }
}

async fn write(
    db: &impl ConnectionTrait,
    warrant: &Warrant,
    about: About,
    outcome: Outcome,
    code: Option<&str>,
) -> Result<(), DbErr> {
    let row = audit_entry::ActiveModel {
        id: Set(AuditEntryId::new(warrant.now)),
        staff_id: Set(warrant.staff.clone()),
        act: Set(warrant.act.to_owned()),
        account_id: Set(about.account),
        resource: Set(about.resource),
        reason: Set(about.reason),
        outcome: Set(outcome),
        code: Set(code.map(str::to_owned)),
        created_at: Set(warrant.now),
    };
    audit_entry::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
