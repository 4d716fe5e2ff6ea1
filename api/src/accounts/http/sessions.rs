//! `/v1/auth/refresh` and `/v1/auth/sessions`.

use entity::{SessionId, Timestamp, session};
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use crate::accounts::RefreshError;
use crate::accounts::view::Session;
use crate::app::App;
use crate::auth::{Allow, AnyScope, Gate, Visitor};
use crate::http::{ApiError, Body, Listed, NoContent, Paging, Tag, example};

/// What is exchanged.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Refresh {
    /// The `refresh_token` of the last answer.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub refresh_token: String,
}

impl Example for Refresh {
    fn example() -> Self {
        Self {
            refresh_token: "rt_ses_01k9yx3b1mfz0q4r7s8t2v5w6x.0.…".to_owned(),
        }
    }
}

/// A session as its owner sees it, without tokens.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct OpenSession {
    pub id: SessionId,
    /// As far as it tells what it is: `Firefox on Linux`. Empty when unknown.
    pub device: String,
    /// Whether it is the one that asks.
    pub current: bool,
    /// When somebody signed in.
    pub created_at: Timestamp,
    /// When its tokens were last exchanged for new ones.
    pub last_used_at: Timestamp,
    /// When it ends, unless it is refreshed before.
    pub expires_at: Timestamp,
}

impl Example for OpenSession {
    fn example() -> Self {
        Self {
            id: example::id("ses"),
            device: "Firefox on Linux".to_owned(),
            current: true,
            created_at: example::MOMENT,
            last_used_at: example::MOMENT,
            expires_at: example::MIDNIGHT,
        }
    }
}

pub struct SessionsApi;

#[OpenApi(prefix_path = "/v1/auth", tag = "Tag::Account")]
impl SessionsApi {
    /// Refresh a session
    ///
    /// Exchanges a refresh token for a new access token and a new refresh token. The old one is used up: within ten
    /// seconds it gives the same new tokens again, for those who ask at the same moment or lost the answer; if it comes
    /// back later, it was copied, and the whole session ends. A session ends also when it is not refreshed for two
    /// weeks, and 90 days after the sign-in, unless the operator chose other periods.
    #[oai(path = "/refresh", method = "post", operation_id = "auth.refresh")]
    async fn refresh(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<Refresh>,
    ) -> Result<Json<Session>, ApiError> {
        let refused = || {
            let error = ApiError {
                detail: "The refresh token is unknown or used, or its session is over. Sign in again.".into(),
                ..ApiError::unauthenticated()
            };
            gate.refuse(visitor.address, error)
        };
        let named = gate.tokens().read_refresh(&body.refresh_token);
        let (session, number) = named.ok_or_else(refused)?;
        match crate::accounts::refresh(&app, &session, number).await {
            Ok(session) => Ok(Json(Session::new(&app, &gate, &session).await?)),
            Err(RefreshError::Refused) => Err(refused()),
            Err(RefreshError::Database(error)) => Err(error.into()),
        }
    }

    /// List sessions
    ///
    /// Those that are open, newest first. Needs a session; an API key is answered with `not_found`.
    #[oai(path = "/sessions", method = "get", operation_id = "sessions.list")]
    async fn list(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        /// How many to return.
        #[oai(
            default = "usual_limit",
            validator(minimum(value = "1"), maximum(value = "100"))
        )]
        limit: Query<u32>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<OpenSession>, ApiError> {
        let own = caller.session.clone().ok_or_else(ApiError::not_found)?;
        let scope = caller.list("sessions.list");
        let paging = Paging::read(&app, &scope, Some(*limit), cursor.as_deref())?;
        let mut query = session::Entity::find()
            .filter(session::Column::AccountId.eq(caller.account.clone()))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(app.now()))
            .order_by_desc(session::Column::Id);
        if let Some(after) = &paging.after {
            query = query.filter(session::Column::Id.lt(after.as_str()));
        }
        let rows = query.limit(paging.limit + 1).all(app.db.read()).await?;
        let shown = |row: session::Model| OpenSession {
            current: row.id == own,
            id: row.id,
            device: row.device,
            created_at: row.created_at,
            last_used_at: row.refreshed_at,
            expires_at: row.expires_at,
        };
        Ok(Listed(paging.page(rows, |row| row.id.to_string(), shown)))
    }

    /// End a session
    ///
    /// Its tokens are refused everywhere within five seconds. Needs a session, which may be the same one; an API key is
    /// answered with `not_found`.
    #[oai(path = "/sessions/:id", method = "delete", operation_id = "sessions.end")]
    async fn end(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        /// The session's id.
        id: Path<SessionId>,
    ) -> Result<NoContent, ApiError> {
        if caller.session.is_none() {
            return Err(ApiError::not_found());
        }
        match crate::accounts::end_session(&app, &caller.account, &id).await? {
            true => Ok(NoContent::default()),
            false => Err(ApiError::not_found()),
        }
    }
}

fn usual_limit() -> u32 {
    20
}
