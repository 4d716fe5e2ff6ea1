//! `/v1/keys`.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use entity::{Credits, KeyId, api_key};
use poem::error::ReadBodyError;
use poem::http::StatusCode;
use poem::web::Data;
use poem::{Body as RawBody, handler};
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::Deserialize;

use super::input::{CreateKey, ReportLeaks, RotateKey, UpdateKey};
use super::spend::{caps_of, spent_of};
use super::view::{ApiKey, CreatedKey, KeyRevocation};
use super::{Issued, Leak};
use crate::app::App;
use crate::auth::{Allow, AnyScope, Caller, KeysRead, KeysWrite, Visitor, require_fresh};
use crate::catalog::Catalog;
use crate::http::{ApiError, Body, Code, Created, IdempotencyKey, Listed, NoContent, Paging, Tag};

pub struct KeysApi;

#[OpenApi(prefix_path = "/v1/keys", tag = "Tag::Keys")]
impl KeysApi {
    /// Create an API key
    ///
    /// The secret is in the answer, once: we keep only a hash of it. A key can't make one that may do more than itself,
    /// in scopes, mode, models, addresses, time, rate or spending; such a request is refused with `insufficient_scope`.
    /// Keys that are good may be 500 in each mode unless the operator says otherwise; one more is refused with
    /// `conflict`.
    ///
    /// With an `Idempotency-Key`, the same request within 24 hours is answered with the same key and secret.
    ///
    /// A session must be one whose owner signed in or stepped up (`auth.step_up`) within the last 15 minutes: a key
    /// outlives it.
    #[oai(path = "/", method = "post", operation_id = "keys.create")]
    async fn create(
        &self,
        caller: Allow<KeysWrite>,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<CreateKey>,
    ) -> Result<Created<CreatedKey>, ApiError> {
        fresh(&app, &caller).await?;
        let new = body.wanted(&catalog, &app.config.limits)?;
        let livemode = new.livemode.unwrap_or(caller.livemode);
        let fingerprint = body.fingerprint_of(|body| body["livemode"] = livemode.into());
        let issued = super::issue(&app, &caller, new, idempotency_key.as_ref(), &fingerprint).await?;
        created(&app, issued).await
    }

    /// List API keys
    ///
    /// Newest first, revoked and expired ones included. A key sees the keys of its own mode; a session sees both modes.
    #[oai(path = "/", method = "get", operation_id = "keys.list")]
    async fn list(
        &self,
        caller: Allow<KeysRead>,
        app: Data<&App>,
        /// How many to return.
        #[oai(
            default = "usual_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u32>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<ApiKey>, ApiError> {
        // A session's list shows both modes: its cursors would lead a key too far.
        let list = match caller.session {
            Some(_) => "keys.list of both modes",
            None => "keys.list",
        };
        let paging = Paging::read(&app, &caller.list(list), Some(*limit), cursor.as_deref())?;
        let mut query = super::visible(&caller).order_by_desc(api_key::Column::Id);
        if let Some(after) = &paging.after {
            query = query.filter(api_key::Column::Id.lt(after.as_str()));
        }
        let rows = query.limit(paging.limit + 1).all(app.db.read()).await?;
        let shown = shown(&app, rows).await?;
        Ok(Listed(paging.page(shown, |key| key.id.to_string(), |key| key)))
    }

    /// Get the API key that is calling
    ///
    /// Needs no scope: every key may look at itself. A session has no key; it is answered with `not_found`.
    #[oai(path = "/self", method = "get", operation_id = "keys.self")]
    async fn get_self(&self, caller: Allow<AnyScope>, app: Data<&App>) -> Result<Json<ApiKey>, ApiError> {
        let own = caller.key.clone().ok_or_else(ApiError::not_found)?;
        let key = api_key::Entity::find_by_id(own).one(app.db.read()).await?;
        one(&app, key).await.map(Json)
    }

