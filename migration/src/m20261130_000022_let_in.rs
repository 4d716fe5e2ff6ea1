//! Generations of a batch wait without a job until their key and account have room.

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

/// Those of batches that were accepted before were not counted as under way: they are let
/// in like the others, and the job that they have stays.
const CHANGES: &str = r#"
ALTER TABLE generation ADD COLUMN let_in BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX generation_held_back ON generation (batch_id, id)
    WHERE batch_id IS NOT NULL AND NOT let_in AND status = 'queued';
"#;
