//! `/v1/generations`.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use entity::generation::{self, Kind, Status};
use entity::{Credits, GenerationId, KeyId, Timestamp, idempotency_key};
use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::admit::{Admissions, Admitted, ROUTE, Refused};
use super::cancel::{self, CancelError};
use super::create::{self, CreateError, Wanted};
use super::erase::{self, EraseError};
use super::input::GenerationInput;
use super::view::{self, View};
use super::{state, wait};
use crate::app::App;
use crate::auth::{Allow, Caller, GenerationsRead, GenerationsWrite};
use crate::catalog::Catalog;
use crate::credits::Owner;
use crate::http::{
    Accepted, ApiError, Body, Code, FieldError, Found, IdempotencyKey, Listed, NoContent, Paging, Prefer, Tag,
};

pub struct GenerationsApi;

/// What to make, and under which conditions.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct CreateGeneration {
    /// Id or alias of a model; `GET /v1/models` lists them.
    #[oai(validator(min_length = 1, max_length = 100))]
    pub model: String,
    pub input: GenerationInput,
    /// Refuse the request if it could cost more than this.
    pub max_cost: Option<Credits>,
    /// Expire, uncharged, what has not ended by then.
    pub deadline: Option<Timestamp>,
    /// ISO 3166 codes of the countries in which it may be processed; others are refused.
    #[oai(validator(min_items = 1, max_items = 50))]
    pub regions: Option<Vec<String>>,
    /// Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can filter by it.
    pub metadata: Option<BTreeMap<String, String>>,
    /// Your own stable name for the person on whose behalf you ask; a pseudonym will do.
    #[oai(validator(min_length = 1, max_length = 200))]
    pub end_user: Option<String>,
    /// Keep the outputs beyond the operator's usual time.
    pub saved: Option<bool>,
}

impl Example for CreateGeneration {
    fn example() -> Self {
        Self {
            model: "sandbox-image".to_owned(),
            input: GenerationInput::example(),
            max_cost: Some(Credits::from_micro(2_000_000)),
            deadline: None,
            regions: None,
            metadata: None,
            end_user: Some("customer-7".to_owned()),
            saved: None,
        }
    }
}

#[OpenApi(prefix_path = "/v1/generations", tag = "Tag::Generations")]
impl GenerationsApi {
    /// Create a generation
    ///
    /// Checks the input against the model's schema, prices it, sets the credits
    /// aside and queues it; the answer comes as soon as that is durable. You are
    /// charged when it succeeds, for what it made; a failure, refusal, timeout or
    /// cancellation costs nothing.
    ///
    /// Send `Idempotency-Key` with a value of your own and repeat the request as
    /// often as you like: it is done and charged once, and every repetition gets
    /// the same generation with `Idempotent-Replayed: true`. Keys are remembered
    /// for 24 hours.
    ///
    /// With `Prefer: wait=30` the answer waits up to that many seconds (60 at
    /// most) and is 201 if the generation ended, with its outputs.
    #[oai(path = "/", method = "post", operation_id = "generations.create")]
    #[expect(clippy::too_many_arguments, reason = "the signature is the contract")]
    async fn create(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        admissions: Data<&Admissions>,
        caller: Allow<GenerationsWrite>,
        /// Makes a repetition safe: 1 to 255 printable characters of your choice.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<IdempotencyKey>>,
        /// `wait=n` waits up to n seconds for the end.
        #[oai(name = "Prefer")]
        prefer: Header<Option<Prefer>>,
        body: Body<CreateGeneration>,
    ) -> Result<Accepted<View>, ApiError> {
        let fingerprint = body.fingerprint();
        let once = idempotency_key
            .0
            .map(|key| (key.as_str().to_owned(), fingerprint));
        let wanted = wanted(&caller, body.parsed, once.clone())?;
        let admitted = create::create(&catalog, &admissions, wanted, app.now())
            .await
            .map_err(refusal)?;
        let (id, row, first_status) = match admitted {
            Admitted::New(row) => (row.id.clone(), Some(*row), None),
            Admitted::Replayed { id, status } => (id, None, Some(status)),
        };
        let replayed = first_status.is_some();
        let limit = prefer.0.as_ref().and_then(Prefer::wait);
        let row = match (limit, row) {
            (None, Some(row)) => row,
            (limit, _) => wait::until_ended(&app, &id, limit.unwrap_or_default())
                .await?
                .ok_or_else(ApiError::not_found)?,
        };
        let ended = match first_status {
            Some(status) if limit.is_none() => status == 201,
            _ => limit.is_some() && state::has_ended(row.status),
        };
        if ended
            && !replayed
            && let Some((key, _)) = &once
        {
            remember_created(&app, &caller, key).await?;
        }
        Ok(Accepted {
            location: format!("/v1/generations/{id}"),
            ended,
            preference_applied: limit.map(applied),
            replayed,
            body: view::show_one(&app, &catalog, row).await?,
        })
    }