    /// Get an API key
    ///
    /// Without its secret, which nobody can show again. A key of another account or mode is not found.
    #[oai(path = "/:id", method = "get", operation_id = "keys.get")]
    async fn get(
        &self,
        caller: Allow<KeysRead>,
        app: Data<&App>,
        /// The key's id.
        id: Path<KeyId>,
    ) -> Result<Json<ApiKey>, ApiError> {
        let key = super::visible(&caller)
            .filter(api_key::Column::Id.eq(id.0))
            .one(app.db.read())
            .await?;
        one(&app, key).await.map(Json)
    }

    /// Change an API key
    ///
    /// Takes effect everywhere within five seconds. With an API key you can make a key narrower, itself too, or as wide
    /// as the key that you call with; wider is refused with `insufficient_scope`. Keys that it made before stay as they
    /// are. A revoked key can't be changed. A session must be as fresh as for making a key.
    #[oai(path = "/:id", method = "patch", operation_id = "keys.update")]
    async fn update(
        &self,
        caller: Allow<KeysWrite>,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        /// The key's id.
        id: Path<KeyId>,
        body: Body<UpdateKey>,
    ) -> Result<Json<ApiKey>, ApiError> {
        fresh(&app, &caller).await?;
        let change = body.wanted(&catalog, &app.config.limits)?;
        let changed = super::change(&app, &caller, &id, change).await?;
        one(&app, Some(changed)).await.map(Json)
    }

    /// Rotate an API key's secret
    ///
    /// The answer has the new secret, once; the key's id, caps and usage stay. For `grace_seconds` the old secret is good
    /// too, for all but rotating its own key, so that you can change over without an outage. Two secrets live at most:
    /// rotated again within the grace, the oldest ends at once. A key can rotate itself, and other keys that may do no
    /// more than itself. With an `Idempotency-Key`, the same request is answered with the same secret while it is good.
    /// A session must be as fresh as for making a key.
    #[oai(path = "/:id/rotate", method = "post", operation_id = "keys.rotate")]
    async fn rotate(
        &self,
        caller: Allow<KeysWrite>,
        app: Data<&App>,
        /// The key's id.
        id: Path<KeyId>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<RotateKey>,
    ) -> Result<Created<CreatedKey>, ApiError> {
        fresh(&app, &caller).await?;
        let fingerprint = body.fingerprint().map(|print| format!("{}\n{print}", *id));
        let grace = Duration::from_secs(body.grace_seconds.into());
        let issued = super::rotate(&app, &caller, &id, grace, idempotency_key.as_ref(), &fingerprint).await?;
        created(&app, issued).await
    }

    /// Report leaked secrets
    ///
    /// For whoever found secrets of keys in public: secret scanners, and you. Needs no credentials, since who knows a
    /// secret could do worse with it. The keys are revoked at once, with the keys that they made, directly or not, and
    /// their owners told by mail and by the event `key.leaked`. The answer is the same whether a secret is good or not.
    #[oai(path = "/report-leak", method = "post", operation_id = "keys.report_leak")]
    async fn report_leak(
        &self,
        _visitor: Visitor,
        app: Data<&App>,
        body: Body<ReportLeaks>,
    ) -> Result<NoContent, ApiError> {
        let leaks = body.leaks.iter().map(|leak| Leak {
            secret: leak.secret.clone(),
            url: leak.url.clone(),
        });
        super::report(&app, &leaks.collect::<Vec<_>>()).await?;
        Ok(NoContent::default())
    }

    /// Revoke an API key
    ///
    /// The key is refused everywhere within five seconds, for good. Generations that it started go on. Revoking a
    /// revoked key changes nothing. A session need not be fresh for this: what leaked has to go at once.
    ///
    /// Keys that it made, directly or not, stay good, and the answer says how many; with `descendants=true` they are
    /// revoked with it. If the key leaked, report it instead (`keys.report_leak`), or revoke it so: whoever found its
    /// secret may have made keys of their own.
    #[oai(path = "/:id", method = "delete", operation_id = "keys.revoke")]
    async fn revoke(
        &self,
        caller: Allow<KeysWrite>,
        app: Data<&App>,
        /// The key's id.
        id: Path<KeyId>,
        /// Whether the keys that it made, directly or not, are revoked with it.
        descendants: Query<Option<bool>>,
    ) -> Result<Json<KeyRevocation>, ApiError> {
        let revoked = super::revoke(&app, &caller, &id, descendants.0 == Some(true)).await?;
        revoked
            .map(|revoked| Json(revoked.into()))
            .ok_or_else(ApiError::not_found)
    }
}

