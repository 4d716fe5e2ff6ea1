//! The secret that signs what is sent to the addresses that requests bring along:
//! one an account and mode. It can be read at any time, since nobody made it.

use std::time::Duration;

use entity::{Timestamp, webhook_secret};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::create::EndpointError;
use super::open::{stays_open, stays_unerased};
use super::secret::{open, seal};
use super::sign::new_secret;
use crate::app::App;
use crate::credits::Owner;
use crate::http::idempotency::{self, Answer, Place};

pub const ROTATE: &str = "webhook_endpoints.rotate_default_secret";

/// As it is shown.
#[derive(Debug, Clone)]
pub struct Shown {
    pub secret: String,
    pub old_secret_until: Option<Timestamp>,
    /// The idempotency key was used for the same request before.
    pub replayed: bool,
}

/// The secret as it is, made when it is first wanted.
///
/// # Errors
/// What the database answers.
pub async fn show(app: &App, owner: &Owner) -> Result<Shown, DbErr> {
    let row = load(app, owner).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound(owner.account.to_string()))?;
    Ok(Shown {
        secret: open(&app.secrets, &row.secret).unwrap_or_default(),
        old_secret_until: row.old_secret_until,
        replayed: false,
    })
}

/// Sees to it that there is a secret to sign with, unless the account was erased.
///
/// # Errors
/// What the database answers.
pub async fn make_if_wanted(app: &App, owner: &Owner) -> Result<(), DbErr> {
    load(app, owner).await.map(drop)
}

/// Gives the account another secret; the old one signs besides for as long as `grace`.
///
/// # Errors
/// When the account is closed.
pub async fn rotate(
    app: &App,
    owner: &Owner,
    grace: Duration,
    place: Option<&Place<'_>>,
) -> Result<Shown, EndpointError> {
    use webhook_secret::Column;
    let now = app.now();
    let tx = app.db.begin().await?;
    if !stays_open(&tx, &owner.account).await? {
        return Err(EndpointError::AccountGone);
    }
    insert(&tx, app, owner).await?;
    let row = find(owner).lock_exclusive().one(&tx).await?;
    let row = row.ok_or(EndpointError::AccountGone)?;
    let secret = new_secret();
    let sealed = seal(&app.secrets, &secret);
    if let Some(place) = place {
        let answer = Answer {
            status: 200,
            resource: owner.account.to_string(),
            sealed: Some(sealed.clone()),
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            let answer = idempotency::recall(&tx, place, now).await??;
            let sealed = answer.and_then(|answer| answer.sealed);
            let secret = sealed.and_then(|sealed| open(&app.secrets, &sealed));
            return Ok(Shown {
                secret: secret.ok_or(EndpointError::SecretGone)?,
                old_secret_until: row.old_secret_until,
                replayed: true,
            });
        }
    }
    let until = now.plus(grace);
    webhook_secret::Entity::update_many()
        .col_expr(Column::Secret, Expr::value(sealed))
        .col_expr(Column::OldSecret, Expr::value(Some(row.secret)))
        .col_expr(Column::OldSecretUntil, Expr::value(Some(until)))
        .filter(Column::AccountId.eq(owner.account.clone()))
        .filter(Column::Livemode.eq(owner.livemode))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(Shown {
        secret,
        old_secret_until: Some(until),
        replayed: false,
    })
}

async fn load(app: &App, owner: &Owner) -> Result<Option<webhook_secret::Model>, DbErr> {
    if let Some(row) = find(owner).one(app.db.read()).await? {
        return Ok(Some(row));
    }
    let tx = app.db.begin().await?;
    if !stays_unerased(&tx, &owner.account).await? {
        return Ok(None);
    }
    insert(&tx, app, owner).await?;
    // Of two that were made at once, the one that stayed.
    let row = find(owner).one(&tx).await?;
    tx.commit().await?;
    Ok(row)
}

fn find(owner: &Owner) -> sea_orm::Select<webhook_secret::Entity> {
    webhook_secret::Entity::find_by_id((owner.account.clone(), owner.livemode))
}

/// Makes a secret where there is none.
async fn insert(db: &impl ConnectionTrait, app: &App, owner: &Owner) -> Result<(), DbErr> {
    let row = webhook_secret::ActiveModel {
        account_id: Set(owner.account.clone()),
        livemode: Set(owner.livemode),
        secret: Set(seal(&app.secrets, &new_secret())),
        old_secret: Set(None),
        old_secret_until: Set(None),
        created_at: Set(app.now()),
    };
    let existing = OnConflict::columns([
        webhook_secret::Column::AccountId,
        webhook_secret::Column::Livemode,
    ])
    .do_nothing()
    .to_owned();
    webhook_secret::Entity::insert(row)
        .on_conflict(existing)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
