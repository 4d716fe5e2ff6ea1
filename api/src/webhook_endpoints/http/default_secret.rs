//! `/v1/webhook-endpoints/default-secret`.

use std::time::Duration;

use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::Header;
use poem_openapi::payload::{Json, Response};

use super::super::account_secret::{ROTATE, rotate, show};
use super::super::input::RotateWebhookSecret;
use super::super::view::WebhookSecret;
use super::{owner, place, rotated};
use crate::app::App;
use crate::auth::{Allow, WebhooksWrite};
use crate::http::{ApiError, Body, IdempotencyKey, Tag};

pub struct DefaultSecretApi;

#[OpenApi(prefix_path = "/v1/webhook-endpoints/default-secret", tag = "Tag::Webhooks")]
impl DefaultSecretApi {
    /// Get the secret for `webhook_url`
    ///
    /// It signs what is sent to the `webhook_url` of a request for a generation or a batch, in this mode. Endpoints have
    /// secrets of their own.
    #[oai(path = "/", method = "get", operation_id = "webhook_endpoints.default_secret")]
    async fn get(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
    ) -> Result<Json<WebhookSecret>, ApiError> {
        Ok(Json(show(&app, &owner(&caller)).await?.into()))
    }

    /// Rotate the secret for `webhook_url`
    ///
    /// The answer has the new secret; unlike an endpoint's, it can be read again. For `grace_seconds`, what is sent to
    /// a `webhook_url` is signed with both, so that you can change over without losing an event. At most two secrets
    /// sign at a time: if you rotate again within the grace, the oldest signs no more.
    #[oai(
        path = "/rotate",
        method = "post",
        operation_id = "webhook_endpoints.rotate_default_secret"
    )]
    async fn rotate(
        &self,
        app: Data<&App>,
        caller: Allow<WebhooksWrite>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<RotateWebhookSecret>,
    ) -> Result<Response<Json<WebhookSecret>>, ApiError> {
        let fingerprint = body.fingerprint();
        let place = place(&caller, ROTATE, idempotency_key.as_ref(), &fingerprint);
        let grace = Duration::from_secs(body.grace_seconds.into());
        let shown = rotate(&app, &owner(&caller), grace, place.as_ref()).await?;
        let replayed = shown.replayed;
        Ok(rotated(shown.into(), replayed))
    }
}
