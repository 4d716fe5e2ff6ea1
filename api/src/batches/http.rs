//! `/v1/batches`.

use std::io;
use std::sync::Arc;

use entity::{BatchId, batch};
use futures_util::{StreamExt as _, TryStreamExt as _};
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Json, Response};
use sea_orm::{ColumnTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::cancel::{self, CancelError, Canceled};
use super::create::{self, BatchError, Created, Item, NewBatch};
use super::input::CreateBatch;
use super::refusals::problem;
use super::results;
use super::view::{self, BatchResult, View};
use super::webhook::of_batch;
use crate::app::App;
use crate::auth::{Allow, Caller, GenerationsRead, GenerationsWrite};
use crate::catalog::Catalog;
use crate::generations::defaults::leave_out_defaults_of_each;
use crate::generations::dispatch::Admissions;
use crate::generations::refusals::refusal;
use crate::generations::wanted::{checked_metadata, owner, wanted};
use crate::http::idempotency::Place;
use crate::http::ndjson::Lines;
use crate::http::{ApiError, Begun, Body, Fingerprint, IdempotencyKey, Listed, Paging, Tag};
use crate::secrets::sha256_hex;

pub struct BatchesApi;

#[OpenApi(prefix_path = "/v1/batches", tag = "Tag::Batches")]
impl BatchesApi {
    /// Create a batch
    ///
    /// Up to 1,000 generations with one request: all of them are accepted, or
    /// none. Each is checked like one of `POST /v1/generations`; if any is
    /// refused, `errors` names the places (`/generations/17/input/prompt`) and
    /// nothing is begun. The credits for all are set aside at once.
    ///
    /// The generations run side by side with your others, and yours by turns with
    /// everybody else's: a large batch keeps nobody waiting. They begin as fast as
    /// the limits of the key and the account on generations under way allow, and
    /// leave a quarter of those to what you ask for one by one. Batches that have
    /// not ended may be 20 at a time unless the operator says otherwise. Each
    /// generation succeeds or fails, and is charged, by itself.
    ///
    /// `webhook_url` is told when all have ended (`batch.ended`); with
    /// `webhook_events` also what happens to each.
    #[oai(path = "/", method = "post", operation_id = "batches.create")]
    async fn create(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        admissions: Data<&Admissions>,
        caller: Allow<GenerationsWrite>,
        /// Makes a repetition safe: 1 to 255 printable characters of your choice.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<IdempotencyKey>>,
        body: Body<CreateBatch>,
    ) -> Result<Begun<View>, ApiError> {
        let fingerprint = body.fingerprint_of(|body| leave_out_defaults_of_each(&catalog, app.now(), body));
        let place = place(&caller, create::ROUTE, key.0.as_ref(), &fingerprint);
        let body = body.parsed;
        let items = body.generations.into_iter().map(|one| Item {
            reference: one.reference,
            is_trial: one.generation.validate_only == Some(true),
            wanted: wanted(&caller, one.generation, None),
        });
        let new = NewBatch {
            owner: owner(&caller),
            key: caller.key.clone(),
            items: items.collect(),
            max_cost: body.max_cost,
            webhook: of_batch(body.webhook_url, body.webhook_events, caller.scopes)
                .map_err(|refused| problem(BatchError::Webhook(refused)))?,
            metadata: checked_metadata(body.metadata).map_err(refusal)?,
        };
        let created = create::create(&app, &catalog, &admissions, new, place.as_ref()).await;
        let (row, replayed) = match created.map_err(problem)? {
            Created::New(row) => (row, false),
            Created::Replayed(row) => (row, true),
        };
        Ok(Begun {
            location: format!("/v1/batches/{}", row.id),
            replayed,
            body: view::show_to(&app, &caller, row).await?,
        })
    }

    /// Get a batch
    ///
    /// How far it is, by counts, and what it has cost so far.
    #[oai(path = "/:id", method = "get", operation_id = "batches.get")]
    async fn get(
        &self,
        app: Data<&App>,
        caller: Allow<GenerationsRead>,
        /// The batch's id.
        id: Path<BatchId>,
    ) -> Result<Json<View>, ApiError> {
        let row = find(&app, &caller, &id).await?;
        Ok(Json(view::show_one(&app, row).await?))
    }

    /// List batches
    ///
    /// Newest first.
    #[oai(path = "/", method = "get", operation_id = "batches.list")]
    async fn list(
        &self,
        app: Data<&App>,
        caller: Allow<GenerationsRead>,
        /// How many to return.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<View>, ApiError> {
        let scope = caller.list("batches.list");
        let paging = Paging::read(&app, &scope, limit.0, cursor.0.as_deref())?;
        let mut query = batch::Entity::of(&caller.account, caller.livemode);
        if let Some(after) = &paging.after {
            query = query.filter(batch::Column::Id.lt(after.as_str()));
        }
        let rows = query
            .order_by_desc(batch::Column::Id)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        let shown = view::show(&app, rows).await?;
        Ok(Listed(paging.page(
            shown,
            |view| view.id.to_string(),
            |view| view,
        )))
    }

    /// Cancel a batch
    ///
    /// What waits is canceled, what runs is asked to stop where its model can; it
    /// takes a moment, during which the status is `canceling`. What has ended
    /// stays, and stays charged. A batch that has ended is returned unchanged.
    #[oai(path = "/:id/cancel", method = "post", operation_id = "batches.cancel")]
    async fn cancel(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        caller: Allow<GenerationsWrite>,
        /// The batch's id.
        id: Path<BatchId>,
        /// Makes a repetition safe: 1 to 255 printable characters of your choice.
        #[oai(name = "Idempotency-Key")]
        key: Header<Option<IdempotencyKey>>,
    ) -> Result<Response<Json<View>>, ApiError> {
        let fingerprint = Fingerprint::of(sha256_hex(id.0.as_str().as_bytes()));
        let place = place(&caller, cancel::ROUTE, key.0.as_ref(), &fingerprint);
        let canceled = cancel::cancel(&app, &catalog, &owner(&caller), &id, place.as_ref()).await;
        let canceled = canceled.map_err(|error| match error {
            CancelError::NotFound => ApiError::not_found(),
            CancelError::KeyReused(reused) => reused.into(),
            CancelError::Database(error) => error.into(),
        })?;
        let (row, replayed) = match canceled {
            Canceled::Done(row) => (row, false),
            Canceled::Replayed(row) => (row, true),
        };
        let response = Response::new(Json(view::show_to(&app, &caller, row).await?));
        Ok(match replayed {
            true => response.header("Idempotent-Replayed", "true"),
            false => response,
        })
    }

    /// List a batch's results
    ///
    /// Each generation as it stands, in the order of the request.
    #[oai(path = "/:id/results", method = "get", operation_id = "batches.results")]
    async fn results(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        caller: Allow<GenerationsRead>,
        /// The batch's id.
        id: Path<BatchId>,
        /// How many to return.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<BatchResult>, ApiError> {
        let row = find(&app, &caller, &id).await?;
        let scope = format!("{}\n{}", caller.list("batches.results"), row.id);
        let paging = Paging::read(&app, &scope, limit.0, cursor.0.as_deref())?;
        let after = paging.after.as_deref().and_then(|after| after.parse().ok());
        let results = results::page(&app, &catalog, &row.id, after, paging.limit + 1).await?;
        Ok(Listed(paging.page(
            results,
            |result| result.position.to_string(),
            |result| result,
        )))
    }

    /// Download a batch's results
    ///
    /// All results as lines of JSON (`application/x-ndjson`): one generation a
    /// line, as it stands, in the order of the request.
    #[oai(
        path = "/:id/results.ndjson",
        method = "get",
        operation_id = "batches.download_results"
    )]
    async fn download_results(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        caller: Allow<GenerationsRead>,
        /// The batch's id.
        id: Path<BatchId>,
    ) -> Result<Lines<BatchResult>, ApiError> {
        let row = find(&app, &caller, &id).await?;
        let lines = results::lines((*app).clone(), Arc::clone(&catalog), row.id);
        Ok(Lines::of(lines.map_err(io::Error::other).boxed()))
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

async fn find(app: &App, caller: &Caller, id: &BatchId) -> Result<batch::Model, ApiError> {
    batch::Entity::of(&caller.account, caller.livemode)
        .filter(batch::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await?
        .ok_or_else(ApiError::not_found)
}
