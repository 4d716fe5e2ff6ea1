//! Mailed codes are too many to be guessed: tries are not counted any more, so that
//! nobody can use up those of a code that somebody else holds.

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
ALTER TABLE mailed_code DROP COLUMN tries_left;
"#;
