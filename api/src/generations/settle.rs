//! Settling what a provider answered.

use entity::generation;
use sea_orm::DbErr;

use super::charge::{Charge, charge};
use super::end::{End, end};
use super::run::RunError;
use crate::app::App;
use crate::catalog::Catalog;
use crate::credits::{Books, Owner};
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
    let now = app.now();
    let owner = Owner {
        account: row.account_id.clone(),
        livemode: row.livemode,
    };
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner], now).await?;
    let moved = end(&tx, &mut books, row, how, now).await?;
    if moved {
        books.close(&tx).await?;
        tx.commit().await?;
        app.signals.tell(Signal::Moved(row.id.clone()));
    }
    Ok(moved)
}
