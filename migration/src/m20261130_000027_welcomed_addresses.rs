//! Addresses that have had welcome credits and are no account's any more.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLE).await
    }
}

const TABLE: &str = r#"
CREATE TABLE welcomed_address (
    address_hash {id} PRIMARY KEY,
    created_at BIGINT NOT NULL
);
CREATE INDEX welcomed_address_by_age ON welcomed_address (created_at);
"#;
