//! How a generation ends: the state moves, the hold is settled, the job goes, in
//! one transaction. Only whoever wins the move touches the ledger.

use std::collections::HashMap;

use entity::generation::{self, Status};
use entity::{Credits, GenerationId, Timestamp, file};
use sea_orm::{ActiveEnum, ActiveValue::Set, ConnectionTrait, DbErr, Value};

use super::batched::count_ends;
use super::told::tell;
use super::{run, state};
use crate::bulk::{self, Update};
use crate::credits::Books;
use crate::files::Kept;
use crate::jobs;
use crate::keys::spend;
use crate::moderation::review;
use crate::usage;

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
    let moved = end_all(tx, books, vec![(row.clone(), end)], From::Anywhere, now).await?;
    Ok(!moved.is_empty())
}

/// From where generations may be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// From wherever the move is legal.
    Anywhere,
    /// Only those that nobody began.
    Queue,
}

/// Ends generations whose wallets `books` has locked, and returns those that had not
/// ended already, as they are now. Many cost hardly more statements than one.
///
/// # Errors
/// What the database answers.
pub async fn end_all(
    tx: &impl ConnectionTrait,
    books: &mut Books,
    ends: Vec<(generation::Model, End)>,
    from: From,
    now: Timestamp,
) -> Result<Vec<generation::Model>, DbErr> {
    let moves = ends
        .iter()
        .map(|(row, end)| change(row, end, from, now))
        .collect();
    let moved = bulk::update_returning::<generation::Entity>(tx, &MOVE, moves).await?;
    if moved.is_empty() {
        return Ok(moved);
    }
    settle(tx, books, &moved).await?;

    let mut made: HashMap<GenerationId, (Vec<Kept>, &'static str)> = HashMap::new();
    for (row, end) in ends {
        let outcome = end.outcome();
        let files = match end {
            End::Succeeded { files, .. } => files,
            _ => Vec::new(),
        };
        made.insert(row.id, (files, outcome));
    }
    let (mut files, mut attempts) = (Vec::new(), Vec::new());
    for row in &moved {
        let ended_at = row.ended_at.unwrap_or(now);
        let Some((kept, outcome)) = made.remove(&row.id) else {
            continue;
        };
        files.extend(
            kept.into_iter()
                .zip(0..)
                .map(|(kept, position)| file_row(row, kept, position, ended_at)),
        );
        attempts.push(vec![row.id.clone().into(), ended_at.into(), outcome.into()]);
        if outcome == REFUSED {
            review::refused_by_provider(tx, row, ended_at).await?;
        }
    }
    bulk::insert(tx, files).await?;
    bulk::update(tx, &ATTEMPT, attempts).await?;
    usage::count::count(tx, &moved).await?;
    count_ends(tx, &moved, now).await?;
    tell(tx, moved.clone(), now).await?;
    let subjects = moved.iter().map(|row| row.id.to_string()).collect();
    jobs::cancel_all(tx, run::KIND, subjects).await?;
    Ok(moved)
}

/// Settles the holds of what ended, for wallets and keys.
async fn settle(
    tx: &impl ConnectionTrait,
    books: &mut Books,
    moved: &[generation::Model],
) -> Result<(), DbErr> {
    let ids = moved.iter().map(|row| row.id.clone()).collect();
    let mut holds = books.find_holds(tx, ids).await?;
    let mut spent = Vec::new();
    for row in moved {
        let Some(hold) = holds.remove(&row.id) else {
            continue;
        };
        if let Some(key) = &row.key_id {
            spent.push(spend::Settled {
                key: key.clone(),
                admitted_at: row.created_at,
                held: hold.amount(),
                captured: row.captured,
            });
        }
        let counted = row.batch_id.is_none() || row.let_in;
        books.settle(hold, row.captured, counted);
        if counted {
            books.count(row.key_id.as_ref(), -1);
        }
    }
    spend::settle(tx, spent).await
}

const MOVE: Update<'_> = Update {
    table: "generation",
    columns: &[
        ("id", "TEXT"),
        ("one_origin", "TEXT"),
        ("other_origin", "TEXT"),
        ("status", "TEXT"),
        ("ended_at", "BIGINT"),
        ("captured", "BIGINT"),
        ("units", "BIGINT"),
        ("text", "TEXT"),
        ("error_code", "TEXT"),
        ("error_message", "TEXT"),
        ("progress", "INTEGER"),
        ("flagged_at", "BIGINT"),
    ],
    keys: 1,
    set: "status = v.status, ended_at = v.ended_at, captured = v.captured,
        released = generation.held - v.captured, units = v.units, text = v.text, error_code = v.error_code,
        error_message = v.error_message, progress = COALESCE(v.progress, generation.progress),
        flagged_at = COALESCE(generation.flagged_at, v.flagged_at)",
    only: "generation.status IN (v.one_origin, v.other_origin)",
};

const ATTEMPT: Update<'_> = Update {
    table: "attempt",
    columns: &[
        ("generation_id", "TEXT"),
        ("ended_at", "BIGINT"),
        ("outcome", "TEXT"),
    ],
    keys: 1,
    set: "ended_at = v.ended_at, outcome = v.outcome",
    only: "attempt.ended_at IS NULL",
};

/// What becomes of a row that ends, in the order of the columns of [`MOVE`].
fn change(row: &generation::Model, end: &End, from: From, now: Timestamp) -> Vec<Value> {
    let status = end.status();
    // A clock that was set back ends nothing before it began.
    let now = now.max(row.started_at.unwrap_or(row.created_at));
    let (captured, units, text) = match end {
        End::Succeeded {
            captured,
            units,
            text,
            ..
        } => (*captured, i64::try_from(*units).unwrap_or(i64::MAX), text.clone()),
        _ => (Credits::ZERO, 0, None),
    };
    let (error_code, error_message) = match end {
        End::Failed { code, message } => (Some(*code), Some(message.clone())),
        End::Expired => (
            Some("deadline_exceeded"),
            Some("It did not end before its deadline.".to_owned()),
        ),
        _ => (None, None),
    };
    let origins: &[Status] = match from {
        From::Anywhere => state::origins(status),
        From::Queue => &[Status::Queued],
    };
    let origin = |origin: Option<&Status>| origin.map(ActiveEnum::to_value);
    vec![
        row.id.clone().into(),
        origin(origins.first()).into(),
        origin(origins.last()).into(),
        status.to_value().into(),
        now.into(),
        captured.into(),
        units.into(),
        text.into(),
        error_code.into(),
        error_message.into(),
        (status == Status::Succeeded).then_some(100).into(),
        (end.outcome() == REFUSED).then_some(now).into(),
    ]
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
