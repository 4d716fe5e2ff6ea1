//! `/v1/offers`, `/v1/purchases` and what processors send to `/hooks/{processor}`.

use entity::PurchaseId;
use entity::purchase;
use poem::error::ReadBodyError;
use poem::http::HeaderMap;
use poem::web::{Data, Json as PlainJson, Path as PlainPath};
use poem::{Body as RawBody, handler};
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Json, Response};
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde_json::{Value, json};

use super::view::{Offer, Purchase, Receipt};
use super::{CREATE, Offers, REFUND_ROUTE, ReceiveError, Refunded, Wanted, create, find, receive, refund};
use crate::app::App;
use crate::auth::{Allow, Caller, PurchasesRead, PurchasesWrite, Visitor};
use crate::credits::Owner;
use crate::http::idempotency::Place;
use crate::http::{ApiError, Body, Code, Created, Fingerprint, IdempotencyKey, Listed, Paging, Tag};
use crate::secrets::sha256_hex;

pub struct PurchasesApi;

/// What to buy, and where the buyer goes afterwards.
#[derive(Debug, Object)]
#[oai(example)]
pub struct CreatePurchase {
    /// The id of an offer: see `GET /v1/offers`.
    #[oai(validator(min_length = 1, max_length = 100))]
    offer: String,
    /// Who takes the money. Absent: the operator's first choice.
    #[oai(validator(min_length = 1, max_length = 50))]
    processor: Option<String>,
    /// One of the currencies in which the offer is priced. Absent: that of its first price.
    #[oai(validator(pattern = "^[A-Z]{3}$"))]
    currency: Option<String>,
    /// Where the processor sends the buyer after paying: an `http` or `https` URL of yours. That someone arrives there
    /// proves no payment: ask for the purchase.
    #[oai(validator(pattern = "^https?://", max_length = 2048))]
    success_url: String,
    /// Where the processor sends a buyer who turned back: an `http` or `https` URL of yours.
    #[oai(validator(pattern = "^https?://", max_length = 2048))]
    cancel_url: String,
}

impl Example for CreatePurchase {
    fn example() -> Self {
        Self {
            offer: "pack-100".to_owned(),
            processor: None,
            currency: Some("EUR".to_owned()),
            success_url: "https://studio.example/thanks".to_owned(),
            cancel_url: "https://studio.example/prices".to_owned(),
        }
    }
}

