//! How a generation ends: the state moves, the hold is settled, the job goes, in
//! one transaction. Only whoever wins the move touches the ledger.

use entity::generation::{self, Status};
use entity::{Credits, Timestamp, attempt, file};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};

use super::batched::count_end;
use super::told::tell;
use super::{run, state};
use crate::bulk;
use crate::credits::Books;
use crate::files::Kept;
use crate::jobs;
use crate::keys::spend;
use crate::moderation::review;
use crate::usage::{self, count::Ended};

/// The code of what a provider would not make.
pub const REFUSED: &str = "content_refused";

/// What a generation came to.
#[derive(Debug, Clone)]
pub enum End {
    Succeeded {
        files: Vec<Kept>,
        text: Option<String>,
        /// Images, seconds, characters or tokens, by its kind.
        units: u64,
        captured: Credits,
    },
    Failed {
        code: &'static str,
        message: String,
    },
    Canceled,
    Expired,
}

impl End {
    fn status(&self) -> Status {
        match self {
            Self::Succeeded { .. } => Status::Succeeded,
            Self::Failed { .. } => Status::Failed,
            Self::Canceled => Status::Canceled,
            Self::Expired => Status::Expired,
        }
    }

    fn outcome(&self) -> &'static str {
        match self {
            Self::Succeeded { .. } => "succeeded",
            Self::Failed { code, .. } => code,
            Self::Canceled => "canceled",
            Self::Expired => "deadline_exceeded",
        }
    }
}

/// Ends a generation whose wallet `books` has locked. `false`: it had ended
/// already, and nothing was changed.
///
/// # Errors
/// What the database answers.
pub async fn end(
    tx: &impl ConnectionTrait,
    books: &mut Books,
    row: &generation::Model,
    end: End,
    now: Timestamp,
) -> Result<bool, DbErr> {
    use generation::Column;
    // A clock that was set back ends nothing before it began.
    let now = now.max(row.started_at.unwrap_or(row.created_at));
    let captured = match &end {
        End::Succeeded { captured, .. } => *captured,
        _ => Credits::ZERO,
    };
    let units = match &end {
        End::Succeeded { units, .. } => i64::try_from(*units).unwrap_or(i64::MAX),
        _ => 0,
    };
    let (error_code, error_message) = match &end {
        End::Failed { code, message } => (Some(*code), Some(message.clone())),
        End::Expired => (
            Some("deadline_exceeded"),
            Some("It did not end before its deadline.".to_owned()),
        ),
        _ => (None, None),
    };
    let status = end.status();
    let outcome = end.outcome();
    let refused = outcome == REFUSED;
    let (files, text) = match end {
        End::Succeeded { files, text, .. } => (files, text),
        _ => (Vec::new(), None),
    };
    let moved = generation::Entity::update_many()
        .col_expr(Column::Status, Expr::value(status))
        .col_expr(Column::EndedAt, Expr::value(now))
        .col_expr(Column::Captured, Expr::value(captured))
        .col_expr(Column::Units, Expr::value(units))
        .col_expr(Column::Released, Expr::value(row.held - captured))
        .col_expr(Column::Text, Expr::value(text))
        .col_expr(Column::ErrorCode, Expr::value(error_code))
        .col_expr(
            Column::FlaggedAt,
            Expr::value(row.flagged_at.or(refused.then_some(now))),
        )
        .col_expr(Column::ErrorMessage, Expr::value(error_message))
        .col_expr(
            Column::Progress,
            Expr::value(if status == Status::Succeeded {
                100
            } else {
                row.progress
            }),
        )
        .filter(Column::Id.eq(row.id.clone()))
        .filter(Column::Status.is_in(state::origins(status).iter().copied()))
        .exec_with_returning(tx)
        .await?;
    let Some(moved) = moved.into_iter().next() else {
        return Ok(false);
    };
    if let Some(hold) = books.find_hold(tx, &row.id).await? {
        if let Some(key) = &row.key_id {
            spend::settle(tx, key, row.created_at, hold.amount(), captured).await?;
        }
        let alone = row.batch_id.is_none();
        books.settle(hold, captured, alone);
        if alone {
            books.count(row.key_id.as_ref(), -1);
        }
    }
    let files = files
        .into_iter()
        .zip(0..)
        .map(|(kept, position)| file_row(row, kept, position, now));
    bulk::insert(tx, files).await?;
    attempt::Entity::update_many()
        .col_expr(attempt::Column::EndedAt, Expr::value(now))
        .col_expr(attempt::Column::Outcome, Expr::value(outcome))
        .filter(attempt::Column::GenerationId.eq(row.id.clone()))
        .filter(attempt::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    let ended = Ended {
        status,
        units,
        captured,
        at: now,
    };
    usage::count::count(tx, row, ended).await?;
    if refused {
        review::refused_by_provider(tx, row, now).await?;
    }
    count_end(tx, row, status, captured, now).await?;
    tell(tx, moved, now).await?;
    jobs::cancel(tx, run::KIND, row.id.as_str()).await?;
    Ok(true)
}

fn file_row(row: &generation::Model, kept: Kept, position: i32, now: Timestamp) -> file::ActiveModel {
    let small = |number: Option<u32>| number.and_then(|number| i32::try_from(number).ok());
    file::ActiveModel {
        id: Set(kept.id),
        account_id: Set(row.account_id.clone()),
        livemode: Set(row.livemode),
        purpose: Set(file::Purpose::Output),
        generation_id: Set(Some(row.id.clone())),
        position: Set(position),
        content_type: Set(kept.content_type.to_owned()),
        bytes: Set(kept.bytes),
        sha256: Set(kept.sha256),
        width: Set(small(kept.width)),
        height: Set(small(kept.height)),
        milliseconds: Set(kept.milliseconds.and_then(|number| i64::try_from(number).ok())),
        storage_key: Set(kept.key),
        created_at: Set(now),
    }
}
