//! Generations, their holds, attempts and files.

use sea_orm_migration::prelude::*;

use crate::dialect::{refuse, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        let ended = "OLD.status NOT IN ('queued', 'running') AND NEW.status <> OLD.status";
        refuse(
            manager,
            "generation",
            "UPDATE OF status",
            ended,
            "an ended generation stays as it ended",
        )
        .await?;
        let settled = "OLD.settled_at IS NOT NULL";
        refuse(manager, "hold", "UPDATE", settled, "a hold is settled once").await
    }
}

const TABLES: &str = r#"
CREATE TABLE generation (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    key_id {id} REFERENCES api_key (id),
    batch_id {id},
    kind TEXT NOT NULL CHECK (kind IN ('image', 'video', 'speech', 'text')),
    status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'canceled', 'expired')),
    model TEXT NOT NULL,
    model_resolved TEXT NOT NULL,
    provider TEXT,
    regions {json},
    input {json} NOT NULL,
    metadata {json} NOT NULL,
    end_user TEXT,
    saved BOOLEAN NOT NULL,
    webhook_url TEXT,
    webhook_events TEXT,
    text TEXT,
    progress INTEGER NOT NULL CHECK (progress BETWEEN 0 AND 100),
    error_code TEXT,
    error_message TEXT,
    estimated BIGINT NOT NULL,
    held BIGINT NOT NULL,
    captured BIGINT NOT NULL,
    released BIGINT NOT NULL,
    price_version TEXT NOT NULL,
    units BIGINT NOT NULL CHECK (units >= 0),
    created_at BIGINT NOT NULL,
    started_at BIGINT,
    ended_at BIGINT,
    deadline_at BIGINT NOT NULL,
    cancel_requested_at BIGINT,
    flagged_at BIGINT,
    erased_at BIGINT,
    CHECK ((status IN ('queued', 'running')) = (ended_at IS NULL)),
    CHECK ((status IN ('failed', 'expired')) = (error_code IS NOT NULL)),
    CHECK (captured >= 0 AND released >= 0 AND held >= 0 AND held <= estimated),
    CHECK ((ended_at IS NULL AND captured = 0 AND released = 0)
        OR (ended_at IS NOT NULL AND captured + released = held)),
    CHECK (captured = 0 OR status = 'succeeded')
);
CREATE INDEX generation_by_account ON generation (account_id, livemode, id);
CREATE INDEX generation_by_batch ON generation (batch_id, id) WHERE batch_id IS NOT NULL;
CREATE INDEX generation_open_by_deadline ON generation (deadline_at) WHERE ended_at IS NULL;

CREATE TABLE hold (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL,
    livemode BOOLEAN NOT NULL,
    generation_id {id} NOT NULL UNIQUE REFERENCES generation (id),
    amount BIGINT NOT NULL CHECK (amount >= 0),
    captured BIGINT NOT NULL CHECK (captured >= 0),
    released BIGINT NOT NULL CHECK (released >= 0),
    created_at BIGINT NOT NULL,
    settled_at BIGINT,
    CHECK ((settled_at IS NULL AND captured = 0 AND released = 0)
        OR (settled_at IS NOT NULL AND captured + released = amount))
);
CREATE INDEX hold_by_account ON hold (account_id, livemode, id);

CREATE TABLE hold_lot (
    hold_id {id} NOT NULL REFERENCES hold (id),
    lot_id {id} NOT NULL REFERENCES credit_lot (id),
    account_id {id} NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    position INTEGER NOT NULL,
    PRIMARY KEY (hold_id, lot_id)
);
CREATE INDEX hold_lot_by_account ON hold_lot (account_id, hold_id, lot_id);

CREATE TABLE attempt (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL,
    generation_id {id} NOT NULL REFERENCES generation (id),
    number INTEGER NOT NULL CHECK (number > 0),
    provider TEXT NOT NULL,
    started_at BIGINT NOT NULL,
    ended_at BIGINT,
    outcome TEXT,
    detail TEXT,
    provider_ref TEXT,
    sends INTEGER NOT NULL CHECK (sends > 0),
    doubted_at BIGINT,
    retry_after BIGINT,
    UNIQUE (generation_id, number),
    CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX attempt_by_account ON attempt (account_id, id);

CREATE TABLE file (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('output', 'export')),
    generation_id {id} REFERENCES generation (id),
    position INTEGER NOT NULL,
    content_type TEXT NOT NULL,
    bytes BIGINT NOT NULL CHECK (bytes >= 0),
    sha256 TEXT NOT NULL,
    width INTEGER,
    height INTEGER,
    milliseconds BIGINT,
    storage_key {id} NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    CHECK ((purpose = 'output') = (generation_id IS NOT NULL)),
    UNIQUE (generation_id, position)
);
CREATE INDEX file_by_account ON file (account_id, livemode, id);
"#;
