//! Accounts and what lets their owners and programs in.

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
CREATE TABLE account (
    id {id} PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('active', 'closed', 'erased')),
    email TEXT,
    email_key {id} UNIQUE,
    password_hash TEXT,
    email_verified_at BIGINT,
    display_name TEXT,
    language TEXT,
    age_confirmed INTEGER CHECK (age_confirmed > 0),
    age_confirmed_at BIGINT,
    policy_accepted TEXT,
    policy_accepted_at BIGINT,
    policy_told TEXT,
    created_at BIGINT NOT NULL,
    closed_at BIGINT,
    reopen_until BIGINT,
    erase_at BIGINT,
    erased_at BIGINT,
    suspended_at BIGINT,
    CHECK ((status = 'erased') = (erased_at IS NOT NULL)),
    CHECK (status <> 'erased' OR (email IS NULL AND email_key IS NULL AND password_hash IS NULL)),
    CHECK (status <> 'erased' OR (display_name IS NULL AND language IS NULL)),
    CHECK ((status = 'closed') = (closed_at IS NOT NULL)),
    CHECK ((closed_at IS NULL) = (reopen_until IS NULL)),
    CHECK (closed_at IS NOT NULL OR erase_at IS NULL),
    CHECK ((age_confirmed IS NULL) = (age_confirmed_at IS NULL)),
    CHECK ((policy_accepted IS NULL) = (policy_accepted_at IS NULL))
);
CREATE INDEX account_to_erase ON account (erase_at) WHERE erase_at IS NOT NULL;

CREATE INDEX account_suspended ON account (id) WHERE suspended_at IS NOT NULL;

CREATE TABLE session (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    device TEXT NOT NULL,
    refreshes BIGINT NOT NULL CHECK (refreshes >= 0),
    created_at BIGINT NOT NULL,
    refreshed_at BIGINT NOT NULL,
    proved_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT,
    CHECK (proved_at >= created_at)
);
CREATE INDEX session_by_account ON session (account_id, id);
CREATE INDEX session_by_expiry ON session (expires_at);

CREATE TABLE api_key (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    secret_hash {id} NOT NULL UNIQUE,
    last_four TEXT NOT NULL,
    old_secret_hash {id} UNIQUE,
    old_last_four TEXT,
    old_secret_until BIGINT,
    models {json},
    ip_allow {json},
    requests_per_minute BIGINT CHECK (requests_per_minute > 0),
    concurrent_generations BIGINT CHECK (concurrent_generations > 0),
    in_flight BIGINT NOT NULL CHECK (in_flight >= 0),
    capped BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    revoked_at BIGINT,
    last_used_at BIGINT,
    CHECK ((old_secret_hash IS NULL) = (old_secret_until IS NULL)),
    CHECK ((old_secret_hash IS NULL) = (old_last_four IS NULL)),
    CHECK (old_secret_hash <> secret_hash)
);
CREATE INDEX api_key_by_account ON api_key (account_id, livemode, id);

CREATE TABLE idempotency_key (
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    route {id} NOT NULL,
    key {id} NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    resource TEXT NOT NULL,
    sealed TEXT,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, livemode, route, key)
);
CREATE INDEX idempotency_key_by_age ON idempotency_key (created_at);

CREATE TABLE mail (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    template TEXT NOT NULL,
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    failed_at BIGINT,
    failure TEXT,
    CHECK (sent_at IS NULL OR failed_at IS NULL),
    CHECK ((failed_at IS NULL) = (failure IS NULL))
);
CREATE INDEX mail_by_account ON mail (account_id, id);
CREATE INDEX mail_by_age ON mail (created_at);

CREATE TABLE mailed_code (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('verify_email', 'reset_password', 'change_email', 'data_request')),
    subject {id} NOT NULL,
    code_hash TEXT NOT NULL,
    tries_left INTEGER NOT NULL CHECK (tries_left >= 0),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX mailed_code_by_subject ON mailed_code (subject, id);
CREATE INDEX mailed_code_by_account ON mailed_code (account_id, id);
CREATE INDEX mailed_code_by_expiry ON mailed_code (expires_at);

CREATE TABLE job (
    id {id} PRIMARY KEY,
    kind {id} NOT NULL,
    subject {id} NOT NULL,
    account_id {id},
    lane {id} NOT NULL,
    turn BIGINT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    lease_token TEXT,
    lease_until BIGINT,
    created_at BIGINT NOT NULL,
    UNIQUE (kind, subject),
    CHECK ((lease_token IS NULL) = (lease_until IS NULL))
);
CREATE INDEX job_by_turn ON job (lane, turn, id);
CREATE INDEX job_by_turn_of_account ON job (lane, account_id, turn);
CREATE INDEX job_leased ON job (lane, lease_until) WHERE lease_until IS NOT NULL;
CREATE INDEX job_by_run_at ON job (run_at, id);
CREATE INDEX job_by_account ON job (account_id, id);

CREATE TABLE sandbox_clock (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    ahead_micros BIGINT NOT NULL CHECK (ahead_micros >= 0)
);
INSERT INTO sandbox_clock (id, ahead_micros) VALUES (1, 0);
"#;
