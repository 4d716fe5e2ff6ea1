//! Mails that came back, and who agreed to get more than the service needs.

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
CREATE TABLE mail_bounce (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    address_hash {id} NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('hard_bounce', 'soft_bounce', 'blocked', 'spam')),
    created_at BIGINT NOT NULL,
    lifted_at BIGINT
);
CREATE INDEX mail_bounce_by_account ON mail_bounce (account_id, id);
CREATE INDEX mail_bounce_by_address ON mail_bounce (address_hash, kind);
CREATE INDEX mail_bounce_by_age ON mail_bounce (kind, created_at);

CREATE TABLE consent (
    account_id {id} NOT NULL REFERENCES account (id),
    purpose {id} NOT NULL,
    given_at BIGINT NOT NULL,
    withdrawn_at BIGINT,
    last_news TEXT,
    PRIMARY KEY (account_id, purpose)
);
CREATE INDEX consent_by_purpose ON consent (purpose, account_id);
"#;
