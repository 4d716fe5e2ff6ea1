//! A refund returns the price of the credits that are left.

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
ALTER TABLE purchase ADD COLUMN refund_amount BIGINT
    CHECK (refund_amount IS NULL OR (refund_amount > 0 AND refund_amount <= amount));
UPDATE purchase SET refund_amount = amount WHERE status IN ('refunding', 'refunded', 'charged_back');
"#;
