//! Where events are sent, and what became of each.

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
CREATE TABLE webhook_endpoint (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    url TEXT NOT NULL,
    description TEXT NOT NULL,
    events TEXT NOT NULL,
    enabled BOOLEAN NOT NULL,
    disabled_reason TEXT,
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_secret_until BIGINT,
    failing_since_at BIGINT,
    created_at BIGINT NOT NULL,
    deleted_at BIGINT
);
CREATE INDEX webhook_endpoint_by_account ON webhook_endpoint (account_id, livemode, id);

CREATE TABLE webhook_secret (
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    secret TEXT NOT NULL,
    old_secret TEXT,
    old_secret_until BIGINT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, livemode)
);

CREATE TABLE delivery_lane (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    due_at BIGINT,
    lease_token {id},
    lease_until BIGINT
);
CREATE INDEX delivery_lane_due ON delivery_lane (due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX delivery_lane_by_account ON delivery_lane (account_id, livemode, id);

CREATE TABLE delivery (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    lane_id {id} NOT NULL,
    endpoint_id {id},
    event_id {id} NOT NULL,
    kind {id} NOT NULL,
    subject {id} NOT NULL,
    url TEXT,
    status {id} NOT NULL CHECK (status IN ('pending', 'delivered', 'failed', 'canceled')),
    attempts INTEGER NOT NULL,
    next_attempt_at BIGINT,
    last_attempt_at BIGINT,
    status_code INTEGER,
    error TEXT,
    response_excerpt TEXT,
    milliseconds BIGINT,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    CHECK ((status = 'pending') = (next_attempt_at IS NOT NULL)),
    CHECK ((status = 'pending') = (ended_at IS NULL))
);
CREATE INDEX delivery_due ON delivery (lane_id, next_attempt_at, id) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX delivery_by_endpoint ON delivery (endpoint_id, id);
CREATE INDEX delivery_by_event ON delivery (event_id, id);
CREATE INDEX delivery_by_subject ON delivery (subject, id);
CREATE INDEX delivery_by_status ON delivery (account_id, livemode, status, id);
CREATE INDEX delivery_by_account ON delivery (account_id, livemode, id);
CREATE INDEX delivery_by_age ON delivery (created_at);

CREATE TABLE event_sequence (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last_seq BIGINT NOT NULL
);
INSERT INTO event_sequence (id, last_seq) VALUES (1, 0);
"#;
