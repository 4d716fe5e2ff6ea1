//! Processors are asked about purchases that they tell nothing of, each in its turn.

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
ALTER TABLE purchase ADD COLUMN ask_at BIGINT;
UPDATE purchase SET ask_at = created_at WHERE status IN ('pending', 'failed');
CREATE INDEX purchase_to_ask ON purchase (ask_at) WHERE ask_at IS NOT NULL;
"#;
