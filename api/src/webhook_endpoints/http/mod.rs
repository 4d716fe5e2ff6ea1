//! `/v1/webhook-endpoints`, and what is posted to them.

mod default_secret;
mod hooks;
mod snapshots;

use std::time::Duration;

use entity::{WebhookEndpointId, delivery, webhook_endpoint};
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Json, Response};
use poem_openapi::types::ToJSON;
use sea_orm::{ActiveEnum as _, ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::change::{Change, change, delete};
use super::create::{EndpointError, NewEndpoint, ROUTE, create};
use super::input::{CreateWebhookEndpoint, ReplayWebhooks, RotateWebhookSecret, UpdateWebhookEndpoint};
use super::replay::{REPLAY, TEST, Which, replay, test};
use super::secret::{ROTATE, rotate};
use super::view::{CreatedWebhookEndpoint, WebhookDelivery, WebhookEndpoint, WebhookReplay};
pub use default_secret::DefaultSecretApi;
pub use hooks::Hooks;

use crate::app::App;
use crate::auth::{Allow, Caller, WebhooksRead, WebhooksWrite};
use crate::credits::Owner;
use crate::http::idempotency::Place;
use crate::http::{
    ApiError, Begun, Body, Code, Created, FieldError, Fingerprint, IdempotencyKey, Listed, NoContent, Paging,
    Tag,
};

impl From<EndpointError> for ApiError {
    fn from(error: EndpointError) -> Self {
        match error {
            EndpointError::NotFound => Self::not_found(),
            EndpointError::Address(why) => {
                let detail = format!("This address can't be sent to: {why}.");
                Self::new(Code::InvalidInput, detail.clone()).field("/url", "invalid", detail)
            }
            EndpointError::TooMany(most) => Self::new(
                Code::Conflict,
                format!("There are {most} endpoints already, as many as may be. Delete one first."),
            ),
            EndpointError::Disabled => Self::new(
                Code::Conflict,
                "The endpoint is disabled. Enable it first: PATCH it with `enabled: true`.",
            ),
            EndpointError::NoEvent => {
                let detail = "There is no such event, or it is older than 30 days.";
                Self::new(Code::InvalidInput, detail).field("/event_id", "invalid", detail)
            }
            EndpointError::Unreadable(kind, scope) => {
                let (kind, scope) = (kind.to_value(), scope.name());
                let detail = format!(
                    "To have `{kind}` sent somewhere takes the scope `{scope}`, which these credentials lack. \
                     Name the types that they may read in `events`, or use a key with that scope."
                );
                Self::new(Code::InsufficientScope, detail).with("required", scope)
            }
            EndpointError::AccountGone => Self::unauthenticated(),
            EndpointError::SecretGone => Self::new(
                Code::Conflict,
                "This was done, but its secret can't be shown again. Rotate the secret to get another.",
            ),
            EndpointError::KeyReused(reused) => reused.into(),
            EndpointError::Database(error) => error.into(),
        }
    }
}

pub struct WebhookEndpointsApi;

#[OpenApi(prefix_path = "/v1/webhook-endpoints", tag = "Tag::Webhooks")]
impl WebhookEndpointsApi {
    /// Create a webhook endpoint
    ///
    /// From now on, events are posted to this address as the guide to webhooks says. The secret that verifies them is
    /// in the answer, once. With an `Idempotency-Key`, the same request within 24 hours is answered with the same
    /// endpoint and secret. It takes the scopes that read what these events are about, too: `generations:read`,
    /// `keys:read` and `purchases:read` for all of them.
    #[oai(path = "/", method = "post", operation_id = "webhook_endpoints.create")]
    async fn create(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<CreateWebhookEndpoint>,
    ) -> Result<Created<CreatedWebhookEndpoint>, ApiError> {
        let fingerprint = body.fingerprint();
        let place = place(&caller, ROUTE, idempotency_key.as_ref(), &fingerprint);
        let body = body.parsed;
        let new = NewEndpoint {
            url: body.url,
            description: body.description.unwrap_or_default(),
            events: body.events.unwrap_or_default(),
        };
        let made = create(&app, &owner(&caller), new, caller.scopes, place.as_ref()).await?;
        let location = format!("/v1/webhook-endpoints/{}", made.row.id);
        let replayed = made.replayed;
        Ok(Created::at(location, made.into()).replayed(replayed))
    }

    /// List webhook endpoints
    ///
    /// Newest first, without their secrets.
    #[oai(path = "/", method = "get", operation_id = "webhook_endpoints.list")]
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
    ) -> Result<Listed<WebhookEndpoint>, ApiError> {
        let scope = caller.list("webhook_endpoints.list");
        let paging = Paging::read(&app, &scope, Some(*limit), cursor.as_deref())?;
        let mut query = webhook_endpoint::Entity::of(&caller.account, caller.livemode);
        if let Some(after) = &paging.after {
            query = query.filter(webhook_endpoint::Column::Id.lt(after.as_str()));
        }
        let rows = query
            .order_by_desc(webhook_endpoint::Column::Id)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        Ok(Listed(paging.page(
            rows,
            |row| row.id.to_string(),
            WebhookEndpoint::from,
        )))
    }

    /// Get a webhook endpoint
    #[oai(path = "/:id", method = "get", operation_id = "webhook_endpoints.get")]
    async fn get(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksRead>,
        /// The endpoint's id.
        id: Path<WebhookEndpointId>,
    ) -> Result<Json<WebhookEndpoint>, ApiError> {
        let row = find(&app, &caller, &id).await?;
        Ok(Json(row.into()))
    }

    /// Update a webhook endpoint
    ///
    /// What is absent stays. Another `url`, or other `events`, take the scopes that an endpoint for them takes. One that we disabled is enabled again with `enabled: true`. What happened while it was
    /// disabled is not sent by itself: replay that range.
    #[oai(path = "/:id", method = "patch", operation_id = "webhook_endpoints.update")]
    async fn update(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        /// The endpoint's id.
        id: Path<WebhookEndpointId>,
        body: Body<UpdateWebhookEndpoint>,
    ) -> Result<Json<WebhookEndpoint>, ApiError> {
        let body = body.parsed;
        let changed = Change {
            url: body.url,
            description: body.description,
            events: body.events,
            enabled: body.enabled,
        };
        let row = change(&app, &owner(&caller), &id, changed, caller.scopes).await?;
        Ok(Json(row.into()))
    }

    /// Delete a webhook endpoint
    ///
    /// It is sent nothing more, not even what waits.
    #[oai(path = "/:id", method = "delete", operation_id = "webhook_endpoints.delete")]
    async fn delete(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        /// The endpoint's id.
        id: Path<WebhookEndpointId>,
    ) -> Result<NoContent, ApiError> {
        match delete(&app, &owner(&caller), &id).await? {
            true => Ok(NoContent::default()),
            false => Err(ApiError::not_found()),
        }
    }

    /// Rotate a webhook endpoint's secret
    ///
    /// The answer has the new secret, once. For `grace_seconds` everything is signed with both, so that you can change
    /// over without losing an event. At most two secrets sign at a time: if you rotate again within the grace, the oldest
    /// signs no more.
    #[oai(
        path = "/:id/rotate-secret",
        method = "post",
        operation_id = "webhook_endpoints.rotate_secret"
    )]
    async fn rotate_secret(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        /// The endpoint's id.
        id: Path<WebhookEndpointId>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<RotateWebhookSecret>,
    ) -> Result<Response<Json<CreatedWebhookEndpoint>>, ApiError> {
        let fingerprint = body.fingerprint().map(|print| format!("{}\n{print}", *id));
        let place = place(&caller, ROTATE, idempotency_key.as_ref(), &fingerprint);
        let grace = Duration::from_secs(body.grace_seconds.into());
        let made = rotate(&app, &owner(&caller), &id, grace, place.as_ref()).await?;
        let replayed = made.replayed;
        Ok(rotated(made.into(), replayed))
    }

    /// Send a test event
    ///
    /// Posts an event of the type `webhook_endpoint.test` to this endpoint; its deliveries say what became of it.
    #[oai(path = "/:id/test", method = "post", operation_id = "webhook_endpoints.test")]
    async fn test(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        /// The endpoint's id.
        id: Path<WebhookEndpointId>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
    ) -> Result<Begun<WebhookEndpoint>, ApiError> {
        let fingerprint = Fingerprint::of(id.to_string());
        let place = place(&caller, TEST, idempotency_key.as_ref(), &fingerprint);
        let replayed = test(&app, &owner(&caller), &id, place.as_ref()).await?;
        Ok(Begun {
            location: format!("/v1/webhook-endpoints/{}/deliveries", *id),
            replayed,
            body: find(&app, &caller, &id).await?.into(),
        })
    }

    /// List an endpoint's deliveries
    ///
    /// What was sent to it in the last 30 days, newest first, and what became of it.
    #[oai(
        path = "/:id/deliveries",
        method = "get",
        operation_id = "webhook_endpoints.deliveries"
    )]
    async fn deliveries(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksRead>,
        /// The endpoint's id.
        id: Path<WebhookEndpointId>,
        /// How many to return.
        #[oai(
            default = "usual_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u32>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<WebhookDelivery>, ApiError> {
        use delivery::Column;
        let endpoint = find(&app, &caller, &id).await?;
        let scope = format!("{}\n{}", caller.list("webhook_endpoints.deliveries"), endpoint.id);
        let paging = Paging::read(&app, &scope, Some(*limit), cursor.as_deref())?;
        let mut query =
            delivery::Entity::of(&caller.account, caller.livemode).filter(Column::EndpointId.eq(endpoint.id));
        if let Some(after) = &paging.after {
            query = query.filter(Column::Id.lt(after.as_str()));
        }
        let rows = query
            .order_by_desc(Column::Id)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        Ok(Listed(paging.page(
            rows,
            |row| row.id.to_string(),
            |row| WebhookDelivery::shown(row, caller.scopes),
        )))
    }

    /// Send events again
    ///
    /// One event by `event_id`, or all that the endpoint wants of a range of times, whether they arrived before or not.
    /// They come with the ids that they had. One event takes the scope that reads what it is about, too.
    #[oai(
        path = "/:id/replay",
        method = "post",
        operation_id = "webhook_endpoints.replay"
    )]
    async fn replay(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        /// The endpoint's id.
        id: Path<WebhookEndpointId>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<ReplayWebhooks>,
    ) -> Result<Begun<WebhookReplay>, ApiError> {
        let fingerprint = body.fingerprint().map(|print| format!("{}\n{print}", *id));
        let place = place(&caller, REPLAY, idempotency_key.as_ref(), &fingerprint);
        let asked = body.parsed;
        let which = match (&asked.event_id, asked.after, asked.before) {
            (Some(event), None, None) => Which::One(event.clone()),
            (None, Some(from), Some(to)) if to <= from => {
                let detail = "Must be later than `after`.";
                return Err(ApiError::invalid(vec![FieldError::at(
                    "/before", "invalid", detail,
                )]));
            }
            (None, Some(from), to) => Which::Range(from, to.unwrap_or_else(|| app.now())),
            _ => {
                let detail = "Name either `event_id`, or `after` and perhaps `before`.";
                return Err(ApiError::invalid(vec![FieldError::at("", "invalid", detail)]));
            }
        };
        let replayed = replay(&app, &owner(&caller), &id, &which, caller.scopes, place.as_ref()).await?;
        Ok(Begun {
            location: format!("/v1/webhook-endpoints/{}/deliveries", *id),
            replayed,
            body: WebhookReplay {
                endpoint_id: id.0,
                event_id: asked.event_id.into(),
                after: asked.after.into(),
                before: asked.before.into(),
            },
        })
    }
}

/// 200, and whether this is the first answer again.
fn rotated<T: ToJSON>(body: T, replayed: bool) -> Response<Json<T>> {
    let response = Response::new(Json(body));
    match replayed {
        true => response.header("Idempotent-Replayed", "true"),
        false => response,
    }
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
    key: Option<&'a IdempotencyKey>,
    fingerprint: &'a Fingerprint,
) -> Option<Place<'a>> {
    key.map(|key| Place {
        account: &caller.account,
        livemode: caller.livemode,
        route,
        key,
        fingerprint,
    })
}

async fn find(
    app: &App,
    caller: &Caller,
    id: &WebhookEndpointId,
) -> Result<webhook_endpoint::Model, ApiError> {
    webhook_endpoint::Entity::of(&caller.account, caller.livemode)
        .filter(webhook_endpoint::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await?
        .ok_or_else(ApiError::not_found)
}

fn usual_limit() -> u32 {
    20
}
