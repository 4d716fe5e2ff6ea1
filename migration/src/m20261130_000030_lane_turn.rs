//! How far a lane has come is written down. It was read from what waits, so a job that
//! was put off, with a turn of long ago, held it back, and a lane that ran empty began
//! anew.

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
CREATE TABLE lane_turn (
    lane {id} PRIMARY KEY,
    served BIGINT NOT NULL
);
INSERT INTO lane_turn (lane, served)
    SELECT lane, COALESCE(
        MAX(CASE WHEN lease_token IS NOT NULL OR run_at > created_at THEN turn END),
        MIN(turn) - 1
    ) FROM job WHERE turn > 0 GROUP BY lane;
"#;
