//! What waits for a mail relay, a payment processor or the file store waits in a lane of
//! its own, beside what needs the database alone.

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
UPDATE job SET lane = 'house.mail' WHERE lane = 'house' AND kind = 'mail.send';
UPDATE job SET lane = 'house.payments' WHERE lane = 'house' AND kind = 'purchase.refund';
UPDATE job SET lane = 'house.store' WHERE lane = 'house' AND kind = 'file.remove';
UPDATE job SET lane = 'house.data-rights' WHERE lane = 'house' AND kind = 'data_request.fulfil';
"#;
