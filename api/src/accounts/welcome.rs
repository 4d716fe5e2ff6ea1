//! Welcome credits, which come once to an address: whoever has used them and signs up
//! with it again starts without.
//!
//! While an address is an account's, nobody else can have it, and nothing is kept. When
//! it leaves, a keyed hash of it stays for as long as the configuration says.

use entity::{AccountId, Credits, Timestamp, welcomed_address};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};
use unicode_normalization::UnicodeNormalization as _;

use super::Address;
use crate::app::App;
use crate::config::CreditSettings;
use crate::credits;

const SIGNING: &str = "welcome";

/// The test and the live credits that a new account with this address starts with.
///
/// # Errors
/// What the database answers.
pub(super) async fn of(
    tx: &impl ConnectionTrait,
    app: &App,
    address: &Address,
    now: Timestamp,
) -> Result<[Credits; 2], DbErr> {
    let settings = &app.config.credits;
    let welcomed = welcomed_address::Entity::find_by_id(hash(app, &address.key()))
        .filter(welcomed_address::Column::CreatedAt.gt(remembered_since(settings, now)))
        .one(tx)
        .await?;
    let live = match welcomed {
        Some(_) => Credits::ZERO,
        None => settings.live_grant,
    };
    Ok([settings.test_grant, live])
}

/// Remembers the address that an account leaves for another one: its credits go on.
///
/// # Errors
/// What the database answers.
pub(super) async fn remember(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    email_key: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    if credits::welcome(tx, account).await?.is_some() {
        write(tx, app, email_key, now).await?;
    }
    Ok(())
}

/// Remembers the address of an account that is erased, if it has used some of its
/// welcome credits, and says whether it does.
///
/// # Errors
/// What the database answers.
pub async fn remember_erased(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    email_key: &str,
    now: Timestamp,
) -> Result<bool, DbErr> {
    match credits::welcome(tx, account).await? {
        Some(lot) if lot.spent.is_positive() => write(tx, app, email_key, now).await,
        _ => Ok(false),
    }
}

/// `false` where nothing is to be kept.
async fn write(tx: &impl ConnectionTrait, app: &App, email_key: &str, now: Timestamp) -> Result<bool, DbErr> {
    use welcomed_address::Column;
    if remembered_since(&app.config.credits, now) >= now {
        return Ok(false);
    }
    let row = welcomed_address::ActiveModel {
        address_hash: Set(hash(app, email_key)),
        created_at: Set(now),
    };
    let again = OnConflict::column(Column::AddressHash)
        .update_column(Column::CreatedAt)
        .to_owned();
    welcomed_address::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx)
        .await?;
    Ok(true)
}

/// Forgets addresses whose time is over.
///
/// # Errors
/// What the database answers.
pub(super) async fn sweep(app: &App) -> Result<(), DbErr> {
    let since = remembered_since(&app.config.credits, app.now());
    welcomed_address::Entity::delete_many()
        .filter(welcomed_address::Column::CreatedAt.lte(since))
        .exec(app.db.write())
        .await?;
    Ok(())
}

fn remembered_since(settings: &CreditSettings, now: Timestamp) -> Timestamp {
    let period = settings.welcome_remembered.parse::<jiff::Span>();
    period
        .ok()
        .and_then(|period| now.plus_period(&-period).ok())
        .unwrap_or(now)
}

fn hash(app: &App, email_key: &str) -> String {
    let key: String = email_key.nfc().collect();
    app.secrets.sign(SIGNING, key.as_bytes())
}