/// What a key may do outlives a session, so a session makes no key wider without a proof.
async fn fresh(app: &App, caller: &Caller) -> Result<(), ApiError> {
    match caller.session {
        Some(_) => require_fresh(app, caller).await.map(drop),
        None => Ok(()),
    }
}

/// Matches in one list, at most.
const MOST_MATCHES: usize = 1000;

/// A match as GitHub's secret scanning sends it.
#[derive(Deserialize)]
struct Match {
    token: String,
    url: Option<String>,
}

/// `POST /hooks/leaked-keys`: a list of matches, as scanners of GitHub's partner program
/// send them. Knowledge of a secret is proof enough, so their signature is not asked for.
#[handler]
pub async fn leaked(_visitor: Visitor, Data(app): Data<&App>, body: RawBody) -> Result<StatusCode, ApiError> {
    let limit = usize::try_from(app.config.limits.body_bytes).unwrap_or(usize::MAX);
    let body = body.into_bytes_limit(limit).await.map_err(|error| match error {
        ReadBodyError::PayloadTooLarge => ApiError::new(
            Code::PayloadTooLarge,
            format!("The body has more than {limit} bytes."),
        ),
        _ => ApiError::new(Code::InvalidRequest, "The body broke off."),
    })?;
    let matches: Option<Vec<Match>> = serde_json::from_slice(&body).ok();
    let Some(matches) = matches.filter(|matches| matches.len() <= MOST_MATCHES) else {
        let detail =
            r#"Must be a list in JSON of at most 1,000 such as {"token": "tt_live_…", "url": "https://…"}."#;
        return Err(ApiError::new(Code::InvalidRequest, detail));
    };
    let leaks = matches.into_iter().map(|found| Leak {
        secret: found.token,
        // A database's text holds no NUL, and nobody reads longer addresses.
        url: found
            .url
            .map(|url| url.replace('\0', "").chars().take(2048).collect()),
    });
    super::report(app, &leaks.collect::<Vec<_>>()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keys with their caps, and what they hold and spent.
async fn shown(app: &App, keys: Vec<api_key::Model>) -> Result<Vec<ApiKey>, ApiError> {
    let ids: BTreeSet<KeyId> = keys.iter().map(|key| key.id.clone()).collect();
    let now = app.now();
    let mut caps = caps_of(app.db.read(), ids.clone(), now).await?;
    let spent = spent_of(app.db.read(), ids).await?;
    let with_caps = keys.into_iter().map(|key| {
        let caps = caps.remove(&key.id).unwrap_or_default();
        let spent = spent.get(&key.id).copied().unwrap_or(Credits::ZERO);
        ApiKey::of(key, caps, spent, now)
    });
    Ok(with_caps.collect())
}

async fn one(app: &App, key: Option<api_key::Model>) -> Result<ApiKey, ApiError> {
    let shown = shown(app, key.into_iter().collect()).await?;
    shown.into_iter().next().ok_or_else(ApiError::not_found)
}

/// The key with its secret, which is shown here and nowhere else.
async fn created(app: &App, issued: Issued) -> Result<Created<CreatedKey>, ApiError> {
    let location = format!("/v1/keys/{}", issued.key.id);
    let key = one(app, Some(issued.key)).await?;
    let body = CreatedKey::of(key, issued.secret);
    Ok(Created::at(location, body).replayed(issued.replayed))
}

fn usual_limit() -> u32 {
    20
}