    /// Get a generation
    ///
    /// With `Prefer: wait=30` the answer waits up to that many seconds (60 at
    /// most) for the generation to end. Links in `outputs` are fresh each time.
    #[oai(path = "/:id", method = "get", operation_id = "generations.get")]
    async fn get(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        caller: Allow<GenerationsRead>,
        /// The generation's id.
        id: Path<GenerationId>,
        /// `wait=n` waits up to n seconds for the end.
        #[oai(name = "Prefer")]
        prefer: Header<Option<Prefer>>,
    ) -> Result<Found<View>, ApiError> {
        let row = find(&app, &caller, &id).await?;
        let limit = prefer.0.as_ref().and_then(Prefer::wait);
        let row = match limit {
            Some(limit) => wait::until_ended(&app, &id, limit)
                .await?
                .ok_or_else(ApiError::not_found)?,
            None => row,
        };
        Ok(Found {
            preference_applied: limit.map(applied),
            body: view::show_one(&app, &catalog, row).await?,
        })
    }

    /// List generations
    ///
    /// Newest first. All filters must hold. A page costs the same however many
    /// generations there are.
    #[oai(path = "/", method = "get", operation_id = "generations.list")]
    #[expect(clippy::too_many_arguments, reason = "the signature is the contract")]
    async fn list(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        caller: Allow<GenerationsRead>,
        /// How many to return.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
        /// Only those in this state.
        status: Query<Option<Status>>,
        /// Only those that ran this model.
        model: Query<Option<String>>,
        /// Only those of this kind.
        kind: Query<Option<Kind>>,
        /// Only those that this key asked for.
        key_id: Query<Option<KeyId>>,
        /// Only those for this end user.
        end_user: Query<Option<String>>,
        /// Only those created at this time or later.
        created_after: Query<Option<Timestamp>>,
        /// Only those created before this time.
        created_before: Query<Option<Timestamp>>,
    ) -> Result<Listed<View>, ApiError> {
        use generation::Column;
        let filters = format!(
            "{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}",
            status.0, model.0, kind.0, key_id.0, end_user.0, created_after.0, created_before.0
        );
        let scope = format!("{}\n{filters}", caller.list("generations.list"));
        let paging = Paging::read(&app, &scope, limit.0, cursor.0.as_deref())?;
        let mut query = generation::Entity::of(&caller.account, caller.livemode);
        if let Some(after) = &paging.after {
            query = query.filter(Column::Id.lt(after.as_str()));
        }
        if let Some(status) = status.0 {
            query = query.filter(Column::Status.eq(status));
        }
        if let Some(model) = model.0 {
            query = query.filter(Column::ModelResolved.eq(model));
        }
        if let Some(kind) = kind.0 {
            query = query.filter(Column::Kind.eq(kind));
        }
        if let Some(key) = key_id.0 {
            query = query.filter(Column::KeyId.eq(key));
        }
        if let Some(end_user) = end_user.0 {
            query = query.filter(Column::EndUser.eq(end_user));
        }
        if let Some(from) = created_after.0 {
            query = query.filter(Column::CreatedAt.gte(from));
        }
        if let Some(to) = created_before.0 {
            query = query.filter(Column::CreatedAt.lt(to));
        }
        let rows = query
            .order_by_desc(Column::Id)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        let shown = view::show(&app, &catalog, rows).await?;
        Ok(Listed(paging.page(
            shown,
            |view| view.id.to_string(),
            |view| view,
        )))
    }

    /// Cancel a generation
    ///
    /// One that waits is canceled at once and the provider is never called. One
    /// that runs is asked to stop (`cancel_requested_at`), where the model can;
    /// otherwise the answer is 409 `not_cancelable`. One that has ended is
    /// returned unchanged. What is canceled costs nothing.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "generations.cancel")]
    async fn cancel(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        caller: Allow<GenerationsWrite>,
        /// The generation's id.
        id: Path<GenerationId>,
    ) -> Result<Found<View>, ApiError> {
        let row = cancel::cancel(&app, &catalog, &owner(&caller), &id)
            .await
            .map_err(|error| match error {
                CancelError::NotFound => ApiError::not_found(),
                CancelError::NotCancelable => ApiError::new(
                    Code::NotCancelable,
                    "This model can't stop what it has begun. Wait for it to end; a failure costs nothing.",
                ),
                CancelError::Database(error) => error.into(),
            })?;
        Ok(Found {
            preference_applied: None,
            body: view::show_one(&app, &catalog, row).await?,
        })
    }

    /// Erase a generation
    ///
    /// Removes prompt, inputs, outputs and your own data for good. What remains
    /// is a tombstone without content, for the books. Only what has ended can be
    /// erased: cancel it first. Repeating it changes nothing.
    #[oai(path = "/:id", method = "delete", operation_id = "generations.delete")]
    async fn delete(
        &self,
        app: Data<&App>,
        caller: Allow<GenerationsWrite>,
        /// The generation's id.
        id: Path<GenerationId>,
    ) -> Result<NoContent, ApiError> {
        erase::erase(&app, &owner(&caller), &id)
            .await
            .map_err(|error| match error {
                EraseError::NotFound => ApiError::not_found(),
                EraseError::NotEnded => ApiError::new(
                    Code::Conflict,
                    "This generation has not ended. Cancel it or wait for its end, then erase it.",
                ),
                EraseError::Database(error) => error.into(),
            })?;
        Ok(NoContent::default())
    }
}

