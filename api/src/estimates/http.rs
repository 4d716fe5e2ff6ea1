//! `/v1/estimates`.

use std::sync::Arc;

use entity::{EstimateId, estimate};
use poem::web::Data;
use poem_openapi::OpenApi;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::Json;

use super::estimate::{EstimateError, ROUTE, estimate, find};
use super::view::{CreateEstimate, Estimate};
use crate::app::App;
use crate::auth::{Allow, GenerationsRead, GenerationsWrite};
use crate::catalog::Catalog;
use crate::generations::defaults::leave_out_defaults_of_each;
use crate::generations::dispatch::Admissions;
use crate::generations::input::CreateGeneration;
use crate::http::idempotency::Place;
use crate::http::{Announced, ApiError, Body, Created, Ending, FieldError, IdempotencyKey, Tag};

pub struct EstimatesApi;

#[OpenApi(prefix_path = "/v1/estimates", tag = "Tag::Estimates")]
impl EstimatesApi {
    /// Estimate generations
    ///
    /// Checks and prices up to 100 generations exactly as creating them would, and
    /// makes none. For each it says the least and the most that it costs, how the
    /// price comes about, and as `blockers` every reason for which it would be
    /// refused: an unknown model, input that the model does not take, credits that
    /// don't suffice, a cap of the key, the operator's rules. Credits are counted in the order of the request.
    ///
    /// Send the estimate's id as `estimate_id` with `POST /v1/generations` within 15
    /// minutes, and the generation is priced as it was estimated, whatever the
    /// prices are by then.
    #[oai(path = "/", method = "post", operation_id = "estimates.create")]
    async fn create(
        &self,
        app: Data<&App>,
        catalog: Data<&Arc<Catalog>>,
        admissions: Data<&Admissions>,
        caller: Allow<GenerationsWrite>,
        /// Makes a repetition safe: 1 to 255 printable characters of your choice.
        #[oai(name = "Idempotency-Key")]
        idempotency_key: Header<Option<IdempotencyKey>>,
        body: Body<CreateEstimate>,
    ) -> Result<Announced<Created<Estimate>>, ApiError> {
        let fingerprint = body.fingerprint_of(|body| leave_out_defaults_of_each(&catalog, app.now(), body));
        let place = idempotency_key.0.as_ref().map(|key| Place {
            account: &caller.account,
            livemode: caller.livemode,
            route: ROUTE,
            key,
            fingerprint: &fingerprint,
        });
        let bodies = body.parsed.generations;
        check(&bodies)?;
        let named = bodies
            .iter()
            .filter_map(|body| catalog.find(&body.model)?.ending());
        let endings = Ending::first_of(&named.collect::<Vec<_>>());
        let estimated = estimate(&app, &catalog, &admissions, &caller, bodies, place.as_ref())
            .await
            .map_err(refusal)?;
        let location = format!("/v1/estimates/{}", estimated.row.id);
        Ok(Announced {
            answer: Created::at(location, show(estimated.row)?).replayed(estimated.replayed),
            endings,
        })
    }

    /// Get an estimate
    ///
    /// As it was answered when it was made. It is kept for a day.
    #[oai(path = "/:id", method = "get", operation_id = "estimates.get")]
    async fn get(
        &self,
        app: Data<&App>,
        caller: Allow<GenerationsRead>,
        /// The estimate's id.
        id: Path<EstimateId>,
    ) -> Result<Json<Estimate>, ApiError> {
        let row = find(&app, &caller, &id).await?;
        Ok(Json(show(row.ok_or_else(ApiError::not_found)?)?))
    }
}

/// Everything is estimated at the present prices and nothing else is done.
fn check(bodies: &[CreateGeneration]) -> Result<(), ApiError> {
    let mut faults = Vec::new();
    for (at, body) in bodies.iter().enumerate() {
        for (field, is_set) in [
            ("estimate_id", body.estimate_id.is_some()),
            ("validate_only", body.validate_only.is_some()),
        ] {
            if is_set {
                let pointer = format!("/generations/{at}/{field}");
                let detail =
                    "An estimate takes no such field: it is made at the present prices, and makes nothing.";
                faults.push(FieldError::at(pointer, "invalid", detail));
            }
        }
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(ApiError::invalid(faults)),
    }
}

fn show(row: estimate::Model) -> Result<Estimate, ApiError> {
    Estimate::read(row.answer).ok_or_else(|| ApiError::internal(Unreadable(row.id)))
}

#[derive(Debug, thiserror::Error)]
#[error("the estimate {0} can't be read again")]
struct Unreadable(EstimateId);

fn refusal(error: EstimateError) -> ApiError {
    match error {
        EstimateError::KeyReused(reused) => reused.into(),
        EstimateError::Gone => ApiError::not_found(),
        EstimateError::Database(error) => error.into(),
    }
}
