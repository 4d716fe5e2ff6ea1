//! `/v1/generations`.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use entity::generation::{self, Kind, Status};
use entity::{BatchId, GenerationId, KeyId, Timestamp, idempotency_key};
use futures_util::StreamExt as _;
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Json, Response};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::admit::{Admitted, ROUTE};
use super::cancel::{self, CancelError, Canceled};
use super::create;
use super::defaults::leave_out_defaults;
use super::dispatch::Admissions;
use super::erase::{self, EraseError};
use super::estimate::view::EstimatedGeneration;
use super::follow::{Cut, Told, follow};
use super::input::CreateGeneration;
use super::list::{self, Filters};
use super::read::{Reader, WithFiles};
use super::refusals::refusal;
use super::view::{self, GenerationEvent, View};
use super::wait::LAST_STEP;
use super::wanted::{owner, wanted};
use super::{labels, state, wait};
use crate::app::App;
use crate::auth::{Allow, Caller, Gate, GenerationsRead, GenerationsWrite};
use crate::catalog::Catalog;
use crate::http::idempotency::Place;
use crate::http::{
    Accepted, Announced, ApiError, Body, Code, EventStream, Fingerprint, Found, IdempotencyKey, Listed,
    NoContent, OrTried, Paging, Prefer, Tag, stream,
};
use crate::secrets::sha256_hex;

