//! The keys of an account that are good are counted without the many that are not.

use sea_orm_migration::prelude::*;

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, CHANGES).await
    }
}

const CHANGES: &str = r#"
CREATE INDEX api_key_good ON api_key (account_id, livemode, expires_at) WHERE revoked_at IS NULL;
CREATE INDEX session_open ON session (account_id, refreshed_at) WHERE ended_at IS NULL;
"#;
