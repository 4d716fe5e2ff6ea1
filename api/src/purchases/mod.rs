//! Purchases: an offer, a checkout at a payment processor, and credits once the
//! processor says that it was paid.
//!
//! [`create`] writes the purchase down and then has the processor open a
//! checkout. What the processor announces comes in through [`receive`], which
//! checks its signature, and [`settle`], which acts on it once, whatever the
//! number, the order and the process of its deliveries. [`refund`] takes unspent
//! credits back and has the money returned by a job. [`ask`] asks the processor about
//! what it tells nothing of. [`state`] alone knows what an announcement does to a
//! purchase.
//!
//! No transaction here waits for a processor. All lock the wallet first and the
//! purchase second.

mod ask;
mod create;
mod give;
pub mod http;
mod offers;
mod once;
mod receive;
mod refund;
mod refusals;
mod settle;
mod state;
mod view;

pub use ask::{ask_due, keep_asking};
pub use create::{CreateError, Created, ROUTE as CREATE, Wanted, create};
pub use offers::{Offer, Offers, OffersError};
pub use receive::{ReceiveError, receive};
pub use refund::{
    KIND as REFUND, ROUTE as REFUND_ROUTE, RefundError, RefundJobError, Refunded, refund, refund_job,
};
pub use settle::{Settled, settle};
pub use view::Purchase;

use entity::{Money, PurchaseId, purchase};
use sea_orm::{ColumnTrait as _, DbErr, QueryFilter as _};

use crate::app::App;
use crate::credits::Owner;

/// The owner's purchase with this id.
///
/// # Errors
/// What the database answers.
pub async fn find(app: &App, owner: &Owner, id: &PurchaseId) -> Result<Option<purchase::Model>, DbErr> {
    purchase::Entity::of(&owner.account, owner.livemode)
        .filter(purchase::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await
}

fn owner_of(row: &purchase::Model) -> Owner {
    Owner {
        account: row.account_id.clone(),
        livemode: row.livemode,
    }
}

fn price_of(row: &purchase::Model) -> Money {
    Money {
        amount: row.amount,
        currency: row.currency.clone(),
    }
}

/// What goes back of the price, or went.
fn refund_of(row: &purchase::Model) -> Option<Money> {
    Some(Money {
        amount: row.refund_amount?,
        ..price_of(row)
    })
}
