//! Has what was asked admitted, if nothing stands against it.

use entity::{GenerationId, Timestamp};

use super::admit::{Admitted, NewGeneration, Refused};
use super::check::{CreateError, Priced, check};
use super::dispatch::Admissions;
use super::estimate::{self, view::EstimatedGeneration};
use super::locked::lock;
use super::means::Means;
use super::remembered;
use super::wanted::{Wanted, reachable};
use crate::app::App;
use crate::catalog::Catalog;

/// Checks, prices and admits. Nothing is held for what is refused.
///
/// # Errors
/// Why it was not admitted.
pub async fn create(
    app: &App,
    catalog: &Catalog,
    admissions: &Admissions,
    mut wanted: Wanted,
) -> Result<Admitted, CreateError> {
    let now = app.now();
    reachable(app, wanted.webhook.as_ref())?;
    match price(app, catalog, &mut wanted, now).await {
        Ok(priced) => Ok(admissions.admit(new_generation(wanted, priced, now)).await?),
        // What was admitted once is answered alike, though it would be refused by now.
        Err(refusal) => again(app, &wanted).await?.ok_or(refusal),
    }
}

/// Checks and prices, by the locked prices if an estimate is named.
async fn price(
    app: &App,
    catalog: &Catalog,
    wanted: &mut Wanted,
    now: Timestamp,
) -> Result<Priced, CreateError> {
    lock(app, catalog, wanted).await?;
    check(catalog, wanted, now).admissible()
}

/// What would be created, or why it would be refused. Nothing is written.
///
/// # Errors
/// Why it would not be admitted.
pub async fn try_out(
    app: &App,
    catalog: &Catalog,
    admissions: &Admissions,
    mut wanted: Wanted,
) -> Result<EstimatedGeneration, CreateError> {
    reachable(app, wanted.webhook.as_ref())?;
    let priced = price(app, catalog, &mut wanted, app.now()).await?;
    if let Some(refused) = admissions.foresee(&wanted, &priced).await {
        return Err(refused.into());
    }
    let means = Means::of(app, wanted.owner.clone(), wanted.key.clone()).await;
    let refused = means.map_err(Refused::from)?.spend(priced.estimated);
    match refused.into_iter().next() {
        None => Ok(estimate::of_price(&wanted, Some(&priced))),
        Some(refused) => Err(refused.into()),
    }
}

/// What was answered to this very request before.
async fn again(app: &App, wanted: &Wanted) -> Result<Option<Admitted>, CreateError> {
    let Some((key, fingerprint)) = &wanted.once else {
        return Ok(None);
    };
    let before = remembered::recall(app.db.read(), &wanted.owner, key, app.now()).await;
    let before = before.map_err(Refused::from)?;
    let before = before.filter(|before| fingerprint.is(&before.fingerprint));
    Ok(before.map(|before| Admitted::Replayed {
        id: before.id,
        status: before.status,
    }))
}

/// What is to be admitted.
#[must_use]
pub fn new_generation(wanted: Wanted, priced: Priced, now: Timestamp) -> NewGeneration {
    NewGeneration {
        id: GenerationId::new(now),
        owner: wanted.owner,
        key: wanted.key,
        batch: None,
        model: priced.model,
        asked: wanted.model,
        input: priced.input,
        metadata: wanted.metadata,
        end_user: wanted.end_user,
        saved: wanted.saved,
        regions: wanted.regions,
        webhook: wanted.webhook,
        estimated: priced.estimated,
        price_version: priced.price_version,
        deadline_at: priced.deadline_at,
        once: wanted.once,
        flag: None,
        only_again: false,
    }
}
