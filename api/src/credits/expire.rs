//! Credits past their time expire, even those of an account that spends nothing.

use entity::{AccountId, Timestamp};
use sea_orm::{DbErr, FromQueryResult};

use super::books::{Books, Owner};
use crate::db::{self, Db};

/// Accounts done in one transaction.
const BATCH: i64 = 100;

#[derive(FromQueryResult)]
struct Due {
    account_id: AccountId,
    livemode: bool,
}

/// Expires every lot that is due.
///
/// # Errors
/// What the database answers.
pub async fn expire_due(db: &Db, now: Timestamp) -> Result<(), DbErr> {
    loop {
        let sql = "SELECT DISTINCT account_id, livemode FROM credit_lot
                   WHERE remaining > 0 AND expires_at <= $1 LIMIT $2";
        let due: Vec<Due> = db::query(db.read(), sql, vec![now.into(), BATCH.into()]).await?;
        if due.is_empty() {
            return Ok(());
        }
        let owners: Vec<Owner> = due
            .into_iter()
            .map(|due| Owner {
                account: due.account_id,
                livemode: due.livemode,
            })
            .collect();
        let tx = db.begin().await?;
        Books::open(&tx, &owners, now).await?.close(&tx).await?;
        tx.commit().await?;
    }
}
