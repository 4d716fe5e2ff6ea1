//! `/v1/keys`.

use std::collections::BTreeMap;

use entity::key_cap::Period;
use entity::{Credits, KeyId, Timestamp, api_key};
use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::{
    ActiveEnum as _, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::spend::caps_of;
use super::view::{ApiKey, CapLimit, CreatedKey};
use super::{IssueError, NewKey};
use crate::app::App;
use crate::auth::{Allow, AnyScope, KeysRead, KeysWrite, Scope, require_fresh};
use crate::http::{
    ApiError, Body, Code, Created, FieldError, IdempotencyKey, Listed, NoContent, Paging, Tag,
};

/// An API key to make.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct CreateKey {
    /// What the key is for, in your own words.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub name: String,
    /// What the key may do. With an API key you can give only scopes that it has itself.
    #[oai(validator(min_items = 1, max_items = 16, unique_items))]
    pub scopes: Vec<Scope>,
    /// Whether the key reaches paid providers and spends live credits. By default it is like the key that makes it;
    /// a session makes live keys, in a sandbox test keys.
    pub livemode: Option<bool>,
    /// When the key ends by itself. By default it ends with the key that makes it, or never.
    pub expires_at: Option<Timestamp>,
    /// The most that the key may spend, one cap a period. A key with caps gives them to the keys that it makes, unless
    /// they get lower ones, and what those spend counts for it too.
    #[oai(validator(max_items = 4))]
    pub caps: Option<Vec<CapLimit>>,
}

impl Example for CreateKey {
    fn example() -> Self {
        Self {
            name: "web shop".to_owned(),
            scopes: vec![Scope::GenerationsRead, Scope::GenerationsWrite, Scope::FilesRead],
            livemode: Some(false),
            expires_at: None,
            caps: Some(vec![CapLimit {
                period: Period::Day,
                limit: Credits::from_micro(50_000_000),
            }]),
        }
    }
}

impl From<IssueError> for ApiError {
    fn from(error: IssueError) -> Self {
        match error {
            IssueError::BeyondScopes(beyond) => {
                let names: Vec<_> = beyond.iter().map(Scope::name).collect();
                let detail = format!("These credentials lack scopes that the key would have: {beyond}.");
                Self::new(Code::InsufficientScope, detail).with("required", names)
            }
            IssueError::OtherMode => Self::new(
                Code::InsufficientScope,
                "A key makes keys of its own mode only. Sign in to make keys of either mode.",
            ),
            IssueError::Outlives(end) => Self::new(
                Code::InsufficientScope,
                format!("The key would outlive the key that makes it, which expires at {end}."),
            ),
            IssueError::WiderCap { period, limit } => Self::new(
                Code::InsufficientScope,
                "The key could spend more than the key that makes it. Give it caps that are no higher.",
            )
            .with("period", period.to_value())
            .with("limit", limit.to_string()),
            IssueError::TooDeep => Self::new(
                Code::InsufficientScope,
                "Keys with caps were made by keys with caps too many times over. Make it with a key nearer to the first, or sign in.",
            ),
            IssueError::Expired => Self::new(Code::InvalidInput, "The key would be expired already.").field(
                "/expires_at",
                "in_the_past",
                "Must be in the future.",
            ),
            IssueError::CallerRevoked => Self::unauthenticated(),
            IssueError::SecretGone => Self::new(
                Code::Conflict,
                "The key was made, but its secret can't be shown again. Revoke it and make another.",
            ),
            IssueError::KeyReused(reused) => reused.into(),
            IssueError::Database(error) => error.into(),
        }
    }
}

pub struct KeysApi;

#[OpenApi(prefix_path = "/v1/keys", tag = "Tag::Keys")]
impl KeysApi {
    /// Create an API key
    ///
    /// The secret is in the answer, once: we keep only a hash of it. A key can't make one that may do more than itself,
    /// in scopes, mode, time or spending; such a request is refused with `insufficient_scope`.
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
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<CreateKey>,
    ) -> Result<Created<CreatedKey>, ApiError> {
        if caller.session.is_some() {
            require_fresh(&app, &caller).await?;
        }
        let new = NewKey {
            name: body.name.clone(),
            scopes: body.scopes.iter().copied().collect(),
            livemode: body.livemode,
            expires_at: body.expires_at,
            caps: limits(body.caps.as_deref().unwrap_or_default())?,
        };
        let issued = super::issue(&app, &caller, new, idempotency_key.as_ref(), &body.fingerprint()).await?;
        let location = format!("/v1/keys/{}", issued.key.id);
        let replayed = issued.replayed;
        Ok(Created::at(location, issued.into()).replayed(replayed))
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
        one(&app, key).await
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
        one(&app, key).await
    }

    /// Revoke an API key
    ///
    /// The key is refused everywhere within five seconds, for good. Generations that it started go on. Revoking a
    /// revoked key changes nothing.
    #[oai(path = "/:id", method = "delete", operation_id = "keys.revoke")]
    async fn revoke(
        &self,
        caller: Allow<KeysWrite>,
        app: Data<&App>,
        /// The key's id.
        id: Path<KeyId>,
    ) -> Result<NoContent, ApiError> {
        match super::revoke(&app, &caller, &id).await? {
            true => Ok(NoContent::default()),
            false => Err(ApiError::not_found()),
        }
    }
}

/// The caps that were asked for.
fn limits(caps: &[CapLimit]) -> Result<BTreeMap<Period, Credits>, ApiError> {
    let mut limits = BTreeMap::new();
    for (at, cap) in caps.iter().enumerate() {
        if limits.insert(cap.period, cap.limit).is_some() {
            let pointer = format!("/caps/{at}/period");
            let detail = "There is a cap for this period already.";
            return Err(ApiError::invalid(vec![FieldError::at(
                pointer, "invalid", detail,
            )]));
        }
    }
    Ok(limits)
}

/// Keys with their caps.
async fn shown(app: &App, keys: Vec<api_key::Model>) -> Result<Vec<ApiKey>, ApiError> {
    let ids = keys.iter().map(|key| key.id.clone()).collect();
    let mut caps = caps_of(app.db.read(), ids, app.now()).await?;
    let with_caps = keys.into_iter().map(|key| {
        let caps = caps.remove(&key.id).unwrap_or_default();
        ApiKey::of(key, caps)
    });
    Ok(with_caps.collect())
}

async fn one(app: &App, key: Option<api_key::Model>) -> Result<Json<ApiKey>, ApiError> {
    let shown = shown(app, key.into_iter().collect()).await?;
    shown.into_iter().next().map(Json).ok_or_else(ApiError::not_found)
}

fn usual_limit() -> u32 {
    20
}
