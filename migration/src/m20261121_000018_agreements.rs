//! Addresses that wait to be proved, the history of what was agreed to, and the
//! versions of the policy that were announced.

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
CREATE TABLE email_change (
    account_id {id} PRIMARY KEY REFERENCES account (id),
    sealed TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE consent_change (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    purpose {id} NOT NULL,
    granted BOOLEAN NOT NULL,
    version TEXT NOT NULL,
    given_by TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX consent_change_by_account ON consent_change (account_id, purpose, id);

CREATE TABLE policy_announcement (
    version {id} PRIMARY KEY,
    url TEXT NOT NULL,
    effective_at BIGINT,
    changes {json} NOT NULL,
    created_at BIGINT NOT NULL
);
"#;