#[OpenApi]
impl PurchasesApi {
    /// List offers
    ///
    /// What is for sale: packs of credits, each with its prices, in the order that the operator chose. Prices may
    /// change; a purchase keeps the one at which it was made. Needs no credentials.
    #[oai(
        path = "/v1/offers",
        method = "get",
        operation_id = "offers.list",
        tag = "Tag::Purchases"
    )]
    async fn list_offers(
        &self,
        _visitor: Visitor,
        app: Data<&App>,
        offers: Data<&Offers>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<Offer>, ApiError> {
        let paging = Paging::read(app.0, "offers.list", limit.0, cursor.0.as_deref())?;
        let shown = paging.after.as_ref();
        let known = shown.and_then(|id| offers.iter().position(|offer| offer.id == *id));
        let page = offers.iter().skip(known.map_or(0, |at| at + 1));
        let page = page.take(usize::try_from(paging.limit).unwrap_or(usize::MAX) + 1);
        Ok(Listed(paging.page(
            page.collect(),
            |offer| offer.id.clone(),
            Offer::from,
        )))
    }

    /// Buy credits
    ///
    /// Opens a checkout at a payment processor. Send the buyer to `checkout_url`; the credits come when the processor
    /// tells us of the payment, mostly within seconds, and once, however often it tells us. Test credentials buy test
    /// credits.
    ///
    /// Send an `Idempotency-Key`: if the connection breaks, the same request then finds the purchase that it made
    /// instead of making another. While the first is still talking to the processor, a repeated request fails with
    /// 409 `idempotency_in_progress`.
    ///
    /// Fails with 422 `unknown_offer` when there is no such offer or it has no price in `currency`, with 422
    /// `invalid_input` for a processor that is not configured, for a URL that no browser opens and when the processor
    /// refuses, and with 503 `unavailable` when the processor does not answer.
    #[oai(
        path = "/v1/purchases",
        method = "post",
        operation_id = "purchases.create",
        tag = "Tag::Purchases"
    )]
    async fn create(
        &self,
        caller: Allow<PurchasesWrite>,
        app: Data<&App>,
        offers: Data<&Offers>,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
        body: Body<CreatePurchase>,
    ) -> Result<Created<Purchase>, ApiError> {
        let fingerprint = body.fingerprint();
        let place = key
            .0
            .as_ref()
            .map(|key| place(&caller, CREATE, key, &fingerprint));
        let body = body.parsed;
        let wanted = Wanted {
            owner: owner(&caller),
            offer: body.offer,
            processor: body.processor,
            currency: body.currency,
            success_url: body.success_url,
            cancel_url: body.cancel_url,
        };
        let (row, replayed) = match create(app.0, offers.0, wanted, place.as_ref()).await? {
            super::Created::New(row) => (row, false),
            super::Created::Replayed(row) => (row, true),
        };
        let location = format!("/v1/purchases/{}", row.id);
        Ok(Created::at(location, row.into()).replayed(replayed))
    }

    /// List purchases
    ///
    /// All purchases of the account in the mode of the credentials, newest first, 20 a page unless `limit` says
    /// otherwise.
    #[oai(
        path = "/v1/purchases",
        method = "get",
        operation_id = "purchases.list",
        tag = "Tag::Purchases"
    )]
    async fn list(
        &self,
        caller: Allow<PurchasesRead>,
        app: Data<&App>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<Purchase>, ApiError> {
        let scope = caller.list("purchases.list");
        let paging = Paging::read(app.0, &scope, limit.0, cursor.0.as_deref())?;
        let mut rows = purchase::Entity::of(&caller.account, caller.livemode);
        if let Some(after) = &paging.after {
            rows = rows.filter(purchase::Column::Id.lt(after.as_str()));
        }
        let rows = rows
            .order_by_desc(purchase::Column::Id)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        Ok(Listed(paging.page(rows, |row| row.id.to_string(), Into::into)))
    }

    /// Get a purchase
    ///
    /// Where it stands. Ask for this when the buyer comes back to your `success_url`: `status` is `paid` once the
    /// credits are there, and still `pending` when the buyer was faster than the processor.
    #[oai(
        path = "/v1/purchases/:id",
        method = "get",
        operation_id = "purchases.get",
        tag = "Tag::Purchases"
    )]
    async fn get(
        &self,
        caller: Allow<PurchasesRead>,
        app: Data<&App>,
        /// The purchase's id.
        id: Path<PurchaseId>,
    ) -> Result<Json<Purchase>, ApiError> {
        let row = load(app.0, &caller, &id.0).await?;
        Ok(Json(row.into()))
    }

    /// Get a receipt
    ///
    /// What was bought, from whom and for how much, with a number that never changes. It stays after a refund and then
    /// says so. Fails with 409 `conflict` while nothing was paid.
    #[oai(
        path = "/v1/purchases/:id/receipt",
        method = "get",
        operation_id = "purchases.receipt",
        tag = "Tag::Purchases"
    )]
    async fn receipt(
        &self,
        caller: Allow<PurchasesRead>,
        app: Data<&App>,
        offers: Data<&Offers>,
        /// The purchase's id.
        id: Path<PurchaseId>,
    ) -> Result<Json<Receipt>, ApiError> {
        let row = load(app.0, &caller, &id.0).await?;
        let offer = offers.find(&row.offer);
        let description = offer.map_or(row.offer.as_str(), |offer| offer.display_name.as_str());
        let receipt = Receipt::of(&row, &app.config.policy.controller, description);
        let unpaid = || ApiError::new(Code::Conflict, "There is a receipt once the purchase is paid.");
        Ok(Json(receipt.ok_or_else(unpaid)?))
    }

    /// Refund a purchase
    ///
    /// Gives back the price of the credits that are left: all of it while none was touched, else their share, rounded
    /// down to the currency's smallest unit. The credits are taken back at once and the purchase is `refunding`, with
    /// the amount in `refund`; it is `refunded` when the processor has returned the money, and `paid` again, credits
    /// included, should the processor refuse. A purchase that is refunded already stays as it is.
    ///
    /// Fails with 409 `nothing_to_refund` when nothing was paid, the payment is disputed (ask again if the dispute is won)
    /// or was charged back, or what is left of the credits is worth nothing; `used` then says how many are gone. Fails
    /// with 409 `conflict` while generations hold credits of it; `held` says how many.
    #[oai(
        path = "/v1/purchases/:id/refund",
        method = "post",
        operation_id = "purchases.refund",
        tag = "Tag::Purchases"
    )]
    async fn refund(
        &self,
        caller: Allow<PurchasesWrite>,
        app: Data<&App>,
        /// The purchase's id.
        id: Path<PurchaseId>,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
    ) -> Result<Response<Json<Purchase>>, ApiError> {
        let fingerprint = Fingerprint::of(sha256_hex(id.0.as_str().as_bytes()));
        let place = key
            .0
            .as_ref()
            .map(|key| place(&caller, REFUND_ROUTE, key, &fingerprint));
        Ok(
            match refund(app.0, &owner(&caller), &id.0, place.as_ref()).await? {
                Refunded::Begun(row) => Response::new(Json(row.into())),
                Refunded::Replayed(row) => {
                    Response::new(Json(row.into())).header("Idempotent-Replayed", "true")
                }
            },
        )
    }
}

