//! `/v1/webhook-deliveries`.

use entity::delivery::Status;
use entity::{DeliveryId, EventId};
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;

use super::list::{Filters, find, page};
use super::replay::{ROUTE, ReplayError, replay};
use crate::app::App;
use crate::auth::{Allow, Caller, WebhooksRead, WebhooksWrite};
use crate::credits::Owner;
use crate::http::idempotency::Place;
use crate::http::{ApiError, Begun, Code, Fingerprint, IdempotencyKey, Listed, Paging, Tag};
use crate::webhook_endpoints::WebhookDelivery;

impl From<ReplayError> for ApiError {
    fn from(error: ReplayError) -> Self {
        let conflict = |detail| Self::new(Code::Conflict, detail);
        match error {
            ReplayError::NotFound => Self::not_found(),
            ReplayError::AccountGone => Self::unauthenticated(),
            ReplayError::EndpointGone => conflict("The endpoint was deleted: there is nowhere to send it."),
            ReplayError::Disabled => {
                conflict("The endpoint is disabled. Enable it first: PATCH it with `enabled: true`.")
            }
            ReplayError::Erased => Self::new(
                Code::Erased,
                "What this told of was erased, and the address that it went to.",
            ),
            ReplayError::EventGone => conflict("The event is older than 30 days and no longer kept."),
            ReplayError::KeyReused(reused) => reused.into(),
            ReplayError::Database(error) => error.into(),
        }
    }
}

pub struct WebhookDeliveriesApi;

#[OpenApi(prefix_path = "/v1/webhook-deliveries", tag = "Tag::Webhooks")]
impl WebhookDeliveriesApi {
    /// List deliveries
    ///
    /// What was sent in the last 30 days, to your endpoints and to the `webhook_url` of requests, newest first, and what
    /// became of it. `?subject=gen_…` shows what was told of one generation, `?status=failed` what never arrived.
    #[oai(path = "/", method = "get", operation_id = "webhook_deliveries.list")]
    #[expect(clippy::too_many_arguments, reason = "the signature is the contract")]
    async fn list(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksRead>,
        /// How many to return.
        #[oai(
            default = "usual_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u32>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Only those about the generation, batch, key, purchase or endpoint with this id.
        #[oai(validator(max_length = 64))]
        subject: Query<Option<String>>,
        /// Only those of this event.
        event_id: Query<Option<EventId>>,
        /// Only those that stand so.
        status: Query<Option<Status>>,
    ) -> Result<Listed<WebhookDelivery>, ApiError> {
        let filters = Filters {
            subject: subject.0,
            event: event_id.0,
            status: status.0,
        };
        let scope = format!("{}\n{filters:?}", caller.list("webhook_deliveries.list"));
        let paging = Paging::read(&app, &scope, Some(*limit), cursor.as_deref())?;
        let rows = page(&app, &owner(&caller), filters, &paging).await?;
        Ok(Listed(paging.page(
            rows,
            |row| row.id.to_string(),
            |row| WebhookDelivery::shown(row, caller.scopes),
        )))
    }

    /// Get a delivery
    ///
    /// One event on its way to one address: how often it was sent, what the address answered last, and when the next
    /// attempt is due.
    #[oai(path = "/:id", method = "get", operation_id = "webhook_deliveries.get")]
    async fn get(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksRead>,
        /// The delivery's id.
        id: Path<DeliveryId>,
    ) -> Result<Json<WebhookDelivery>, ApiError> {
        let row = find(&app, &owner(&caller), &id).await?;
        row.map(|row| Json(WebhookDelivery::shown(row, caller.scopes)))
            .ok_or_else(ApiError::not_found)
    }

    /// Send a delivery again
    ///
    /// Its event is sent once more to where it went, the endpoint or the `webhook_url`, with the `webhook-id` that it
    /// had, whether it arrived before or not. The answer is the new delivery, with attempts of its own; the old one
    /// stays as it is, and goes on where it still waits.
    ///
    /// 409 `conflict`: the endpoint is disabled or deleted, or the event is older than 30 days. 410 `erased`: what it
    /// told of was erased, and the `webhook_url` with it.
    #[oai(
        path = "/:id/replay",
        method = "post",
        operation_id = "webhook_deliveries.replay"
    )]
    async fn replay(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        /// The delivery's id.
        id: Path<DeliveryId>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
    ) -> Result<Begun<WebhookDelivery>, ApiError> {
        let fingerprint = Fingerprint::of(id.to_string());
        let place = idempotency_key.as_ref().map(|key| Place {
            account: &caller.account,
            livemode: caller.livemode,
            route: ROUTE,
            key,
            fingerprint: &fingerprint,
        });
        let again = replay(&app, &owner(&caller), &id, place.as_ref()).await?;
        Ok(Begun {
            location: format!("/v1/webhook-deliveries/{}", again.row.id),
            replayed: again.replayed,
            body: WebhookDelivery::shown(again.row, caller.scopes),
        })
    }
}

fn owner(caller: &Caller) -> Owner {
    Owner {
        account: caller.account.clone(),
        livemode: caller.livemode,
    }
}

fn usual_limit() -> u32 {
    20
}
