//! Batches: many generations that were asked for at once.

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
CREATE TABLE batch (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    key_id {id} REFERENCES api_key (id),
    metadata {json} NOT NULL,
    total INTEGER NOT NULL CHECK (total > 0),
    succeeded INTEGER NOT NULL CHECK (succeeded >= 0),
    failed INTEGER NOT NULL CHECK (failed >= 0),
    canceled INTEGER NOT NULL CHECK (canceled >= 0),
    expired INTEGER NOT NULL CHECK (expired >= 0),
    held BIGINT NOT NULL CHECK (held >= 0),
    captured BIGINT NOT NULL CHECK (captured >= 0),
    released BIGINT NOT NULL CHECK (released >= 0),
    webhook_url TEXT,
    webhook_events TEXT,
    created_at BIGINT NOT NULL,
    cancel_requested_at BIGINT,
    ended_at BIGINT,
    CHECK (succeeded + failed + canceled + expired <= total),
    CHECK ((ended_at IS NULL) = (succeeded + failed + canceled + expired < total)),
    CHECK (captured + released <= held)
);
CREATE INDEX batch_by_account ON batch (account_id, livemode, id);
CREATE INDEX batch_open ON batch (account_id, livemode) WHERE ended_at IS NULL;

CREATE TABLE batch_item (
    batch_id {id} NOT NULL REFERENCES batch (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    account_id {id} NOT NULL,
    generation_id {id} NOT NULL UNIQUE,
    reference TEXT,
    PRIMARY KEY (batch_id, position)
);
CREATE INDEX batch_item_by_account ON batch_item (account_id, batch_id, position);
"#;
