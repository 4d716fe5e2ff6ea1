//! What limits how fast the jobs of one provider are begun.

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
CREATE TABLE lane (
    name {id} PRIMARY KEY,
    failures INTEGER NOT NULL CHECK (failures >= 0),
    closed_until BIGINT,
    closed_why TEXT CHECK (closed_why IN ('failing', 'asked_to_wait', 'quota_used_up')),
    probing_until BIGINT,
    minute BIGINT NOT NULL,
    minute_count BIGINT NOT NULL CHECK (minute_count >= 0),
    day BIGINT NOT NULL,
    day_count BIGINT NOT NULL CHECK (day_count >= 0)
);
"#;
