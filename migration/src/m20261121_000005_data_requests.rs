//! Requests about personal data and the proof that they were answered.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await
    }
}

const TABLES: &str = r#"
CREATE TABLE data_request (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'erasure')),
    status TEXT NOT NULL
        CHECK (status IN ('awaiting_verification', 'in_progress', 'fulfilled', 'withdrawn', 'expired')),
    statement TEXT,
    reason TEXT,
    actions {json} NOT NULL,
    archive_id {id},
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    verified_at BIGINT,
    ended_at BIGINT,
    CHECK ((status IN ('awaiting_verification', 'in_progress')) = (ended_at IS NULL)),
    CHECK (status NOT IN ('in_progress', 'fulfilled') OR verified_at IS NOT NULL),
    CHECK (archive_id IS NULL OR (kind = 'access' AND status = 'fulfilled'))
);
CREATE INDEX data_request_by_account ON data_request (account_id, livemode, id);
CREATE UNIQUE INDEX data_request_one_open ON data_request (account_id, kind) WHERE ended_at IS NULL;
CREATE INDEX data_request_unverified ON data_request (received_at) WHERE status = 'awaiting_verification';
CREATE INDEX data_request_with_archive ON data_request (ended_at) WHERE archive_id IS NOT NULL;
"#;
