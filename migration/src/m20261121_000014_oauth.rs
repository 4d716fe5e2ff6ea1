//! Signing in with other providers.

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
CREATE TABLE oauth_identity (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    provider TEXT NOT NULL,
    issuer {id} NOT NULL,
    subject {id} NOT NULL,
    email TEXT,
    name TEXT,
    avatar_url TEXT,
    created_at BIGINT NOT NULL,
    last_used_at BIGINT NOT NULL,
    UNIQUE (issuer, subject),
    UNIQUE (account_id, issuer)
);

CREATE TABLE oauth_flow (
    id {id} PRIMARY KEY,
    provider TEXT NOT NULL,
    account_id {id} REFERENCES account (id),
    browser_hash TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    app_challenge TEXT NOT NULL,
    app_state TEXT,
    sealed TEXT NOT NULL,
    code_hash {id} UNIQUE,
    came_back_at BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CHECK (code_hash IS NULL OR came_back_at IS NOT NULL)
);
CREATE INDEX oauth_flow_by_account ON oauth_flow (account_id, id);
CREATE INDEX oauth_flow_by_expiry ON oauth_flow (expires_at);
"#;
