//! What keys may spend, what was used, what lists are filtered by, what was flagged.

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
CREATE TABLE key_cap (
    key_id {id} NOT NULL REFERENCES api_key (id),
    period {id} NOT NULL CHECK (period IN ('day', 'week', 'month', 'lifetime')),
    account_id {id} NOT NULL REFERENCES account (id),
    cap BIGINT NOT NULL CHECK (cap >= 0),
    told_window_at BIGINT NOT NULL,
    told_percent INTEGER NOT NULL CHECK (told_percent BETWEEN 0 AND 100),
    PRIMARY KEY (key_id, period)
);
CREATE INDEX key_cap_by_account ON key_cap (account_id, key_id, period);

CREATE TABLE key_spend (
    key_id {id} NOT NULL REFERENCES api_key (id),
    day_at BIGINT NOT NULL,
    account_id {id} NOT NULL REFERENCES account (id),
    held BIGINT NOT NULL CHECK (held >= 0),
    spent BIGINT NOT NULL CHECK (spent >= 0),
    PRIMARY KEY (key_id, day_at)
);
CREATE INDEX key_spend_by_account ON key_spend (account_id, key_id, day_at);

CREATE TABLE key_ancestor (
    key_id {id} NOT NULL REFERENCES api_key (id),
    ancestor_id {id} NOT NULL REFERENCES api_key (id),
    account_id {id} NOT NULL REFERENCES account (id),
    PRIMARY KEY (key_id, ancestor_id),
    CHECK (key_id <> ancestor_id)
);
CREATE INDEX key_ancestor_by_account ON key_ancestor (account_id, key_id, ancestor_id);

CREATE TABLE usage_rollup (
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    day_at BIGINT NOT NULL,
    model {id} NOT NULL,
    key_id {id} NOT NULL,
    succeeded BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    canceled BIGINT NOT NULL,
    expired BIGINT NOT NULL,
    images BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    characters BIGINT NOT NULL,
    tokens BIGINT NOT NULL,
    captured BIGINT NOT NULL CHECK (captured >= 0),
    PRIMARY KEY (account_id, livemode, day_at, model, key_id)
);

CREATE TABLE end_user_usage (
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    end_user {id} NOT NULL,
    day_at BIGINT NOT NULL,
    model {id} NOT NULL,
    key_id {id} NOT NULL,
    succeeded BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    canceled BIGINT NOT NULL,
    expired BIGINT NOT NULL,
    images BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    characters BIGINT NOT NULL,
    tokens BIGINT NOT NULL,
    captured BIGINT NOT NULL,
    PRIMARY KEY (account_id, livemode, end_user, day_at, model, key_id)
);
CREATE INDEX end_user_usage_by_day ON end_user_usage (account_id, livemode, day_at, end_user, model, key_id);

CREATE TABLE generation_label (
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    label {id} NOT NULL,
    generation_id {id} NOT NULL REFERENCES generation (id),
    PRIMARY KEY (account_id, livemode, label, generation_id)
);
CREATE INDEX generation_label_by_generation ON generation_label (generation_id);

CREATE TABLE review_item (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    key_id {id} REFERENCES api_key (id),
    source TEXT NOT NULL CHECK (source IN ('blocklist', 'endpoint', 'provider')),
    categories {json} NOT NULL,
    generation_id {id} REFERENCES generation (id),
    digest TEXT NOT NULL,
    prompt TEXT,
    times BIGINT NOT NULL CHECK (times > 0),
    status TEXT NOT NULL CHECK (status IN ('open', 'upheld', 'dismissed')),
    created_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    decided_at BIGINT,
    CHECK ((status = 'open') = (decided_at IS NULL)),
    CHECK (generation_id IS NULL OR prompt IS NULL)
);
CREATE INDEX review_item_by_status ON review_item (status, id);
CREATE INDEX review_item_by_account ON review_item (account_id, livemode, id);
CREATE INDEX review_item_by_age ON review_item (last_at);
CREATE UNIQUE INDEX review_item_one_open ON review_item (account_id, livemode, source, digest)
    WHERE status = 'open' AND generation_id IS NULL;

CREATE INDEX generation_by_status ON generation (account_id, livemode, status, id);
CREATE INDEX generation_by_model ON generation (account_id, livemode, model_resolved, id);
CREATE INDEX generation_by_kind ON generation (account_id, livemode, kind, id);
CREATE INDEX generation_by_key ON generation (account_id, livemode, key_id, id);
CREATE INDEX generation_by_end_user ON generation (account_id, livemode, end_user, id)
    WHERE end_user IS NOT NULL;
"#;