pub struct GenerationsApi;

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
    /// With `validate_only` nothing is made: the answer is 200 with what it would
    /// cost, or the error that it would meet. With `estimate_id` it is priced as it
    /// was estimated.
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
        gate: Data<&Gate>,
        caller: Allow<GenerationsWrite>,
        /// Makes a repetition safe: 1 to 255 printable characters of your choice.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<IdempotencyKey>>,
        /// `wait=n` waits up to n seconds for the end.
        #[oai(name = "Prefer")]
        prefer: Header<Option<Prefer>>,
        body: Body<CreateGeneration>,
    ) -> Result<Announced<OrTried<Accepted<View>, EstimatedGeneration>>, ApiError> {
        let once = idempotency_key.0.map(|key| {
            let fingerprint = body.fingerprint_of(|body| leave_out_defaults(&catalog, app.now(), body));
            (key.as_str().to_owned(), fingerprint)
        });
        let validate_only = body.parsed.validate_only == Some(true);
        let wanted = wanted(&caller, body.parsed, once.clone()).map_err(refusal)?;
        let ending = catalog.find(&wanted.model).and_then(|model| model.ending());
        let announced = |answer| Announced {
            answer,
            endings: ending.into_iter().collect(),
        };
        if validate_only {
            let tried = create::try_out(&app, &catalog, &admissions, wanted)
                .await
                .map_err(refusal)?;
            return Ok(announced(OrTried::Tried(tried)));
        }
        let admitted = create::create(&app, &catalog, &admissions, wanted)
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
        // Whoever waited is shown what they may see when it is written.
        let caller = match limit {
            None => Cow::Borrowed(&*caller),
            Some(_) => Cow::Owned(
                gate.as_now(&caller, app.now())
                    .await?
                    .ok_or_else(ApiError::unauthenticated)?,
            ),
        };
        Ok(announced(OrTried::Done(Accepted {
            location: format!("/v1/generations/{id}"),
            ended,
            preference_applied: limit.map(applied),
            replayed,
            body: view::show_to(&app, &catalog, &caller, row).await?,
        })))
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
        reader: Data<&Reader>,
        caller: Allow<GenerationsRead>,
        /// The generation's id.
        id: Path<GenerationId>,
        /// `wait=n` waits up to n seconds for the end.
        #[oai(name = "Prefer")]
        prefer: Header<Option<Prefer>>,
    ) -> Result<Found<View>, ApiError> {
        let WithFiles { row, files } = reader
            .find(&owner(&caller), &id)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let limit = prefer.0.as_ref().and_then(Prefer::wait);
        let body = match limit {
            Some(limit) if !state::has_ended(row.status) => {
                let row = wait::until_ended(&app, &id, limit)
                    .await?
                    .ok_or_else(ApiError::not_found)?;
                view::show_one(&app, &catalog, row).await?
            }
            _ => view::view(&app, &catalog, row, files),
        };
        Ok(Found {
            preference_applied: limit.map(applied),
            body,
        })
    }

    /// Follow a generation
    ///
    /// A stream of server-sent events: what it has come through so far, then
    /// what happens, until it ends; then the stream ends. Each event carries the
    /// generation as it stands, the last one its outputs.
    ///
    /// An event's id is its step: 1 queued, 2 running, 3 ended. If the line is
    /// lost, come back with the last id in `Last-Event-ID`, as our clients do by
    /// themselves: you get what you missed and nothing twice, even from a server
    /// that was restarted. Progress in between has no id. Hanging up cancels
    /// nothing. A comment line every 15 seconds shows that the line is alive.
    #[oai(path = "/:id/events", method = "get", operation_id = "generations.events")]
    async fn events(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        caller: Allow<GenerationsRead>,
        /// The generation's id.
        id: Path<GenerationId>,
        /// The id of the last event that you have; what came before it is left out.
        #[oai(name = "Last-Event-ID")]
        last_event_id: Header<Option<String>>,
    ) -> Result<EventStream<GenerationEvent>, ApiError> {
        let row = find(&app, &caller, &id).await?;
        // What is no id of ours was not given by us: from the beginning, then.
        let known = |step: &u8| (1..=LAST_STEP).contains(step);
        let last = last_event_id.0.and_then(|id| id.trim().parse().ok());
        let after = last.filter(known).unwrap_or(0);
        if after == LAST_STEP && state::has_ended(row.status) {
            return Ok(EventStream::nothing());
        }
        let told = follow((*app).clone(), Arc::clone(&catalog), row, after);
        let mut lines = stream::Lines::default();
        let written = told.map(move |told| written(&mut lines, told));
        Ok(EventStream::of(written.boxed()))
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
        /// Only those of this batch.
        batch_id: Query<Option<BatchId>>,
        /// Only those for this end user.
        end_user: Query<Option<String>>,
        /// Only those created at this time or later.
        created_after: Query<Option<Timestamp>>,
        /// Only those created before this time.
        created_before: Query<Option<Timestamp>>,
        /// Only those whose metadata have this key with this text: `key:text`, as in `order:1042`.
        #[oai(validator(max_length = 541, pattern = "^[^:]*:"))]
        metadata: Query<Option<String>>,
    ) -> Result<Listed<View>, ApiError> {
        let filters = Filters {
            status: status.0,
            model: model.0,
            kind: kind.0,
            key_id: key_id.0,
            batch_id: batch_id.0,
            end_user: end_user.0,
            created_after: created_after.0,
            created_before: created_before.0,
            label: metadata.0.as_deref().and_then(labels::parse),
        };
        let scope = format!("{}\n{filters:?}", caller.list("generations.list"));
        let paging = Paging::read(&app, &scope, limit.0, cursor.0.as_deref())?;
        let rows = list::page(&app, &owner(&caller), filters, &paging).await?;
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
        /// Makes a repetition safe: 1 to 255 printable characters of your choice.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<IdempotencyKey>>,
    ) -> Result<Response<Json<View>>, ApiError> {
        let fingerprint = Fingerprint::of(sha256_hex(id.0.as_str().as_bytes()));
        let place = key.0.as_ref().map(|key| Place {
            account: &caller.account,
            livemode: caller.livemode,
            route: cancel::ROUTE,
            key,
            fingerprint: &fingerprint,
        });
        let canceled = cancel::cancel(&app, &catalog, &owner(&caller), &id, place.as_ref())
            .await
            .map_err(|error| match error {
                CancelError::NotFound => ApiError::not_found(),
                CancelError::NotCancelable => ApiError::new(
                    Code::NotCancelable,
                    "This model can't stop what it has begun. Wait for it to end; a failure costs nothing.",
                ),
                CancelError::KeyReused(reused) => reused.into(),
                CancelError::Database(error) => error.into(),
            })?;
        let (row, replayed) = match canceled {
            Canceled::Done(row) => (row, false),
            Canceled::Replayed(row) => (row, true),
        };
        let response = Response::new(Json(view::show_to(&app, &catalog, &caller, row).await?));
        Ok(match replayed {
            true => response.header("Idempotent-Replayed", "true"),
            false => response,
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

/// As it goes over the wire.
fn written(lines: &mut stream::Lines, told: Result<Told, Cut>) -> io::Result<Bytes> {
    match told.map_err(io::Error::other)? {
        Told::Heartbeat => Ok(Bytes::from_static(stream::Lines::heartbeat().as_bytes())),
        Told::Events(events) => {
            let events = events.iter();
            let written: String = events
                .map(|(id, event)| lines.event(*id, event.kind.name(), event))
                .collect();
            Ok(Bytes::from(written))
        }
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
