//! The rows of what was admitted, written with one statement a table.

use entity::{Credits, Timestamp, generation, idempotency_key};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
};
use serde_json::Value;

use super::admit::{NewGeneration, ROUTE};
use super::run;
use crate::jobs::{self, NewJob};

/// How a generation begins.
pub(super) fn row(request: &NewGeneration, now: Timestamp) -> generation::Model {
    generation::Model {
        id: request.id.clone(),
        account_id: request.owner.account.clone(),
        livemode: request.owner.livemode,
        key_id: request.key.clone(),
        kind: request.model.row.kind,
        status: generation::Status::Queued,
        model: request.asked.clone(),
        model_resolved: request.model.row.id.clone(),
        input: Value::Object(request.input.clone()),
        metadata: Value::Object(request.metadata.clone()),
        end_user: request.end_user.clone(),
        saved: request.saved,
        text: None,
        progress: 0,
        error_code: None,
        error_message: None,
        estimated: request.estimated,
        held: request.estimated,
        captured: Credits::ZERO,
        released: Credits::ZERO,
        price_version: request.model.row.price_version.clone(),
        created_at: now,
        started_at: None,
        ended_at: None,
        deadline_at: request.deadline_at,
        cancel_requested_at: None,
        erased_at: None,
    }
}

/// The rows of all that was admitted.
#[derive(Default)]
pub(super) struct Rows {
    generations: Vec<generation::ActiveModel>,
    jobs: Vec<NewJob>,
    remembered: Vec<idempotency_key::ActiveModel>,
}

impl Rows {
    pub fn add(&mut self, request: &NewGeneration, row: &generation::Model, now: Timestamp) {
        self.generations.push(row.clone().into_active_model().reset_all());
        self.jobs.push(NewJob {
            kind: run::KIND,
            subject: row.id.to_string(),
            account_id: Some(row.account_id.clone()),
            run_at: now,
        });
        if let Some((key, fingerprint)) = &request.once {
            self.remembered.push(idempotency_key::ActiveModel {
                account_id: Set(row.account_id.clone()),
                livemode: Set(row.livemode),
                route: Set(ROUTE.to_owned()),
                key: Set(key.clone()),
                fingerprint: Set(fingerprint.clone()),
                status: Set(202),
                resource: Set(row.id.to_string()),
                sealed: Set(None),
                created_at: Set(now),
            });
        }
    }

    pub async fn write(self, tx: &impl ConnectionTrait, now: Timestamp) -> Result<(), DbErr> {
        if self.generations.is_empty() {
            return Ok(());
        }
        generation::Entity::insert_many(self.generations)
            .exec_without_returning(tx)
            .await?;
        jobs::enqueue(tx, self.jobs, now).await?;
        if !self.remembered.is_empty() {
            idempotency_key::Entity::insert_many(self.remembered)
                .on_conflict(forgotten())
                .exec_without_returning(tx)
                .await?;
        }
        Ok(())
    }
}

/// A key whose day is over may still have its row, which the new one replaces.
fn forgotten() -> OnConflict {
    use idempotency_key::Column;
    OnConflict::columns([Column::AccountId, Column::Livemode, Column::Route, Column::Key])
        .update_columns([
            Column::Fingerprint,
            Column::Status,
            Column::Resource,
            Column::Sealed,
            Column::CreatedAt,
        ])
        .to_owned()
}
