//! What waits in the queue is found by an index of its own, whatever the planner
//! believes about the table; and jobs know the moment after which nobody wants them.

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
ALTER TABLE job ADD COLUMN deadline_at BIGINT;
DROP INDEX job_by_turn;
CREATE INDEX job_waiting ON job (lane, turn, id) WHERE lease_token IS NULL;
"#;
