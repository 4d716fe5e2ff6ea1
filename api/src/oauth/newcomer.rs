//! Whose account somebody gets who comes with a provider for the first time.
//!
//! | Their address | What happens |
//! |---|---|
//! | is not vouched for | nothing: it must be proved by a mailed code first |
//! | is nobody's | a new account |
//! | is an account's that never proved it | theirs now; the password set by whoever typed the address goes, with all sessions |
//! | is an account's that proved it, and has a password alone | linked |
//! | is an account's that has a provider already | nothing: it may be somebody else, who has the address now |

use entity::mailed_code::Purpose;
use entity::{AccountId, Timestamp, account, session};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::linked;
use crate::accounts::{self, Address, Agreed, agreed, codes};
use crate::app::App;
use crate::identity::Person;

/// Why a newcomer is not let in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("the provider vouches for no mail address")]
    EmailUnverified,
    /// With the ways in that the account has.
    #[error("the address has an account with another way in")]
    UseOtherMethod(Vec<String>),
    /// Told to nobody but who is linked to the account, and while it can be opened again.
    #[error("the account is closed")]
    Closed { reopen_until: Option<Timestamp> },
}

/// The account that a newcomer gets, and what ended by that.
pub(super) struct Welcomed {
    pub account: AccountId,
    /// Sessions that are over.
    pub ended: Vec<String>,
    /// Whether somebody used it before, who is to be told.
    pub known: bool,
}

/// `None` when the world changed meanwhile: look again.
pub(super) async fn welcome(
    tx: &impl ConnectionTrait,
    app: &App,
    person: &Person,
    now: Timestamp,
) -> Result<Result<Option<Welcomed>, Refused>, DbErr> {
    let address: Option<Address> = person.email.as_deref().and_then(|email| email.parse().ok());
    let Some(address) = address else {
        return Ok(Err(Refused::EmailUnverified));
    };
    let owner = account::Entity::find()
        .filter(account::Column::EmailKey.eq(address.key()))
        .lock_exclusive()
        .one(tx)
        .await?;
    let Some(owner) = owner else {
        // Nobody asked them on the way: what is owed, they are asked before they may act.
        let Some(account) = accounts::open(tx, app, &address, None, &Agreed::default(), now).await? else {
            return Ok(Ok(None));
        };
        confirm(tx, &account, &address, now).await?;
        return Ok(Ok(Some(Welcomed {
            account,
            ended: Vec::new(),
            known: false,
        })));
    };
    if owner.status != account::Status::Active {
        return Ok(Err(Refused::Closed { reopen_until: None }));
    }
    if owner.email_verified_at.is_none() {
        let ended = take_over(tx, &owner.id, &address, now).await?;
        return Ok(Ok(Some(Welcomed {
            account: owner.id,
            ended,
            known: false,
        })));
    }
    let identities = linked::list(tx, &owner.id).await?;
    if owner.password_hash.is_none() || !identities.is_empty() {
        let password = owner.password_hash.map(|_| "password".to_owned());
        let providers = identities.into_iter().map(|identity| identity.provider);
        return Ok(Err(Refused::UseOtherMethod(providers.chain(password).collect())));
    }
    Ok(Ok(Some(Welcomed {
        account: owner.id,
        ended: Vec::new(),
        known: true,
    })))
}

/// Whoever prepared the account keeps no key to it.
async fn take_over(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    address: &Address,
    now: Timestamp,
) -> Result<Vec<String>, DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, Expr::value(Option::<String>::None))
        .filter(account::Column::Id.eq(account.clone()))
        .exec(tx)
        .await?;
    agreed::forget(tx, account).await?;
    codes::void(tx, Purpose::VerifyEmail, account.as_str(), now).await?;
    linked::forget_all(tx, account).await?;
    accounts::totp::forget(tx, account).await?;
    let open = session::Entity::find()
        .select_only()
        .column(session::Column::Id)
        .filter(session::Column::AccountId.eq(account.clone()))
        .filter(session::Column::EndedAt.is_null());
    let ended = open.into_tuple().all(tx).await?;
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(Some(now)))
        .filter(session::Column::AccountId.eq(account.clone()))
        .filter(session::Column::EndedAt.is_null())
        .exec(tx)
        .await?;
    confirm(tx, account, address, now).await?;
    Ok(ended)
}

async fn confirm(
    tx: &impl ConnectionTrait,
    account: &AccountId,
    address: &Address,
    now: Timestamp,
) -> Result<(), DbErr> {
    account::Entity::update_many()
        .col_expr(account::Column::Email, Expr::value(address.as_str()))
        .col_expr(account::Column::EmailVerifiedAt, Expr::value(Some(now)))
        .filter(account::Column::Id.eq(account.clone()))
        .exec(tx)
        .await?;
    Ok(())
}