fn owner(caller: &Caller) -> Owner {
    Owner {
        account: caller.account.clone(),
        livemode: caller.livemode,
    }
}

fn applied(limit: Duration) -> String {
    format!("wait={}", limit.as_secs())
}

async fn find(app: &App, caller: &Caller, id: &GenerationId) -> Result<generation::Model, ApiError> {
    generation::Entity::of(&caller.account, caller.livemode)
        .filter(generation::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await?
        .ok_or_else(ApiError::not_found)
}

/// A repetition gets the status of the first answer.
async fn remember_created(app: &App, caller: &Caller, key: &str) -> Result<(), DbErr> {
    use idempotency_key::Column;
    idempotency_key::Entity::update_many()
        .col_expr(Column::Status, Expr::value(201))
        .filter(Column::AccountId.eq(caller.account.clone()))
        .filter(Column::Livemode.eq(caller.livemode))
        .filter(Column::Route.eq(ROUTE))
        .filter(Column::Key.eq(key))
        .exec(app.db.write())
        .await?;
    Ok(())
}

fn wanted(
    caller: &Caller,
    body: CreateGeneration,
    once: Option<(String, String)>,
) -> Result<Wanted, ApiError> {
    let metadata = body.metadata.unwrap_or_default();
    check_metadata(&metadata)?;
    Ok(Wanted {
        owner: owner(caller),
        key: caller.key.clone(),
        model: body.model,
        input: body.input.into_map(),
        metadata: metadata
            .into_iter()
            .map(|(key, text)| (key, text.into()))
            .collect(),
        end_user: body.end_user,
        saved: body.saved.unwrap_or(false),
        max_cost: body.max_cost,
        deadline: body.deadline,
        regions: body.regions,
        once,
    })
}

fn check_metadata(metadata: &BTreeMap<String, String>) -> Result<(), ApiError> {
    let fits = |(key, text): (&String, &String)| key.chars().count() <= 40 && text.chars().count() <= 500;
    if metadata.len() <= 50 && metadata.iter().all(fits) {
        return Ok(());
    }
    let detail = "Metadata takes up to 50 keys of up to 40 characters, each with a text of up to 500.";
    Err(ApiError::invalid(vec![FieldError::at(
        "/metadata",
        "invalid",
        detail,
    )]))
}

fn refusal(error: CreateError) -> ApiError {
    match error {
        CreateError::UnknownModel(_) => {
            ApiError::new(Code::UnknownModel, "There is no such model. `GET /v1/models` lists those on offer.")
        }
        CreateError::Input(faults) => ApiError::invalid(
            faults
                .into_iter()
                .map(|fault| FieldError::at(format!("/input{}", fault.pointer), "invalid", fault.detail))
                .collect(),
        ),
        CreateError::Region { countries } => ApiError::new(
            Code::RegionNotAllowed,
            "This model is processed outside the regions that you allow. Choose another model or widen `regions`.",
        )
        .with("countries", countries),
        CreateError::MaxCost { estimated, max_cost } => ApiError::new(
            Code::MaxCostExceeded,
            "This could cost more than `max_cost`. Ask for less, or raise it.",
        )
        .with("estimated", estimated.to_string())
        .with("max_cost", max_cost.to_string()),
        CreateError::DeadlinePassed => {
            ApiError::invalid(vec![FieldError::at("/deadline", "invalid", "The deadline must lie ahead.")])
        }
        CreateError::Refused(refused) => not_admitted(refused),
    }
}

fn not_admitted(refused: Refused) -> ApiError {
    match refused {
        Refused::InsufficientCredits(short) => ApiError::new(
            Code::InsufficientCredits,
            "There are not enough credits. Buy a pack (`GET /v1/offers`) or ask for less.",
        )
        .with("required", short.needed.to_string())
        .with("available", short.available.to_string()),
        Refused::TooMany { limit } => ApiError::new(
            Code::ConcurrencyLimitReached,
            "As many generations as are allowed are under way. Try again when one has ended.",
        )
        .with("limit", limit)
        .retry_after(1),
        Refused::KeyReused => ApiError::new(
            Code::IdempotencyKeyReused,
            "This Idempotency-Key was used for another request. Use a new key for a new request.",
        ),
        Refused::Gone => ApiError::unauthenticated(),
        Refused::Busy => ApiError::new(
            Code::Unavailable,
            "Too many requests wait. Try again in a moment.",
        )
        .retry_after(1),
        Refused::Database(error) => DbErr::clone(&error).into(),
        Refused::Unknown(error) => {
            tracing::error!(%error, "the answer to a commit was lost");
            ApiError::new(
                Code::OutcomeUnknown,
                "It is not known whether this was accepted. Repeat it with the same Idempotency-Key, or look at the list.",
            )
            .retry_after(1)
        }
    }
}
