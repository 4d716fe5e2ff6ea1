//! The rows of what was admitted, written with one statement a table.

use entity::{Credits, Timestamp, generation, generation_label, idempotency_key, review_item};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, ConnectionTrait, DbErr, IntoActiveModel as _};
use serde_json::Value;

use super::admit::{NewGeneration, ROUTE};
use super::{labels, route, run};
use crate::bulk;
use crate::jobs::{self, NewJob};
use crate::moderation::review;

/// A key whose day is over may still have its row, which the new one replaces.
const FORGOTTEN: &str = "ON CONFLICT (account_id, livemode, route, key) DO UPDATE SET
    fingerprint = excluded.fingerprint, status = excluded.status, resource = excluded.resource,
    sealed = excluded.sealed, created_at = excluded.created_at";

/// How a generation begins.
pub(super) fn row(request: &NewGeneration, now: Timestamp) -> generation::Model {
    generation::Model {
        id: request.id.clone(),
        account_id: request.owner.account.clone(),
        livemode: request.owner.livemode,
        key_id: request.key.clone(),
        batch_id: request.batch.clone(),
        kind: request.model.row.kind,
        status: generation::Status::Queued,
        model: request.asked.clone(),
        model_resolved: request.model.row.id.clone(),
        provider: None,
        regions: request.regions.as_ref().map(|regions| regions.clone().into()),
        input: Value::Object(request.input.clone()),
        metadata: Value::Object(request.metadata.clone()),
        end_user: request.end_user.clone(),
        saved: request.saved,
        webhook_url: request.webhook.as_ref().map(|webhook| webhook.url.clone()),
        webhook_events: request
            .webhook
            .as_ref()
            .and_then(|webhook| webhook.events.clone()),
        text: None,
        progress: 0,
        error_code: None,
        error_message: None,
        estimated: request.estimated,
        held: request.estimated,
        captured: Credits::ZERO,
        released: Credits::ZERO,
        price_version: request.price_version.clone(),
        units: 0,
        created_at: now,
        started_at: None,
        ended_at: None,
        deadline_at: request.deadline_at,
        cancel_requested_at: None,
        flagged_at: request.flag.as_ref().map(|_| now),
        erased_at: None,
        let_in: true,
    }
}

/// The rows of all that was admitted.
#[derive(Default)]
pub(super) struct Rows {
    generations: Vec<generation::ActiveModel>,
    jobs: Vec<NewJob>,
    labels: Vec<generation_label::ActiveModel>,
    flagged: Vec<review_item::ActiveModel>,
    remembered: Vec<idempotency_key::ActiveModel>,
}

impl Rows {
    pub fn add(&mut self, request: &NewGeneration, row: &generation::Model, now: Timestamp) {
        self.generations.push(row.clone().into_active_model().reset_all());
        self.labels.extend(labels::labels(row));
        let flag = request.flag.as_ref();
        self.flagged
            .extend(flag.map(|flag| review::item_of(row, flag, now)));
        if row.let_in {
            self.jobs.push(NewJob {
                kind: run::KIND,
                subject: row.id.to_string(),
                account_id: Some(row.account_id.clone()),
                lane: route::first(&request.model, row.livemode).to_owned(),
                run_at: now,
                deadline_at: Some(row.deadline_at),
            });
        }
        if let Some((key, fingerprint)) = &request.once {
            self.remembered.push(idempotency_key::ActiveModel {
                account_id: Set(row.account_id.clone()),
                livemode: Set(row.livemode),
                route: Set(ROUTE.to_owned()),
                key: Set(key.clone()),
                fingerprint: Set(fingerprint.as_str().to_owned()),
                status: Set(202),
                resource: Set(row.id.to_string()),
                sealed: Set(None),
                created_at: Set(now),
            });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.generations.is_empty()
    }

    pub async fn write(self, tx: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
        bulk::insert(tx, self.generations).await?;
        bulk::insert(tx, self.labels).await?;
        bulk::insert(tx, self.flagged).await?;
        jobs::enqueue(tx, self.jobs, now).await?;
        bulk::insert_or(tx, self.remembered, FORGOTTEN).await?;
        Ok(())
    }
}
