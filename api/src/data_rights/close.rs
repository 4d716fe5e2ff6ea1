//! The door is closed: in one transaction nothing of the account lets anyone in,
//! nothing of it can be spent, and its address is gone.
//!
//! It holds the wallets while it does so. An admission has them locked too, and
//! looks at the key or the account afterwards: it comes before, and is undone by
//! what follows, or finds the door closed.

use entity::data_request::{self, Status};
use entity::{AccountId, Timestamp, account, api_key, session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::tally::{self, Done};
use crate::accounts::welcome;
use crate::app::App;
use crate::auth::look_again;
use crate::credits::{Books, Owner};
use crate::oauth;
use crate::signals::Signal;

/// Closes the account's door; a second time changes nothing.
///
/// # Errors
/// What the database answers.
pub async fn close(app: &App, request: &data_request::Model) -> Result<(), DbErr> {
    let now = app.now();
    let account = &request.account_id;
    let owners = Owner::both(account);
    let tx = app.db.begin().await?;
    let mut books = Books::open(&tx, &owners, now).await?;
    let open = account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.ne(account::Status::Erased))
        .lock_exclusive()
        .one(&tx)
        .await?;
    let Some(owner) = open else { return Ok(()) };
    if let Some(email_key) = &owner.email_key
        && welcome::remember_erased(&tx, app, account, email_key, now).await?
    {
        let why = Some("a keyed hash of the address, for a time: welcome credits come once to an address");
        tally::count(&tx, &request.id, Done::Kept, "welcomed_address", 1, why).await?;
    }
    let lots: usize = owners.iter().map(|owner| books.expire(owner, |_| true)).sum();
    let keys = revoke_keys(&tx, account, now).await?;
    let sessions = end_sessions(&tx, account).await?;
    let identities = oauth::forget_all(&tx, account).await?;
    account::Entity::update_many()
        .col_expr(account::Column::Status, Expr::value(account::Status::Erased))
        .col_expr(account::Column::ErasedAt, Expr::value(now))
        .col_expr(account::Column::Email, Expr::value(Option::<String>::None))
        .col_expr(account::Column::EmailKey, Expr::value(Option::<String>::None))
        .col_expr(account::Column::PasswordHash, Expr::value(Option::<String>::None))
        .col_expr(account::Column::DisplayName, Expr::value(Option::<String>::None))
        .col_expr(account::Column::Language, Expr::value(Option::<String>::None))
        .col_expr(account::Column::ClosedAt, Expr::value(Option::<Timestamp>::None))
        .col_expr(
            account::Column::ReopenUntil,
            Expr::value(Option::<Timestamp>::None),
        )
        .col_expr(account::Column::EraseAt, Expr::value(Option::<Timestamp>::None))
        .filter(account::Column::Id.eq(account.clone()))
        .exec(&tx)
        .await?;
    end_others(&tx, request, now).await?;
    books.close(&tx).await?;
    for (done, table, count) in [
        (Done::Ended, "api_key", keys.len()),
        (Done::Deleted, "session", sessions.len()),
        (
            Done::Deleted,
            "oauth_identity",
            usize::try_from(identities).unwrap_or_default(),
        ),
        (Done::Ended, "credit_lot", lots),
    ] {
        tally::count(&tx, &request.id, done, table, count as u64, None).await?;
    }
    tx.commit().await?;
    for key in &keys {
        look_again(app, key);
    }
    for session in sessions {
        app.signals.tell(Signal::Revoked(session));
    }
    Ok(())
}

async fn revoke_keys(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    now: Timestamp,
) -> Result<Vec<api_key::Model>, DbErr> {
    use api_key::Column;
    let good = Condition::all()
        .add(Column::AccountId.eq(account.clone()))
        .add(Column::RevokedAt.is_null());
    let keys = api_key::Entity::find().filter(good.clone()).all(tx).await?;
    api_key::Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::value(now))
        .filter(good)
        .exec(tx)
        .await?;
    Ok(keys)
}

async fn end_sessions(tx: &impl ConnectionTrait, account: &AccountId) -> Result<Vec<String>, DbErr> {
    use session::Column;
    let ids = session::Entity::find()
        .select_only()
        .column(Column::Id)
        .filter(Column::AccountId.eq(account.clone()))
        .into_tuple()
        .all(tx)
        .await?;
    session::Entity::delete_many()
        .filter(Column::AccountId.eq(account.clone()))
        .exec(tx)
        .await?;
    Ok(ids)
}

/// What else was asked for can't be done any more.
async fn end_others(
    tx: &impl ConnectionTrait,
    request: &data_request::Model,
    now: Timestamp,
) -> Result<(), DbErr> {
    use data_request::Column;
    // The archives are files of the account, which go.
    data_request::Entity::update_many()
        .col_expr(Column::ArchiveId, Expr::value(Option::<String>::None))
        .filter(Column::AccountId.eq(request.account_id.clone()))
        .exec(tx)
        .await?;
    data_request::Entity::update_many()
        .col_expr(Column::Status, Expr::value(Status::Withdrawn))
        .col_expr(Column::EndedAt, Expr::value(now))
        .filter(Column::AccountId.eq(request.account_id.clone()))
        .filter(Column::Id.ne(request.id.clone()))
        .filter(Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    Ok(())
}
