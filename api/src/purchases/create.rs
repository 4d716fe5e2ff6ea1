//! A new purchase: written down first, then opened at the processor.
//!
//! The processor is called between two transactions, never inside one. Its own
//! idempotency key is the purchase's id, so whoever repeats a request that broke
//! off in between finishes what was begun, and no second checkout is opened.

use std::time::Duration;

use entity::purchase::{self, Status};
use entity::{PurchaseId, account};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QuerySelect as _,
};

use super::offers::Offers;
use super::{ask, once, owner_of, price_of};
use crate::app::App;
use crate::config::read_web_url;
use crate::credits::Owner;
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::payments::{GatewayError, NewCheckout};

pub const ROUTE: &str = "purchases.create";

/// A first request that is younger may still be talking to the processor.
const OPENING: Duration = Duration::from_secs(30);

/// A request as it came, parsed.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub owner: Owner,
    pub offer: String,
    pub processor: Option<String>,
    pub currency: Option<String>,
    pub success_url: String,
    pub cancel_url: String,
}

#[derive(Debug, Clone)]
pub enum Created {
    New(purchase::Model),
    /// The idempotency key was used for the same request before.
    Replayed(purchase::Model),
}

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("there is no offer `{0}`")]
    UnknownOffer(String),
    #[error("the offer has no price in {currency}")]
    NoPrice { currency: String, priced: Vec<String> },
    #[error("there is no such processor")]
    UnknownProcessor { processors: Vec<&'static str> },
    #[error("`{field}` is no URL that a browser opens")]
    BadUrl { field: &'static str },
    /// Closed or erased since the caller was let in.
    #[error("the account is no longer there")]
    Gone,
    #[error("the operator has suspended the account")]
    Suspended,
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error("the first request with this key is still talking to the processor")]
    InProgress,
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<KeyReused> for CreateError {
    fn from(_: KeyReused) -> Self {
        Self::KeyReused
    }
}

/// Writes the purchase down and opens its checkout.
///
/// # Errors
/// Why there is no checkout. What a processor did not answer is finished by
/// whoever repeats the request with the same idempotency key.
pub async fn create(
    app: &App,
    offers: &Offers,
    wanted: Wanted,
    place: Option<&Place<'_>>,
) -> Result<Created, CreateError> {
    let now = app.now();
    if let Some(place) = place
        && let Some(before) = idempotency::recall(app.db.read(), place, now).await??
    {
        return again(app, offers, place, &before).await;
    }
    let row = checked(app, offers, wanted)?;
    let tx = app.db.begin().await?;
    // Locked: an erasure that begins now waits and takes this purchase with it.
    let owner = account::Entity::find_by_id(row.account_id.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_shared()
        .one(&tx)
        .await?;
    if owner.ok_or(CreateError::Gone)?.suspended_at.is_some() {
        return Err(CreateError::Suspended);
    }
    if let Some(place) = place {
        let answer = Answer {
            status: once::PROCESSING,
            resource: row.id.to_string(),
            sealed: None,
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            tx.rollback().await?;
            let before = idempotency::recall(app.db.read(), place, now).await??;
            let before = before.ok_or(CreateError::InProgress)?;
            return again(app, offers, place, &before).await;
        }
    }
    purchase::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    open(app, offers, &row, place).await.map(Created::New)
}

/// The row of what is wanted, if it can be had.
fn checked(app: &App, offers: &Offers, wanted: Wanted) -> Result<purchase::Model, CreateError> {
    let offer = offers
        .find(&wanted.offer)
        .ok_or(CreateError::UnknownOffer(wanted.offer))?;
    let price = offer.price(wanted.currency.as_deref());
    let price = price.cloned().ok_or_else(|| CreateError::NoPrice {
        currency: wanted.currency.unwrap_or_default(),
        priced: offer.prices.iter().map(|price| price.currency.clone()).collect(),
    })?;
    let unknown = || CreateError::UnknownProcessor {
        processors: app.gateways.names().collect(),
    };
    let processor = match &wanted.processor {
        Some(name) => app.gateways.find(name).map(|gateway| gateway.name()),
        None => app.gateways.first(),
    };
    for (field, url) in [
        ("success_url", &wanted.success_url),
        ("cancel_url", &wanted.cancel_url),
    ] {
        if !opens_in_a_browser(url) {
            return Err(CreateError::BadUrl { field });
        }
    }
    let now = app.now();
    Ok(purchase::Model {
        id: PurchaseId::new(now),
        account_id: wanted.owner.account,
        livemode: wanted.owner.livemode,
        offer: offer.id.clone(),
        processor: processor.ok_or_else(unknown)?.to_owned(),
        status: Status::Pending,
        amount: price.amount,
        currency: price.currency,
        credits: offer.credits,
        checkout_url: None,
        success_url: wanted.success_url,
        cancel_url: wanted.cancel_url,
        created_at: now,
        paid_at: None,
        refunded_at: None,
        refund_amount: None,
        ask_at: Some(now.plus(ask::FIRST)),
    })
}

fn opens_in_a_browser(url: &str) -> bool {
    read_web_url(url).is_some()
}

/// Answers a repeated request; one that broke off is finished.
async fn again(
    app: &App,
    offers: &Offers,
    place: &Place<'_>,
    before: &Answer,
) -> Result<Created, CreateError> {
    let id: Option<PurchaseId> = before.resource.parse().ok();
    let row = purchase::Entity::of(place.account, place.livemode)
        .filter(purchase::Column::Id.eq(id))
        .one(app.db.read())
        .await?
        .ok_or(CreateError::Gone)?;
    if row.checkout_url.is_some() || row.status != Status::Pending {
        return Ok(Created::Replayed(row));
    }
    if before.status == once::PROCESSING && app.now().since(row.created_at) < OPENING {
        return Err(CreateError::InProgress);
    }
    open(app, offers, &row, Some(place)).await.map(Created::New)
}

/// Has the processor open a checkout and writes down where it is.
async fn open(
    app: &App,
    offers: &Offers,
    row: &purchase::Model,
    place: Option<&Place<'_>>,
) -> Result<purchase::Model, CreateError> {
    let gateway = app.gateways.find(&row.processor);
    let gateway = gateway.ok_or_else(|| GatewayError::Unavailable(row.processor.clone()))?;
    let offer = offers.find(&row.offer);
    let checkout = NewCheckout {
        purchase: row.id.clone(),
        description: offer.map_or_else(|| row.offer.clone(), |offer| offer.display_name.clone()),
        price: price_of(row),
        success_url: row.success_url.clone(),
        cancel_url: row.cancel_url.clone(),
    };
    match gateway.open(&checkout).await {
        Ok(checkout) => opened(app, row, checkout.url, place).await,
        Err(error) => {
            not_opened(app, row, &error, place).await?;
            Err(error.into())
        }
    }
}

async fn opened(
    app: &App,
    row: &purchase::Model,
    url: String,
    place: Option<&Place<'_>>,
) -> Result<purchase::Model, CreateError> {
    let tx = app.db.begin().await?;
    purchase::Entity::update_many()
        .col_expr(purchase::Column::CheckoutUrl, Expr::value(url))
        .filter(purchase::Column::Id.eq(row.id.clone()))
        .filter(purchase::Column::CheckoutUrl.is_null())
        // Erased meanwhile: nothing personal comes back.
        .filter(purchase::Column::SuccessUrl.ne(""))
        .exec(&tx)
        .await?;
    if let Some(place) = place {
        once::answered(&tx, place, 201).await?;
    }
    let owner = owner_of(row);
    let row = purchase::Entity::of(&owner.account, owner.livemode)
        .filter(purchase::Column::Id.eq(row.id.clone()))
        .one(&tx)
        .await?
        .ok_or(CreateError::Gone)?;
    tx.commit().await?;
    Ok(row)
}

/// A refusal ends the purchase and frees the key. What was merely not answered
/// may yet be finished under the key; without one, nobody could.
async fn not_opened(
    app: &App,
    row: &purchase::Model,
    error: &GatewayError,
    place: Option<&Place<'_>>,
) -> Result<(), DbErr> {
    let refused = matches!(error, GatewayError::Refused(_));
    let tx = app.db.begin().await?;
    if refused || place.is_none() {
        // Of a checkout that was refused there is nothing to ask.
        let ask_at = row.ask_at.filter(|_| !refused);
        purchase::Entity::update_many()
            .col_expr(purchase::Column::Status, Expr::value(Status::Failed))
            .col_expr(purchase::Column::AskAt, Expr::value(ask_at))
            .filter(purchase::Column::Id.eq(row.id.clone()))
            .filter(purchase::Column::Status.eq(Status::Pending))
            .exec(&tx)
            .await?;
    }
    match place {
        Some(place) if refused => once::forget(&tx, place).await?,
        Some(place) => once::answered(&tx, place, 503).await?,
        None => {}
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_browser_opens_is_a_url() {
        for good in [
            "https://studio.example/paid?session={CHECKOUT_SESSION_ID}",
            "http://localhost:3000/",
            "http://[::1]/a#b",
        ] {
            assert!(opens_in_a_browser(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//studio.example",
            "/paid",
            "https://",
            "java\nscript:alert(1)",
            "https://studio.example/\u{1}",
            "https://studio.example/a b",
        ] {
            assert!(!opens_in_a_browser(bad), "{bad:?}");
        }
    }
}
