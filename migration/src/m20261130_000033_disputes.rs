//! A dispute is settled, won or lost; a purchase that nobody pays expires; and while
//! money goes back or is in dispute, the database lets nothing of it be spent.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::dialect::run;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let purchase = match manager.get_database_backend() {
            DbBackend::Postgres => PURCHASE,
            _ => PURCHASE_ANEW,
        };
        run(manager, purchase).await?;
        run(manager, FROZEN).await
    }
}

const PURCHASE: &str = r#"
ALTER TABLE purchase
    DROP CONSTRAINT purchase_status_check,
    DROP CONSTRAINT purchase_check,
    DROP CONSTRAINT purchase_check1,
    ADD CONSTRAINT purchase_status_check CHECK (status IN (
        'pending', 'paid', 'failed', 'expired', 'refunding', 'refunded', 'disputed', 'charged_back')),
    ADD CONSTRAINT purchase_paid_check
        CHECK ((status IN ('pending', 'failed', 'expired')) = (paid_at IS NULL)),
    ADD CONSTRAINT purchase_refunded_check
        CHECK (status NOT IN ('refunded', 'charged_back') OR refunded_at IS NOT NULL);
ALTER TABLE payment_event ADD COLUMN dispute TEXT;
CREATE INDEX payment_event_by_purchase ON payment_event (purchase_id);
"#;

/// SQLite changes no check of a table that is there.
const PURCHASE_ANEW: &str = r#"
BEGIN;
CREATE TABLE purchase_anew (
    id {id} PRIMARY KEY,
    account_id {id} NOT NULL REFERENCES account (id),
    livemode BOOLEAN NOT NULL,
    offer TEXT NOT NULL,
    processor TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN (
        'pending', 'paid', 'failed', 'expired', 'refunding', 'refunded', 'disputed', 'charged_back')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    credits BIGINT NOT NULL CHECK (credits > 0),
    checkout_url TEXT,
    success_url TEXT NOT NULL,
    cancel_url TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    paid_at BIGINT,
    refunded_at BIGINT,
    CHECK ((status IN ('pending', 'failed', 'expired')) = (paid_at IS NULL)),
    CHECK (status NOT IN ('refunded', 'charged_back') OR refunded_at IS NOT NULL)
);
CREATE TABLE payment_event_anew (
    processor {id} NOT NULL,
    event_id {id} NOT NULL,
    account_id {id} NOT NULL,
    purchase_id {id} NOT NULL REFERENCES purchase_anew (id),
    kind TEXT NOT NULL,
    dispute TEXT,
    received_at BIGINT NOT NULL,
    PRIMARY KEY (processor, event_id)
);
INSERT INTO purchase_anew (id, account_id, livemode, offer, processor, status, amount, currency, credits,
        checkout_url, success_url, cancel_url, created_at, paid_at, refunded_at)
    SELECT id, account_id, livemode, offer, processor, status, amount, currency, credits,
        checkout_url, success_url, cancel_url, created_at, paid_at, refunded_at FROM purchase;
INSERT INTO payment_event_anew (processor, event_id, account_id, purchase_id, kind, received_at)
    SELECT processor, event_id, account_id, purchase_id, kind, received_at FROM payment_event;
DROP TABLE payment_event;
DROP TABLE purchase;
ALTER TABLE purchase_anew RENAME TO purchase;
ALTER TABLE payment_event_anew RENAME TO payment_event;
CREATE INDEX purchase_by_account ON purchase (account_id, livemode, id);
CREATE INDEX payment_event_by_account ON payment_event (account_id, processor, event_id);
CREATE INDEX payment_event_by_purchase ON payment_event (purchase_id);
COMMIT;
"#;

const FROZEN: &str = r#"
ALTER TABLE credit_lot ADD COLUMN frozen_at BIGINT
    CHECK (frozen_at IS NULL OR (remaining = 0 AND purchase_id IS NOT NULL));
UPDATE credit_lot SET frozen_at = (
    SELECT COALESCE(purchase.refunded_at,
        (SELECT MIN(received_at) FROM payment_event e WHERE e.purchase_id = purchase.id AND e.kind = 'disputed'),
        purchase.paid_at)
    FROM purchase WHERE purchase.id = credit_lot.purchase_id
        AND purchase.status IN ('refunding', 'refunded', 'disputed'))
WHERE purchase_id IS NOT NULL AND remaining = 0;
CREATE INDEX ledger_entry_by_purchase ON ledger_entry (purchase_id) WHERE purchase_id IS NOT NULL;
"#;
