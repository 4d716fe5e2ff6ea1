//! What a payment brings its buyer.

use entity::{Timestamp, account, purchase};
use sea_orm::{ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};

use super::offers::Offers;
use super::{owner_of, price_of, view};
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::credits::{Books, NewLot};

/// Credits that were bought are spent after those that were given.
const PRIORITY: i32 = 10;

/// Who bought it, unless they were erased since. Asked behind the wallet: an erasure
/// comes before, or takes what is given then.
pub(super) async fn buyer(
    tx: &impl ConnectionTrait,
    row: &purchase::Model,
) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(row.account_id.clone())
        .filter(account::Column::Status.ne(account::Status::Erased))
        .one(tx)
        .await
}

/// Grants the credits with a receipt, or gives back what was taken of them. For a
/// buyer who is gone they end at once: it is sold all the same.
pub(super) async fn give(
    tx: &impl ConnectionTrait,
    (app, offers): (&App, &Offers),
    books: &mut Books,
    row: &purchase::Model,
    buyer: Option<&account::Model>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let owner = owner_of(row);
    if books.thaw(tx, &owner, &row.id).await? {
        if buyer.is_none() {
            books.expire(&owner, |lot| lot.purchase_id.as_ref() == Some(&row.id));
        }
        return Ok(());
    }
    // An offer that was withdrawn meanwhile sets no limit to what was sold under it.
    let expires_at = match buyer {
        Some(_) => offers.find(&row.offer).and_then(|offer| offer.expires_at(now)),
        None => Some(now),
    };
    let new = NewLot {
        amount: row.credits,
        priority: PRIORITY,
        purchase: Some(row.id.clone()),
        reason: row.offer.clone(),
        expires_at,
    };
    books.grant(&owner, new);
    match buyer.and_then(|buyer| buyer.email.as_deref()) {
        Some(to) => mail_receipt(tx, (app, offers), row, to, now).await,
        None => Ok(()),
    }
}

/// Thanks the buyer, with all that a receipt says.
async fn mail_receipt(
    tx: &impl ConnectionTrait,
    (app, offers): (&App, &Offers),
    row: &purchase::Model,
    to: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    let offer = offers.find(&row.offer);
    let text = Text::Receipt {
        number: view::number(&row.id),
        paid_at: now,
        offer: offer.map_or_else(|| row.offer.clone(), |offer| offer.display_name.clone()),
        credits: row.credits.to_string(),
        price: price_of(row).to_string(),
        seller: app.config.policy.controller.clone(),
    };
    emails::post(tx, app, &row.account_id, to, &text, now).await?;
    Ok(())
}
