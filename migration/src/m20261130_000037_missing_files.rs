//! A copy of all data from which files are missing is no whole one, and its request
//! says so. Neither database changes a CHECK in the same words, so the table is
//! written anew; nothing refers to it.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLE).await
    }
}

const TABLE: &str = r#"
CREATE TABLE data_request_anew (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('access', 'erasure')),
    status TEXT NOT NULL CHECK (status IN
        ('awaiting_verification', 'in_progress', 'fulfilled', 'partially_fulfilled', 'withdrawn', 'expired')),
    statement TEXT,
    reason TEXT,
    actions {json} NOT NULL,
    missing {json} NOT NULL DEFAULT '[]',
    archive_id {id},
    received_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    verified_at BIGINT,
    ended_at BIGINT,
    CHECK ((status IN ('awaiting_verification', 'in_progress')) = (ended_at IS NULL)),
    CHECK (status NOT IN ('in_progress', 'fulfilled', 'partially_fulfilled') OR verified_at IS NOT NULL),
    CHECK (archive_id IS NULL OR (kind = 'access' AND status IN ('fulfilled', 'partially_fulfilled'))),
    CHECK ((status = 'partially_fulfilled') = (CAST(missing AS TEXT) <> '[]'))
);
INSERT INTO data_request_anew
    (id, account_id, livemode, kind, status, statement, reason, actions, archive_id, received_at, due_at,
        verified_at, ended_at)
SELECT id, account_id, livemode, kind, status, statement, reason, actions, archive_id, received_at, due_at,
    verified_at, ended_at
FROM data_request;
DROP TABLE data_request;
ALTER TABLE data_request_anew RENAME TO data_request;
CREATE INDEX data_request_by_account ON data_request (account_id, livemode, id);
CREATE UNIQUE INDEX data_request_one_open ON data_request (account_id, kind) WHERE ended_at IS NULL;
CREATE INDEX data_request_unverified ON data_request (received_at) WHERE status = 'awaiting_verification';
CREATE INDEX data_request_with_archive ON data_request (ended_at) WHERE archive_id IS NOT NULL;
"#;
