//! `/v1/keys`.

use entity::{KeyId, Timestamp, api_key};
use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::{IssueError, Issued, NewKey};
use crate::app::App;
use crate::auth::{Allow, AnyScope, KeysRead, KeysWrite, Scope, Scopes};
use crate::http::{
    ApiError, Body, Code, Created, IdempotencyKey, Listed, NoContent, Nullable, Paging, Tag, example,
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
}

impl Example for CreateKey {
    fn example() -> Self {
        Self {
            name: "web shop".to_owned(),
            scopes: vec![Scope::GenerationsRead, Scope::GenerationsWrite, Scope::FilesRead],
            livemode: Some(false),
            expires_at: None,
        }
    }
}

/// An API key, without its secret.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ApiKey {
    pub id: KeyId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub livemode: bool,
    /// The last four characters of the secret, to tell keys apart by.
    pub last_four: String,
    pub created_at: Timestamp,
    pub expires_at: Nullable<Timestamp>,
    pub revoked_at: Nullable<Timestamp>,
    /// Exact to a minute or so.
    pub last_used_at: Nullable<Timestamp>,
}

impl From<api_key::Model> for ApiKey {
    fn from(key: api_key::Model) -> Self {
        Self {
            id: key.id,
            name: key.name,
            scopes: Scopes::from_row(&key.scopes).iter().collect(),
            livemode: key.livemode,
            last_four: key.last_four,
            created_at: key.created_at,
            expires_at: key.expires_at.into(),
            revoked_at: key.revoked_at.into(),
            last_used_at: key.last_used_at.into(),
        }
    }
}

impl Example for ApiKey {
    fn example() -> Self {
        Self {
            id: example::id("key"),
            name: "web shop".to_owned(),
            scopes: vec![Scope::GenerationsRead, Scope::GenerationsWrite, Scope::FilesRead],
            livemode: false,
            last_four: "k3Xw".to_owned(),
            created_at: example::MOMENT,
            expires_at: Nullable(None),
            revoked_at: Nullable(None),
            last_used_at: Nullable(Some(example::MOMENT)),
        }
    }
}

/// An API key with its secret. This is the only time that the secret is shown.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct CreatedKey {
    pub id: KeyId,
    pub name: String,
    pub scopes: Vec<Scope>,
    pub livemode: bool,
    /// What to send as `Authorization: Bearer`. Keep it where only your programs can read it.
    pub secret: String,
    /// The last four characters of the secret, to tell keys apart by.
    pub last_four: String,
    pub created_at: Timestamp,
    pub expires_at: Nullable<Timestamp>,
}

impl From<Issued> for CreatedKey {
    fn from(issued: Issued) -> Self {
        let key = ApiKey::from(issued.key);
        Self {
            id: key.id,
            name: key.name,
            scopes: key.scopes,
            livemode: key.livemode,
            secret: issued.secret,
            last_four: key.last_four,
            created_at: key.created_at,
            expires_at: key.expires_at,
        }
    }
}

impl Example for CreatedKey {
    fn example() -> Self {
        let key = ApiKey::example();
        Self {
            id: key.id,
            name: key.name,
            scopes: key.scopes,
            livemode: key.livemode,
            secret: "tt_test_…".to_owned(),
            last_four: key.last_four,
            created_at: key.created_at,
            expires_at: key.expires_at,
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
    /// in scopes, mode or time; such a request is refused with `insufficient_scope`.
    ///
    /// With an `Idempotency-Key`, the same request within 24 hours is answered with the same key and secret.
    #[oai(path = "/", method = "post", operation_id = "keys.create")]
    async fn create(
        &self,
        caller: Allow<KeysWrite>,
        app: Data<&App>,
        #[oai(name = "Idempotency-Key")] idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<CreateKey>,
    ) -> Result<Created<CreatedKey>, ApiError> {
        let new = NewKey {
            name: body.name.clone(),
            scopes: body.scopes.iter().copied().collect(),
            livemode: body.livemode,
            expires_at: body.expires_at,
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
        Ok(Listed(paging.page(rows, |key| key.id.to_string(), ApiKey::from)))
    }

    /// Get the API key that is calling
    ///
    /// Needs no scope: every key may look at itself. A session has no key; it is answered with `not_found`.
    #[oai(path = "/self", method = "get", operation_id = "keys.self")]
    async fn get_self(&self, caller: Allow<AnyScope>, app: Data<&App>) -> Result<Json<ApiKey>, ApiError> {
        let own = caller.key.clone().ok_or_else(ApiError::not_found)?;
        let key = api_key::Entity::find_by_id(own).one(app.db.read()).await?;
        key.map(|key| Json(key.into())).ok_or_else(ApiError::not_found)
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
        key.map(|key| Json(key.into())).ok_or_else(ApiError::not_found)
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

fn usual_limit() -> u32 {
    20
}
