//! Settling what a provider answered.

use std::collections::BTreeSet;

use entity::generation;
use sea_orm::DbErr;

use super::charge::{Charge, charge};
use super::end::{End, From, end_all};
use super::run::RunError;
use crate::app::App;
use crate::catalog::Catalog;
use crate::credits::{Books, Owner};
use crate::db::Locked;
use crate::files;
use crate::providers::{Failure, Made};
use crate::signals::Signal;

pub(super) fn end_of(failure: Failure) -> End {
    match failure {
        Failure::Refused(message) => End::Failed {
            code: "content_refused",
            message,
        },
        Failure::Failed(message) => End::Failed {
            code: "provider_failed",
            message,
        },
        Failure::Unavailable(message) => End::Failed {
            code: "provider_unavailable",
            message,
        },
        Failure::Gone(message) => End::Failed {
            code: "model_gone",
            message,
        },
        Failure::Limited { message, .. } => End::Failed {
            code: "provider_unavailable",
            message,
        },
        Failure::Unknown(_) => unknown(),
        Failure::Canceled => End::Canceled,
    }
}

/// The end of what nobody could say anything about.
pub(super) fn unknown() -> End {
    End::Failed {
        code: "provider_outcome_unknown",
        message: "The provider's answer was lost; nothing is charged.".to_owned(),
    }
}

/// Keeps the files and settles. What a lost race leaves in the store is removed.
pub(super) async fn succeed(
    app: &App,
    catalog: &Catalog,
    row: &generation::Model,
    made: Made,
) -> Result<(), RunError> {
    if made.media.is_empty() && made.text.is_none() {
        let message = "The provider returned nothing.".to_owned();
        return finish(
            app,
            row,
            End::Failed {
                code: "provider_failed",
                message,
            },
        )
        .await;
    }
    let Charge { captured, units } = charge(app, catalog, row, &made).await?;
    let mut files = Vec::new();
    for media in made.media {
        files.push(files::keep(app, &row.account_id, media).await?);
    }
    let keys: Vec<String> = files.iter().map(|kept| kept.key.clone()).collect();
    let moved = settle(
        app,
        row,
        End::Succeeded {
            files,
            text: made.text,
            units,
            captured,
        },
    )
    .await;
    if !matches!(moved, Ok(true) | Err(_)) {
        for key in keys {
            app.store.delete(&key).await?;
        }
    }
    moved?;
    Ok(())
}

pub(super) async fn finish(app: &App, row: &generation::Model, how: End) -> Result<(), RunError> {
    settle(app, row, how).await?;
    Ok(())
}

/// Ends the generation in a transaction of its own.
///
/// # Errors
/// What the database answers.
pub async fn settle(app: &App, row: &generation::Model, how: End) -> Result<bool, DbErr> {
    let settled = settle_all(app, vec![(row.clone(), how)], From::Anywhere, Locked::Wait).await?;
    Ok(settled.ended > 0)
}

/// What became of generations that were to end.
#[derive(Debug, Default)]
pub struct Settled {
    /// How many ended; the others had ended before.
    pub ended: usize,
    /// Whose wallets another transaction has locked: theirs were left as they are.
    pub skipped: BTreeSet<Owner>,
}

/// Ends generations together, in one transaction.
///
/// # Errors
/// What the database answers.
pub async fn settle_all(
    app: &App,
    mut ends: Vec<(generation::Model, End)>,
    from: From,
    locked: Locked,
) -> Result<Settled, DbErr> {
    let mut settled = Settled::default();
    if ends.is_empty() {
        return Ok(settled);
    }
    let now = app.now();
    let owners: BTreeSet<Owner> = ends.iter().map(|(row, _)| owner(row)).collect();
    let tx = app.db.begin().await?;
    let mut books = Books::open_or_skip(&tx, &owners, locked, now).await?;
    ends.retain(|(row, _)| books.wallet(&owner(row)).is_some());
    settled.skipped = owners;
    settled.skipped.retain(|owner| books.wallet(owner).is_none());
    let moved = end_all(&tx, &mut books, ends, from, now).await?;
    if moved.is_empty() {
        tx.rollback().await?;
        return Ok(settled);
    }
    books.close(&tx).await?;
    tx.commit().await?;
    settled.ended = moved.len();
    for row in moved {
        app.signals.tell(Signal::Moved(row.id));
    }
    Ok(settled)
}

fn owner(row: &generation::Model) -> Owner {
    Owner {
        account: row.account_id.clone(),
        livemode: row.livemode,
    }
}
