//! Credits granted and taken by staff, with a reason, once.

use entity::account::{self, Status};
use entity::{Credits, Timestamp, wallet};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::audit::{About, Entry, Warrant};
use crate::app::App;
use crate::credits::{Books, InsufficientCredits, NewLot, Owner};
use crate::http::idempotency::{self, Answer, KeyReused, Place};

pub const ROUTE: &str = "admin.credits.adjust";

/// Spent before what was bought, as a welcome grant is.
const PRIORITY: i32 = 0;

/// What is to be granted or taken.
pub struct Adjustment {
    pub owner: Owner,
    pub takes: bool,
    pub amount: Credits,
    pub reason: String,
    pub expires_at: Option<Timestamp>,
}

/// The wallet afterwards.
pub struct Adjusted {
    pub wallet: wallet::Model,
    pub replayed: bool,
    pub entry: Entry,
}

#[derive(Debug, thiserror::Error)]
pub enum AdjustError {
    #[error("there is no such account")]
    NotFound,
    #[error("the account was erased")]
    Erased,
    #[error("the amount must be above zero; `direction` says whether it is granted or taken")]
    NotPositive,
    #[error("only credits that are granted expire, and only in the future")]
    Expiry,
    #[error(transparent)]
    Insufficient(#[from] InsufficientCredits),
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Grants or takes; what is held or spent can't be taken. With the same
/// idempotency key it happens once.
///
/// # Errors
/// When there is no such account, or fewer credits than are to be taken.
pub async fn adjust(
    app: &App,
    warrant: &Warrant,
    wanted: Adjustment,
    place: Option<&Place<'_>>,
) -> Result<Adjusted, AdjustError> {
    let (owner, amount, now) = (wanted.owner.clone(), wanted.amount, warrant.now);
    if !amount.is_positive() {
        return Err(AdjustError::NotPositive);
    }
    if wanted.expires_at.is_some_and(|at| wanted.takes || at <= now) {
        return Err(AdjustError::Expiry);
    }
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, [&owner], now).await?;
    // Behind the wallet, as whoever closes an account does it.
    let row = account::Entity::find()
        .filter(account::Column::Id.eq(owner.account.clone()))
        .lock_shared()
        .one(&tx)
        .await?
        .ok_or(AdjustError::NotFound)?;
    if row.status == Status::Erased {
        return Err(AdjustError::Erased);
    }
    let replayed = match place {
        Some(place) => {
            let answer = Answer {
                status: 200,
                resource: owner.account.to_string(),
                sealed: None,
            };
            let first = idempotency::remember(&tx, place, answer, now).await?;
            if !first {
                idempotency::recall(&tx, place, now).await??;
            }
            !first
        }
        None => false,
    };
    if !replayed {
        match wanted.takes {
            true => books.take(&owner, amount)?,
            false => books.grant(
                &owner,
                NewLot {
                    amount,
                    priority: PRIORITY,
                    purchase: None,
                    reason: wanted.reason.clone(),
                    expires_at: wanted.expires_at,
                },
            ),
        }
    }
    let wallet = books.wallet(&owner).cloned().ok_or(AdjustError::NotFound)?;
    books.close(&tx).await?;
    let about = About::account(&owner.account).because(&wanted.reason);
    let entry = match replayed {
        true => warrant.replayed(&tx, about).await?,
        false => warrant.done(&tx, about).await?,
    };
    tx.commit().await?;
    Ok(Adjusted {
        wallet,
        replayed,
        entry,
    })
}
