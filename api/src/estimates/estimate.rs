//! Asks what each generation would cost, and writes the answer down.

use std::time::Duration;

use entity::{Credits, EstimateId, Timestamp, estimate};
use futures_util::stream::{self, StreamExt as _};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbErr, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};
use serde_json::{Map, Value};

use super::view::Estimate;
use crate::app::App;
use crate::auth::Caller;
use crate::catalog::Catalog;
use crate::generations::check::check;
use crate::generations::dispatch::Admissions;
use crate::generations::estimate::view::EstimatedGeneration;
use crate::generations::estimate::{blocker, show, unreadable};
use crate::generations::input::CreateGeneration;
use crate::generations::means::Means;
use crate::generations::wanted::{owner, reachable, wanted};
use crate::http::idempotency::{self, Answer, KeyReused, Place};

pub const ROUTE: &str = "estimates.create";

/// Generations that moderation looks at side by side.
const SCREENED_AT_ONCE: usize = 16;

/// How long the prices are locked.
const LOCKED: Duration = Duration::from_secs(15 * 60);

#[derive(Debug, thiserror::Error)]
pub enum EstimateError {
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error("the estimate of the first request is gone")]
    Gone,
    #[error(transparent)]
    Database(#[from] DbErr),
}

pub struct Estimated {
    pub row: estimate::Model,
    /// The idempotency key was used for the same request before.
    pub replayed: bool,
}

/// Estimates, or answers as before.
///
/// # Errors
/// When the key was used for something else, and what the database answers.
pub async fn estimate(
    app: &App,
    catalog: &Catalog,
    admissions: &Admissions,
    caller: &Caller,
    bodies: Vec<CreateGeneration>,
    place: Option<&Place<'_>>,
) -> Result<Estimated, EstimateError> {
    let now = app.now();
    if let Some(place) = place
        && let Some(before) = idempotency::recall(app.db.read(), place, now).await??
    {
        return again(app, caller, &before).await;
    }
    let row = price_all(app, catalog, admissions, caller, bodies, now).await?;
    let tx = app.db.begin().await?;
    if let Some(place) = place {
        let answer = Answer {
            status: 201,
            resource: row.id.to_string(),
            sealed: None,
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            tx.rollback().await?;
            let before = idempotency::recall(app.db.read(), place, now).await??;
            return again(app, caller, &before.ok_or(EstimateError::Gone)?).await;
        }
    }
    estimate::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(Estimated { row, replayed: false })
}

async fn again(app: &App, caller: &Caller, before: &Answer) -> Result<Estimated, EstimateError> {
    let id: EstimateId = before.resource.parse().map_err(|_| EstimateError::Gone)?;
    let row = find(app, caller, &id).await?.ok_or(EstimateError::Gone)?;
    Ok(Estimated { row, replayed: true })
}

/// The caller's estimate of this id.
///
/// # Errors
/// What the database answers.
pub async fn find(app: &App, caller: &Caller, id: &EstimateId) -> Result<Option<estimate::Model>, DbErr> {
    estimate::Entity::of(&caller.account, caller.livemode)
        .filter(estimate::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await
}

async fn price_all(
    app: &App,
    catalog: &Catalog,
    admissions: &Admissions,
    caller: &Caller,
    bodies: Vec<CreateGeneration>,
    now: Timestamp,
) -> Result<estimate::Model, DbErr> {
    let mut means = Means::of(app, owner(caller), caller.key.clone()).await?;
    let available = means.available;
    let looked_at = stream::iter(bodies).map(|body| look_at(app, catalog, admissions, caller, body, now));
    let mut generations: Vec<EstimatedGeneration> = looked_at.buffered(SCREENED_AT_ONCE).collect().await;
    let mut prices = Map::new();
    for shown in &mut generations {
        if let (Some(model), Some(version)) = (&shown.model_resolved.0, &shown.price_version.0) {
            prices.insert(model.clone(), version.clone().into());
        }
        // In the order of the request: what those before would hold is no longer there.
        if let Some(most) = shown.max.0.filter(|_| shown.blockers.is_empty()) {
            let refusals = means.spend(most).into_iter();
            shown.blockers = refusals.map(|refused| blocker(refused.into())).collect();
        }
    }
    let sum = |amount: fn(&EstimatedGeneration) -> Option<Credits>| {
        let sum: Credits = generations.iter().filter_map(amount).sum();
        sum.times(1).into()
    };
    let view = Estimate {
        id: EstimateId::new(now),
        admissible: generations.iter().all(|each| each.blockers.is_empty()),
        min: sum(|each| each.min.0),
        max: sum(|each| each.max.0),
        available,
        generations,
        livemode: caller.livemode,
        created_at: now,
        expires_at: now.plus(LOCKED),
    };
    Ok(estimate::Model {
        id: view.id.clone(),
        account_id: caller.account.clone(),
        livemode: caller.livemode,
        prices: Value::Object(prices),
        answer: view.written(),
        created_at: view.created_at,
        expires_at: view.expires_at,
    })
}

/// What one of them would cost, and what stands against it but the means.
async fn look_at(
    app: &App,
    catalog: &Catalog,
    admissions: &Admissions,
    caller: &Caller,
    body: CreateGeneration,
    now: Timestamp,
) -> EstimatedGeneration {
    let asked = body.model.clone();
    let wanted = match wanted(caller, body, None) {
        Ok(wanted) => wanted,
        Err(refusal) => return unreadable(asked, refusal),
    };
    let mut checked = check(catalog, &wanted, now);
    checked
        .refusals
        .extend(reachable(app, wanted.webhook.as_ref()).err());
    if let Some(priced) = &checked.priced
        && let Some(refused) = admissions.foresee(&wanted, priced).await
    {
        checked.refusals.push(refused.into());
    }
    show(&wanted, checked)
}
