//! The second factor: codes of an authenticator app, and recovery codes for
//! whoever lost it.
//!
//! A secret counts once the first code was right ([`enrol`]). From then on every
//! sign-in asks for a code, whatever way it came ([`demand`]): each code is
//! accepted once, since the step of the last one is kept and only ever grows, and
//! wrong ones, of either kind, make everybody wait. Recovery codes need no wait, for
//! nobody guesses them: so an owner whom a guesser keeps waiting comes in by one.

mod demand;
mod enrol;
mod recovery;
mod remove;

use entity::{AccountId, Timestamp, totp};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

pub use demand::{Refusal, Second, accept, demand};
pub use enrol::{BeginError, Begun, ConfirmError, LIFE, begin, confirm};
pub use recovery::{NotOn, left, renew};
pub use remove::{RemoveError, forget, remove};

use super::emails::{self, Text};
use crate::app::App;
use crate::auth::totp::Secret;
use crate::secrets::Secrets;

/// An account's authenticator app, if one counts.
///
/// # Errors
/// What the database answers.
pub async fn find(db: &impl ConnectionTrait, account: &AccountId) -> Result<Option<totp::Model>, DbErr> {
    totp::Entity::find_by_id(account.clone())
        .filter(totp::Column::ConfirmedAt.is_not_null())
        .one(db)
        .await
}

/// A seal opens for its own account alone, wherever a row is copied to.
fn purpose(account: &AccountId) -> String {
    format!("totp {account}")
}

fn seal(secrets: &Secrets, account: &AccountId, secret: &Secret) -> String {
    secrets.seal(&purpose(account), &secret.base32())
}

/// `None` when it was sealed with another secret.
fn open(secrets: &Secrets, row: &totp::Model) -> Option<Secret> {
    Secret::from_base32(&secrets.open(&purpose(&row.account_id), &row.sealed)?)
}

/// Tells the owner by mail.
async fn tell(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    text: &Text,
    now: Timestamp,
) -> Result<(), DbErr> {
    let owner = entity::account::Entity::find_by_id(account.clone())
        .one(tx)
        .await?;
    match owner.and_then(|owner| owner.email) {
        Some(to) => emails::post(tx, app, account, &to, text, now).await,
        None => Ok(()),
    }
}
