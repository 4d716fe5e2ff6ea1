//! Wallets, lots and the ledger. The database itself keeps the books closed.

use sea_orm_migration::prelude::*;

use crate::dialect::{refuse, refuse_truncate, run};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        run(manager, TABLES).await?;
        refuse(
            manager,
            "ledger_entry",
            "UPDATE",
            "OLD.seq IS NOT NULL",
            APPEND_ONLY,
        )
        .await?;
        refuse(
            manager,
            "ledger_entry",
            "DELETE",
            "OLD.seq IS NOT NULL",
            APPEND_ONLY,
        )
        .await?;
        refuse_truncate(manager, "ledger_entry", APPEND_ONLY).await
    }
}

const TABLES: &str = r#"
CREATE TABLE wallet (
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    issued BIGINT NOT NULL CHECK (issued >= 0),
    available BIGINT NOT NULL CHECK (available >= 0),
    held BIGINT NOT NULL CHECK (held >= 0),
    spent BIGINT NOT NULL CHECK (spent >= 0),
    expired BIGINT NOT NULL CHECK (expired >= 0),
    in_flight BIGINT NOT NULL CHECK (in_flight >= 0),
    low_below BIGINT NOT NULL CHECK (low_below >= 0),
    low_told_at BIGINT,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, livemode),
    CHECK (issued = available + held + spent + expired)
);

CREATE TABLE credit_lot (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL,
    livemode BOOLEAN NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('grant', 'purchase')),
    priority INTEGER NOT NULL,
    granted BIGINT NOT NULL CHECK (granted > 0),
    remaining BIGINT NOT NULL CHECK (remaining >= 0),
    held BIGINT NOT NULL CHECK (held >= 0),
    spent BIGINT NOT NULL CHECK (spent >= 0),
    expired BIGINT NOT NULL CHECK (expired >= 0),
    refunded BIGINT NOT NULL CHECK (refunded >= 0),
    purchase_id {id} UNIQUE,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    CHECK (granted = remaining + held + spent + expired + refunded),
    CHECK ((source = 'purchase') = (purchase_id IS NOT NULL)),
    FOREIGN KEY (account_id, livemode) REFERENCES wallet (account_id, livemode)
);
CREATE INDEX credit_lot_by_account ON credit_lot (account_id, livemode, id);
CREATE INDEX credit_lot_unspent ON credit_lot (account_id, livemode, priority) WHERE remaining > 0;
CREATE INDEX credit_lot_expiring ON credit_lot (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;

CREATE TABLE ledger_entry (
    seq {serial},
    id {id} NOT NULL UNIQUE,
    account_id {id} NOT NULL,
    livemode BOOLEAN NOT NULL,
    kind TEXT NOT NULL,
    source TEXT NOT NULL,
    destination TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    available_after BIGINT NOT NULL CHECK (available_after >= 0),
    held_after BIGINT NOT NULL CHECK (held_after >= 0),
    generation_id {id},
    batch_id {id},
    purchase_id {id},
    lot_id {id},
    created_at BIGINT NOT NULL,
    CHECK (
        (kind IN ('grant', 'purchase') AND source = 'issued' AND destination = 'available')
        OR (kind = 'hold' AND source = 'available' AND destination = 'held')
        OR (kind = 'capture' AND source = 'held' AND destination = 'spent')
        OR (kind = 'release' AND source = 'held' AND destination = 'available')
        OR (kind = 'refund' AND source = 'available' AND destination = 'issued')
        OR (kind = 'expire' AND source = 'available' AND destination = 'expired')
        OR (kind = 'adjust' AND source = 'issued' AND destination = 'available')
        OR (kind = 'adjust' AND source = 'available' AND destination = 'issued')
    ),
    CHECK (kind <> 'hold' OR (generation_id IS NULL) <> (batch_id IS NULL)),
    CHECK (kind NOT IN ('capture', 'release') OR generation_id IS NOT NULL),
    CHECK (kind NOT IN ('purchase', 'refund') OR purchase_id IS NOT NULL),
    CHECK (kind NOT IN ('grant', 'purchase', 'refund', 'expire', 'adjust') OR lot_id IS NOT NULL)
);
CREATE INDEX ledger_entry_by_account ON ledger_entry (account_id, livemode, seq);
CREATE UNIQUE INDEX ledger_entry_one_hold ON ledger_entry (generation_id) WHERE kind = 'hold';
CREATE UNIQUE INDEX ledger_entry_one_batch_hold ON ledger_entry (batch_id) WHERE kind = 'hold';
CREATE UNIQUE INDEX ledger_entry_one_capture ON ledger_entry (generation_id) WHERE kind = 'capture';
CREATE UNIQUE INDEX ledger_entry_one_release ON ledger_entry (generation_id) WHERE kind = 'release';
CREATE UNIQUE INDEX ledger_entry_one_purchase ON ledger_entry (purchase_id) WHERE kind = 'purchase';
"#;

const APPEND_ONLY: &str = "the ledger is append-only: write a new entry instead";
