//! The operator's people, their sessions, and what they read and did.

use sea_orm_migration::prelude::*;

use crate::dialect::{refuse, refuse_truncate, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        let written = "OLD.id IS NOT NULL";
        refuse(manager, "audit_entry", "UPDATE", written, APPEND_ONLY).await?;
        refuse(manager, "audit_entry", "DELETE", written, APPEND_ONLY).await?;
        refuse_truncate(manager, "audit_entry", APPEND_ONLY).await
    }
}

const TABLES: &str = r#"
CREATE TABLE staff (
    id {id} PRIMARY KEY,
    email TEXT NOT NULL,
    email_key {id} NOT NULL UNIQUE,
    role TEXT NOT NULL CHECK (role IN ('support', 'finance', 'moderator', 'privacy', 'owner')),
    password_hash TEXT,
    sealed_totp TEXT,
    totp_step BIGINT,
    setup_hash {id} UNIQUE,
    setup_expires_at BIGINT,
    created_at BIGINT NOT NULL,
    active_at BIGINT,
    disabled_at BIGINT,
    CHECK ((setup_hash IS NULL) = (setup_expires_at IS NULL)),
    CHECK (active_at IS NULL OR (setup_hash IS NULL AND password_hash IS NOT NULL
        AND sealed_totp IS NOT NULL AND totp_step IS NOT NULL))
);

CREATE TABLE staff_session (
    id {id} PRIMARY KEY,
    staff_id {id} NOT NULL REFERENCES staff (id),
    token_hash {id} NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX staff_session_by_staff ON staff_session (staff_id, id);
CREATE INDEX staff_session_by_expiry ON staff_session (expires_at);

CREATE TABLE audit_entry (
    id {id} PRIMARY KEY,
    staff_id {id} REFERENCES staff (id),
    act TEXT NOT NULL,
    account_id {id} REFERENCES account (id),
    resource {id},
    reason TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('done', 'replayed', 'refused')),
    code TEXT,
    created_at BIGINT NOT NULL,
    CHECK ((outcome = 'refused') = (code IS NOT NULL))
);
CREATE INDEX audit_entry_by_account ON audit_entry (account_id, id);
CREATE INDEX audit_entry_by_staff ON audit_entry (staff_id, id);

CREATE INDEX api_key_by_last_four ON api_key (last_four, id);
CREATE INDEX data_request_by_status ON data_request (status, id);
"#;

const APPEND_ONLY: &str = "the audit log is append-only";
