//! Every key names the key that made it, so that those that a leaked one made can be
//! found; and the keys that one made are found by an index.

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

/// Of several that stand behind a key, the one that was made last made it: ids sort by
/// their time. Who made the others was not written down.
const CHANGES: &str = r#"
ALTER TABLE api_key ADD COLUMN created_by {id};
UPDATE api_key
    SET created_by = (SELECT MAX(ancestor_id) FROM key_ancestor WHERE key_ancestor.key_id = api_key.id)
    WHERE id IN (SELECT key_id FROM key_ancestor);
CREATE INDEX key_ancestor_by_ancestor ON key_ancestor (ancestor_id, key_id);
"#;
