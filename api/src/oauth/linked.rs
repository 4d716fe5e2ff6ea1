//! The providers that are linked to an account: found, listed, kept up to date,
//! taken away.

use entity::{AccountId, IdentityId, Timestamp, account, oauth_identity};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::flow::Proved;
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::auth::{Caller, is_fresh};

#[derive(Debug, thiserror::Error)]
pub enum UnlinkError {
    #[error("there is no such identity")]
    NotFound,
    #[error("the last proof of who it is is too old for this")]
    Stale,
    /// Nobody could get in any more.
    #[error("it is the only way into the account")]
    LastMethod,
    #[error(transparent)]
    Database(#[from] DbErr),
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    issuer: &str,
    subject: &str,
) -> Result<Option<oauth_identity::Model>, DbErr> {
    oauth_identity::Entity::find()
        .filter(oauth_identity::Column::Issuer.eq(issuer))
        .filter(oauth_identity::Column::Subject.eq(subject))
        .one(db)
        .await
}

/// An account's identities, oldest first: one a provider at most.
///
/// # Errors
/// What the database answers.
pub async fn list(
    db: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Vec<oauth_identity::Model>, DbErr> {
    oauth_identity::Entity::find()
        .filter(oauth_identity::Column::AccountId.eq(account.clone()))
        .order_by_asc(oauth_identity::Column::Id)
        .all(db)
        .await
}

/// Tells the owner of an account by mail that there is one more way in.
pub(super) async fn tell(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    proved: &Proved,
    now: Timestamp,
) -> Result<(), DbErr> {
    let owner = account::Entity::find_by_id(account.clone()).one(tx).await?;
    let provider = app.identities.find(&proved.provider);
    let Some((to, provider)) = owner.and_then(|owner| owner.email).zip(provider) else {
        return Ok(());
    };
    let text = Text::SignInAdded {
        at: now,
        provider: provider.display_name.clone(),
    };
    emails::post(tx, app, account, &to, &text, now).await
}

/// `None` when somebody was faster, or the account has another of this issuer.
pub(super) async fn insert(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    proved: &Proved,
    now: Timestamp,
) -> Result<Option<oauth_identity::Model>, DbErr> {
    let person = proved.person.clone();
    let row = oauth_identity::Model {
        id: IdentityId::new(now),
        account_id: account.clone(),
        provider: proved.provider.clone(),
        issuer: proved.issuer.clone(),
        subject: person.subject,
        email: person.email,
        name: person.name,
        avatar_url: person.avatar_url,
        created_at: now,
        last_used_at: now,
    };
    let inserted = oauth_identity::Entity::insert(oauth_identity::ActiveModel::from(row.clone()).reset_all())
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .exec_without_returning(tx)
        .await?;
    Ok((inserted == 1).then_some(row))
}

/// Notes a use, and what the provider says of the person today.
pub(super) async fn note_use(
    tx: &impl ConnectionTrait,
    id: &IdentityId,
    proved: &Proved,
    now: Timestamp,
) -> Result<(), DbErr> {
    use oauth_identity::Column;
    let person = proved.person.clone();
    oauth_identity::Entity::update_many()
        .col_expr(Column::Provider, Expr::value(proved.provider.clone()))
        .col_expr(Column::Email, Expr::value(person.email))
        .col_expr(Column::Name, Expr::value(person.name))
        .col_expr(Column::AvatarUrl, Expr::value(person.avatar_url))
        .col_expr(Column::LastUsedAt, Expr::value(now))
        .filter(Column::Id.eq(id.clone()))
        .exec(tx)
        .await?;
    Ok(())
}

/// The account, locked, while it is active.
pub(super) async fn lock(
    tx: &impl ConnectionTrait,
    account: &AccountId,
) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(tx)
        .await
}

/// Until when its owner can open a closed account again.
pub(super) async fn reopen_until(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    now: Timestamp,
) -> Result<Option<Timestamp>, DbErr> {
    let owner = account::Entity::find_by_id(account.clone()).one(tx).await?;
    Ok(owner
        .and_then(|owner| owner.reopen_until)
        .filter(|until| now < *until))
}

/// Takes an identity away from its account.
///
/// # Errors
/// When it is not the caller's, is the last way in, or the last proof old.
pub async fn unlink(app: &App, caller: &Caller, id: &IdentityId) -> Result<(), UnlinkError> {
    let session = caller.session.as_ref().ok_or(UnlinkError::NotFound)?;
    let tx = app.db.begin().await?;
    // Locked: of two that go at once, the second finds that it is the last.
    let owner = lock(&tx, &caller.account).await?.ok_or(UnlinkError::NotFound)?;
    let identities = list(&tx, &owner.id).await?;
    if !identities.iter().any(|identity| identity.id == *id) {
        return Err(UnlinkError::NotFound);
    }
    if !is_fresh(&tx, session, app.now()).await? {
        return Err(UnlinkError::Stale);
    }
    if owner.password_hash.is_none() && identities.len() == 1 {
        return Err(UnlinkError::LastMethod);
    }
    oauth_identity::Entity::delete_by_id(id.clone()).exec(&tx).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes all of them away: the account is being erased, and the same person may
/// come anew. Says how many there were.
///
/// # Errors
/// What the database answers.
pub async fn forget_all(tx: &impl ConnectionTrait, account: &AccountId) -> Result<u64, DbErr> {
    let deleted = oauth_identity::Entity::delete_many()
        .filter(oauth_identity::Column::AccountId.eq(account.clone()))
        .exec(tx)
        .await?;
    Ok(deleted.rows_affected)
}
