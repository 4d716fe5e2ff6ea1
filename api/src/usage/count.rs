//! Counts a generation as it ends, and takes its end user's name off the sums when
//! it is deleted. Both with the owner's wallet locked: nobody else adds to the same
//! rows meanwhile.

use std::collections::BTreeMap;

use entity::generation::{self, Kind, Status};
use entity::{AccountId, Credits, Timestamp, end_user_usage, usage_rollup};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr};

use crate::{bulk, db};

const DAY: i64 = 86_400_000_000;

const SUMS: &str = "succeeded, failed, canceled, expired, images, seconds, characters, tokens, captured";

/// Adds generations that ended to the sums of the day on which each did. The rows are
/// as their end left them.
///
/// # Errors
/// What the database answers.
pub async fn count(tx: &impl ConnectionTrait, ended: &[generation::Model]) -> Result<(), DbErr> {
    let (mut of_keys, mut of_end_users) = (BTreeMap::new(), BTreeMap::new());
    for row in ended {
        let Some(place) = Place::of(row) else { continue };
        let end_user = row.end_user.as_deref().unwrap_or_default();
        add(of_keys.entry(place).or_default(), sums(row, 1));
        add(of_end_users.entry((end_user, place)).or_default(), sums(row, 1));
    }
    bulk::insert_or(tx, by_key(of_keys), &added("usage_rollup", OF_KEY)).await?;
    add_by_end_user(tx, by_end_user(of_end_users)).await
}

const OF_KEY: &str = "account_id, livemode, day_at, model, key_id";

async fn add_by_end_user(
    tx: &impl ConnectionTrait,
    rows: Vec<end_user_usage::ActiveModel>,
) -> Result<(), DbErr> {
    let keys = "account_id, livemode, end_user, day_at, model, key_id";
    bulk::insert_or(tx, rows, &added("end_user_usage", keys))
        .await
        .map(drop)
}

/// Moves what a generation added from its end user to nobody in particular. The
/// row is as it was before its end user was removed.
///
/// # Errors
/// What the database answers.
pub async fn forget_end_user(tx: &impl ConnectionTrait, row: &generation::Model) -> Result<(), DbErr> {
    let (Some(end_user), Some(place)) = (&row.end_user, Place::of(row)) else {
        return Ok(());
    };
    let moved = [
        ((end_user.as_str(), place), sums(row, -1)),
        (("", place), sums(row, 1)),
    ];
    add_by_end_user(tx, by_end_user(moved.into())).await?;
    let sql = "DELETE FROM end_user_usage WHERE account_id = $1 AND livemode = $2 AND end_user = $3
        AND day_at = $4 AND succeeded + failed + canceled + expired = 0";
    let values = vec![
        row.account_id.clone().into(),
        row.livemode.into(),
        end_user.clone().into(),
        place.day.into(),
    ];
    db::execute(tx, sql, values).await.map(drop)
}

/// Which sums of an account a generation counts among.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place<'a> {
    account: &'a AccountId,
    livemode: bool,
    day: Timestamp,
    model: &'a str,
    key: &'a str,
}

impl<'a> Place<'a> {
    /// `None` for what has not ended.
    fn of(row: &'a generation::Model) -> Option<Self> {
        let at = row.ended_at?.micros();
        Some(Self {
            account: &row.account_id,
            livemode: row.livemode,
            day: Timestamp::from_micros(at - at.rem_euclid(DAY)),
            model: &row.model_resolved,
            key: row.key_id.as_ref().map_or("", |key| key.as_str()),
        })
    }
}

/// In the order of [`SUMS`].
type Sums = [i64; 9];

fn sums(row: &generation::Model, sign: i64) -> Sums {
    let of = |counts: bool, number: i64| if counts { number * sign } else { 0 };
    let statuses = [
        Status::Succeeded,
        Status::Failed,
        Status::Canceled,
        Status::Expired,
    ];
    let kinds = [Kind::Image, Kind::Video, Kind::Speech, Kind::Text];
    let [succeeded, failed, canceled, expired] = statuses.map(|status| of(status == row.status, 1));
    let [images, seconds, characters, tokens] = kinds.map(|kind| of(kind == row.kind, row.units));
    let captured = row.captured.micro() * sign;
    [
        succeeded, failed, canceled, expired, images, seconds, characters, tokens, captured,
    ]
}

fn add(sum: &mut Sums, more: Sums) {
    for (sum, more) in sum.iter_mut().zip(more) {
        *sum += more;
    }
}

fn added(table: &str, keys: &str) -> String {
    let added: Vec<String> = SUMS
        .split(", ")
        .map(|sum| format!("{sum} = {table}.{sum} + excluded.{sum}"))
        .collect();
    format!("ON CONFLICT ({keys}) DO UPDATE SET {}", added.join(", "))
}

fn by_key(sums: BTreeMap<Place<'_>, Sums>) -> Vec<usage_rollup::ActiveModel> {
    let rows = sums.into_iter().map(|(place, sums)| {
        let [
            succeeded,
            failed,
            canceled,
            expired,
            images,
            seconds,
            characters,
            tokens,
            captured,
        ] = sums;
        usage_rollup::ActiveModel {
            account_id: Set(place.account.clone()),
            livemode: Set(place.livemode),
            day_at: Set(place.day),
            model: Set(place.model.to_owned()),
            key_id: Set(place.key.to_owned()),
            succeeded: Set(succeeded),
            failed: Set(failed),
            canceled: Set(canceled),
            expired: Set(expired),
            images: Set(images),
            seconds: Set(seconds),
            characters: Set(characters),
            tokens: Set(tokens),
            captured: Set(Credits::from_micro(captured)),
        }
    });
    rows.collect()
}

fn by_end_user(sums: BTreeMap<(&str, Place<'_>), Sums>) -> Vec<end_user_usage::ActiveModel> {
    let rows = sums.into_iter().map(|((end_user, place), sums)| {
        let [
            succeeded,
            failed,
            canceled,
            expired,
            images,
            seconds,
            characters,
            tokens,
            captured,
        ] = sums;
        end_user_usage::ActiveModel {
            account_id: Set(place.account.clone()),
            livemode: Set(place.livemode),
            end_user: Set(end_user.to_owned()),
            day_at: Set(place.day),
            model: Set(place.model.to_owned()),
            key_id: Set(place.key.to_owned()),
            succeeded: Set(succeeded),
            failed: Set(failed),
            canceled: Set(canceled),
            expired: Set(expired),
            images: Set(images),
            seconds: Set(seconds),
            characters: Set(characters),
            tokens: Set(tokens),
            captured: Set(Credits::from_micro(captured)),
        }
    });
    rows.collect()
}
