//! A new account's wallets, one a mode, with the credits that it starts with.

use entity::credit_lot::{self, Source};
use entity::{AccountId, Credits, Timestamp, wallet};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::books::{Books, Owner};
use super::grants::NewLot;
use crate::config::CreditSettings;
use crate::db::Db;

/// Why an account has the credits that it starts with.
const WELCOME: &str = "welcome";

/// Opens both wallets in the transaction that makes the account, with these test and live
/// credits.
///
/// # Errors
/// What the database answers.
pub async fn open_wallets(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    now: Timestamp,
    settings: &CreditSettings,
    grants: [Credits; 2],
) -> Result<(), DbErr> {
    let owners = [false, true].map(|livemode| Owner {
        account: account.clone(),
        livemode,
    });
    let rows = owners.clone().map(|owner| wallet::ActiveModel {
        account_id: Set(owner.account),
        livemode: Set(owner.livemode),
        issued: Set(Credits::ZERO),
        available: Set(Credits::ZERO),
        held: Set(Credits::ZERO),
        spent: Set(Credits::ZERO),
        expired: Set(Credits::ZERO),
        in_flight: Set(0),
        low_below: Set(settings.low_balance),
        low_told_at: Set(None),
        updated_at: Set(now),
    });
    wallet::Entity::insert_many(rows)
        .exec_without_returning(tx)
        .await?;
    let mut books = Books::open(tx, &owners, now).await?;
    for (owner, amount) in owners.iter().zip(grants) {
        if amount.is_positive() {
            let reason = WELCOME.to_owned();
            books.grant(
                owner,
                NewLot {
                    amount,
                    priority: 0,
                    purchase: None,
                    reason,
                    expires_at: None,
                },
            );
        }
    }
    books.close(tx).await
}

/// The live credits that an account started with; `None` when it had none.
///
/// # Errors
/// What the database answers.
pub async fn welcome(
    tx: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Option<credit_lot::Model>, DbErr> {
    use credit_lot::Column;
    credit_lot::Entity::find()
        .filter(Column::AccountId.eq(account.clone()))
        .filter(Column::Livemode.eq(true))
        .filter(Column::Source.eq(Source::Grant))
        .filter(Column::Reason.eq(WELCOME))
        .order_by_asc(Column::Id)
        .limit(1)
        .one(tx)
        .await
}

/// Wallets that one transaction changes.
const SOME: u64 = 500;

/// Has every wallet watched from the threshold on that is configured now, a few at a
/// time: others admit meanwhile. Cheap when it is the same.
///
/// # Errors
/// What the database answers.
pub async fn watch(db: &Db, threshold: Credits) -> Result<(), DbErr> {
    while watch_some(db, threshold).await? {}
    Ok(())
}

async fn watch_some(db: &Db, threshold: Credits) -> Result<bool, DbErr> {
    use wallet::Column;
    let others = || wallet::Entity::find().filter(Column::LowBelow.ne(threshold));
    if others().limit(1).one(db.read()).await?.is_none() {
        return Ok(false);
    }
    let tx = db.begin().await?;
    // Locked in the order of the books, so that nobody waits in a circle.
    let some = others()
        .order_by_asc(Column::AccountId)
        .order_by_asc(Column::Livemode)
        .limit(SOME)
        .lock_exclusive()
        .all(&tx)
        .await?;
    let accounts = some.into_iter().map(|wallet| wallet.account_id);
    wallet::Entity::update_many()
        .col_expr(Column::LowBelow, Expr::value(threshold))
        .filter(Column::LowBelow.ne(threshold))
        .filter(Column::AccountId.is_in(accounts))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(true)
}

/// What an owner can spend now.
///
/// # Errors
/// What the database answers.
pub async fn available(connection: &impl ConnectionTrait, owner: &Owner) -> Result<Credits, DbErr> {
    let wallet = wallet::Entity::find_by_id((owner.account.clone(), owner.livemode))
        .one(connection)
        .await?;
    Ok(wallet.map_or(Credits::ZERO, |wallet| wallet.available))
}
