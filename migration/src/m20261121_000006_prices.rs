//! Price lists that never change, estimates that lock them, and how long models take.

use sea_orm_migration::prelude::*;

use crate::dialect::{refuse, refuse_truncate, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        let message = "a price list never changes";
        let changed = "OLD.model_id IS NOT NULL";
        refuse(manager, "price_list", "UPDATE", changed, message).await?;
        refuse(manager, "price_list", "DELETE", changed, message).await?;
        refuse_truncate(manager, "price_list", message).await
    }
}

const TABLES: &str = r#"
CREATE TABLE price_list (
    model_id {id} NOT NULL,
    version {id} NOT NULL,
    lines {json} NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (model_id, version)
);

CREATE TABLE estimate (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    prices {json} NOT NULL,
    answer {json} NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL CHECK (expires_at > created_at)
);
CREATE INDEX estimate_by_account ON estimate (account_id, livemode, id);
CREATE INDEX estimate_by_age ON estimate (created_at);

CREATE INDEX generation_by_speed ON generation (model_resolved, ended_at) WHERE status = 'succeeded';
CREATE INDEX generation_waiting ON generation (model_resolved, id) WHERE status = 'queued';
"#;
