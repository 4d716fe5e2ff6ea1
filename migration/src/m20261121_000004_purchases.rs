//! Purchases of credits and what processors announced about them.

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
CREATE TABLE purchase (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    offer TEXT NOT NULL,
    processor TEXT NOT NULL,
    status TEXT NOT NULL
        CHECK (status IN ('pending', 'paid', 'failed', 'refunding', 'refunded', 'disputed')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    credits BIGINT NOT NULL CHECK (credits > 0),
    checkout_url TEXT,
    success_url TEXT NOT NULL,
    cancel_url TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    paid_at BIGINT,
    refunded_at BIGINT,
    CHECK ((status IN ('pending', 'failed')) = (paid_at IS NULL)),
    CHECK (status <> 'refunded' OR refunded_at IS NOT NULL)
);
CREATE INDEX purchase_by_account ON purchase (account_id, livemode, id);

CREATE TABLE payment_event (
    processor {id} NOT NULL,
    event_id {id} NOT NULL,
    account_id {id} NOT NULL,
    purchase_id {id} NOT NULL REFERENCES purchase (id),
    kind TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (processor, event_id)
);
CREATE INDEX payment_event_by_account ON payment_event (account_id, processor, event_id);
"#;
