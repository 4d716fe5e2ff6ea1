//! Completes the sign-up of somebody who came with another provider, and takes
//! what people say to a later version of the policy.

use entity::ledger_entry::{self, Kind};
use entity::{account, session};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::agreed::{AgreeError, Said, agree};
use super::close;
use crate::app::App;
use crate::auth::{Caller, Requirement, pending};
use crate::credits::{Books, Owner};
use crate::signals::Signal;

#[derive(Debug, thiserror::Error)]
pub enum CompleteError {
    #[error("a key can't speak for a person")]
    NoSession,
    #[error(transparent)]
    Agree(#[from] AgreeError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Takes what somebody said, all that is owed at once.
///
/// # Errors
/// When something is missing, or the person is too young: then a newcomer's
/// account is closed for good, and erased.
pub async fn complete(app: &App, caller: &Caller, said: &Said) -> Result<account::Model, CompleteError> {
    let own = caller.session.as_ref().ok_or(CompleteError::NoSession)?;
    let now = app.now();
    let tx = app.db.begin().await?;
    // It may close the account: what is being admitted comes before.
    let _books = Books::open(&tx, &Owner::both(&caller.account), now).await?;
    let find = || account::Entity::find_by_id(caller.account.clone());
    let owner = find()
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(CompleteError::NoSession)?;
    let mut wanted = pending(&app.config, &owner);
    if said.accepted_policy.is_some() && !wanted.contains(&Requirement::Policy) {
        wanted.push(Requirement::Policy);
    }
    let agreed = match agree(&app.config, &wanted, said, now) {
        Ok(agreed) => agreed,
        Err(AgreeError::TooYoung { minimum }) if is_new(&tx, &owner).await? => {
            let ended = close::shut(&tx, &owner, now, now, Some(now)).await?;
            tx.commit().await?;
            close::tell(app, ended);
            return Err(AgreeError::TooYoung { minimum }.into());
        }
        Err(error) => return Err(error.into()),
    };
    agreed.write(&tx, &owner.id, now).await?;
    let open = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::AccountId.eq(owner.id.clone()))
        .filter(session::Column::EndedAt.is_null());
    let sessions: Vec<String> = open.into_tuple().all(&tx).await?;
    let owner = find().one(&tx).await?.ok_or(CompleteError::NoSession)?;
    tx.commit().await?;
    tracing::debug!(session = %own, "a sign-up is complete");
    for session in sessions {
        // Looked up anew, it may act.
        app.signals.tell(Signal::Revoked(session));
    }
    Ok(owner)
}

/// Whether an account never did anything: nobody loses anything with it.
async fn is_new(tx: &impl sea_orm::ConnectionTrait, owner: &account::Model) -> Result<bool, DbErr> {
    let done = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::AccountId.eq(owner.id.clone()))
        .filter(ledger_entry::Column::Kind.ne(Kind::Grant))
        .limit(1)
        .one(tx)
        .await?;
    Ok(done.is_none() && owner.policy_accepted.is_none())
}
