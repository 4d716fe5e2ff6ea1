//! What happened, for whoever wants to be told.

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
CREATE TABLE event (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    kind {id} NOT NULL,
    subject {id} NOT NULL,
    data {json} NOT NULL,
    webhook_url TEXT,
    created_at BIGINT NOT NULL,
    seq BIGINT UNIQUE
);
CREATE INDEX event_by_account ON event (account_id, livemode, id);
CREATE INDEX event_by_seq ON event (account_id, livemode, seq);
CREATE INDEX event_by_kind ON event (account_id, livemode, kind, id);
CREATE INDEX event_by_kind_and_seq ON event (account_id, livemode, kind, seq);
CREATE INDEX event_by_subject ON event (subject, id);
CREATE INDEX event_without_seq ON event (id) WHERE seq IS NULL;
CREATE INDEX event_by_age ON event (created_at);
"#;
