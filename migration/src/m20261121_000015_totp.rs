//! Authenticator apps, and the codes that stand in for them.

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
CREATE TABLE totp (
    account_id {id} PRIMARY KEY REFERENCES account (id),
    sealed TEXT NOT NULL,
    last_step BIGINT,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    next_try_at BIGINT NOT NULL,
    told_at BIGINT,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    CHECK ((confirmed_at IS NULL) = (last_step IS NULL))
);
CREATE INDEX totp_unconfirmed ON totp (created_at) WHERE confirmed_at IS NULL;

CREATE TABLE recovery_code (
    account_id {id} NOT NULL REFERENCES account (id),
    code_hash {id} NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (account_id, code_hash)
);
"#;
