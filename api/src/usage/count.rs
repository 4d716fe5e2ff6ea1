//! Counts a generation as it ends, and takes its end user's name off the sums when
//! it is deleted. Both with the owner's wallet locked: nobody else adds to the same
//! rows meanwhile.

use entity::generation::{self, Kind, Status};
use entity::{Credits, Timestamp};
use sea_orm::{ConnectionTrait, DbErr, Value};

use crate::db;

const DAY: i64 = 86_400_000_000;

const SUMS: &str = "succeeded, failed, canceled, expired, images, seconds, characters, tokens, captured";

/// How a generation ended. `units` are images, seconds, characters or tokens, by its kind.
#[derive(Debug, Clone, Copy)]
pub struct Ended {
    pub status: Status,
    pub units: i64,
    pub captured: Credits,
    pub at: Timestamp,
}

/// Adds a generation to the sums of the day on which it ended.
///
/// # Errors
/// What the database answers.
pub async fn count(tx: &impl ConnectionTrait, row: &generation::Model, ended: Ended) -> Result<(), DbErr> {
    let sums = sums(row.kind, ended, 1);
    add(tx, row, None, ended.at, &sums).await?;
    add(tx, row, Some(end_user(row)), ended.at, &sums).await
}

/// Moves what a generation added from its end user to nobody in particular. The
/// row is as it was before its end user was removed.
///
/// # Errors
/// What the database answers.
pub async fn forget_end_user(tx: &impl ConnectionTrait, row: &generation::Model) -> Result<(), DbErr> {
    let (Some(end_user), Some(at)) = (&row.end_user, row.ended_at) else {
        return Ok(());
    };
    let ended = Ended {
        status: row.status,
        units: row.units,
        captured: row.captured,
        at,
    };
    add(tx, row, Some(end_user), at, &sums(row.kind, ended, -1)).await?;
    add(tx, row, Some(""), at, &sums(row.kind, ended, 1)).await?;
    let sql = "DELETE FROM end_user_usage WHERE account_id = $1 AND livemode = $2 AND end_user = $3
        AND day_at = $4 AND succeeded + failed + canceled + expired = 0";
    let values = vec![
        row.account_id.clone().into(),
        row.livemode.into(),
        end_user.clone().into(),
        day(at).into(),
    ];
    db::execute(tx, sql, values).await.map(drop)
}

fn end_user(row: &generation::Model) -> &str {
    row.end_user.as_deref().unwrap_or_default()
}

const fn day(at: Timestamp) -> i64 {
    at.micros() - at.micros().rem_euclid(DAY)
}

/// In the order of [`SUMS`].
fn sums(kind: Kind, ended: Ended, sign: i64) -> [i64; 9] {
    let of = |counts: bool, number: i64| if counts { number * sign } else { 0 };
    let statuses = [
        Status::Succeeded,
        Status::Failed,
        Status::Canceled,
        Status::Expired,
    ];
    let kinds = [Kind::Image, Kind::Video, Kind::Speech, Kind::Text];
    let [succeeded, failed, canceled, expired] = statuses.map(|status| of(status == ended.status, 1));
    let [images, seconds, characters, tokens] = kinds.map(|of_kind| of(of_kind == kind, ended.units));
    let captured = ended.captured.micro() * sign;
    [
        succeeded, failed, canceled, expired, images, seconds, characters, tokens, captured,
    ]
}

async fn add(
    tx: &impl ConnectionTrait,
    row: &generation::Model,
    end_user: Option<&str>,
    at: Timestamp,
    sums: &[i64; 9],
) -> Result<(), DbErr> {
    let (table, keys) = match end_user {
        None => ("usage_rollup", "account_id, livemode, day_at, model, key_id"),
        Some(_) => (
            "end_user_usage",
            "account_id, livemode, end_user, day_at, model, key_id",
        ),
    };
    let mut values: Vec<Value> = vec![row.account_id.clone().into(), row.livemode.into()];
    values.extend(end_user.map(|end_user| end_user.to_owned().into()));
    values.push(day(at).into());
    values.push(row.model_resolved.clone().into());
    values.push(
        row.key_id
            .as_ref()
            .map_or("", |key| key.as_str())
            .to_owned()
            .into(),
    );
    values.extend(sums.iter().map(|sum| Value::from(*sum)));
    let places: Vec<String> = (1..=values.len()).map(|at| format!("${at}")).collect();
    let added: Vec<String> = SUMS
        .split(", ")
        .map(|sum| format!("{sum} = {table}.{sum} + excluded.{sum}"))
        .collect();
    let sql = format!(
        "INSERT INTO {table} ({keys}, {SUMS}) VALUES ({}) ON CONFLICT ({keys}) DO UPDATE SET {}",
        places.join(", "),
        added.join(", ")
    );
    db::execute(tx, &sql, values).await.map(drop)
}