/// `POST /hooks/{processor}`: what a payment processor announces. Taken even if it
/// means nothing to us or came before; refused, it would only be sent again.
#[handler]
pub async fn hook(
    PlainPath(processor): PlainPath<String>,
    Data(app): Data<&App>,
    Data(offers): Data<&Offers>,
    headers: &HeaderMap,
    body: RawBody,
) -> Result<PlainJson<Value>, ApiError> {
    if app.gateways.find(&processor).is_none() {
        return Err(ReceiveError::UnknownProcessor.into());
    }
    let limit = usize::try_from(app.config.limits.body_bytes).unwrap_or(usize::MAX);
    let body = body.into_bytes_limit(limit).await.map_err(|error| match error {
        ReadBodyError::PayloadTooLarge => ApiError::new(
            Code::PayloadTooLarge,
            format!("The body has more than {limit} bytes."),
        ),
        _ => ApiError::new(Code::InvalidRequest, "The body broke off."),
    })?;
    let header = |name: &str| {
        let value = headers.get(name)?.to_str().ok()?;
        Some(value.to_owned())
    };
    receive(app, offers, &processor, &header, &body).await?;
    Ok(PlainJson(json!({"received": true})))
}

fn owner(caller: &Caller) -> Owner {
    Owner {
        account: caller.account.clone(),
        livemode: caller.livemode,
    }
}

fn place<'a>(
    caller: &'a Caller,
    route: &'static str,
    key: &'a IdempotencyKey,
    fingerprint: &'a Fingerprint,
) -> Place<'a> {
    Place {
        account: &caller.account,
        livemode: caller.livemode,
        route,
        key,
        fingerprint,
    }
}

async fn load(app: &App, caller: &Caller, id: &PurchaseId) -> Result<purchase::Model, ApiError> {
    find(app, &owner(caller), id)
        .await?
        .ok_or_else(ApiError::not_found)
}
