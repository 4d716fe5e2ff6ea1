//! What an audit must know to tell a fault from what an owner or operator may rightly
//! do: what was used when a cap was set, when schedules last ran, and since when events
//! are kept.

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
ALTER TABLE key_cap ADD COLUMN set_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE key_cap ADD COLUMN used_then BIGINT NOT NULL DEFAULT 0 CHECK (used_then >= 0);
UPDATE key_cap SET
    set_at = COALESCE((SELECT MAX(day_at) FROM key_spend s WHERE s.key_id = key_cap.key_id), 0),
    used_then = COALESCE((SELECT held + spent FROM key_spend s WHERE s.key_id = key_cap.key_id AND s.day_at = 0), 0);

ALTER TABLE event_sequence ADD COLUMN swept_before BIGINT NOT NULL DEFAULT 0;

CREATE TABLE schedule_run (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    began_at BIGINT NOT NULL
);
INSERT INTO schedule_run (id, began_at) VALUES (1, 0);
"#;
