//! Confirming a request with its mailed code, or taking it back before that.

use std::time::Duration;

use entity::data_request::{self, Right, Status};
use entity::mailed_code::Purpose;
use entity::{AccountId, DataRequestId, account};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};

use super::{active, fulfil, receipt, told};
use crate::accounts::codes::{self, CodeInvalid};
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::auth::Caller;
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::jobs::{self, NewJob};
use crate::signals::Signal;

pub const VERIFY: &str = "data_rights.verify";
pub const WITHDRAW: &str = "data_rights.withdraw";

/// So that the last mail is claimed before the erasure that waits for it.
const AFTER_THE_MAIL: Duration = Duration::from_millis(1);

#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error("there is no such request")]
    NotFound,
    #[error("it does not wait to be confirmed")]
    NotWaiting(Status),
    #[error(transparent)]
    CodeInvalid(#[from] CodeInvalid),
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<KeyReused> for VerifyError {
    fn from(_: KeyReused) -> Self {
        Self::KeyReused
    }
}

/// Taking a request back fails as confirming it does, but for the code.
pub type WithdrawError = VerifyError;

/// The row as it is now, and whether the request was answered before.
pub type Moved = (data_request::Model, bool);

/// Takes the code and has the request fulfilled.
///
/// # Errors
/// When it is not the caller's, does not wait for a code, or the code is wrong.
pub async fn verify(
    app: &App,
    caller: &Caller,
    id: &DataRequestId,
    code: &str,
    place: Option<&Place<'_>>,
) -> Result<Moved, VerifyError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    let owner = active(&tx, &caller.account).await?.ok_or(VerifyError::NotFound)?;
    let row = match begin(&tx, app, caller, id, place).await? {
        Begun::Before(row) => return Ok((row, true)),
        Begun::Waiting(row) => row,
    };
    codes::redeem(&tx, &app.secrets, Purpose::DataRequest, id.as_str(), code, now).await??;
    remember(&tx, app, id, place).await?;
    data_request::Entity::update_many()
        .col_expr(data_request::Column::Status, Expr::value(Status::InProgress))
        .col_expr(data_request::Column::VerifiedAt, Expr::value(now))
        .filter(data_request::Column::Id.eq(id.clone()))
        .exec(&tx)
        .await?;
    if row.kind == Right::Access {
        // An erasure has a last mail of its own.
        told::tell(&tx, app, &row, Status::InProgress, now).await?;
    }
    enqueue(&tx, app, &row, owner).await?;
    let row = load(&tx, caller, id).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok((row, false))
}

/// Has a request fulfilled that was confirmed.
pub(super) async fn enqueue(
    tx: &impl ConnectionTrait,
    app: &App,
    row: &data_request::Model,
    owner: account::Model,
) -> Result<(), DbErr> {
    let now = app.now();
    if let (Right::Erasure, Some(address)) = (row.kind, &owner.email) {
        let text = Text::ErasureBegun {
            receipt: receipt::link(app, &row.id),
        };
        emails::post(tx, app, &owner.id, address, &text, now).await?;
    }
    // An erasure deletes the account's jobs, but for its own.
    let account_id: Option<AccountId> = (row.kind != Right::Erasure).then_some(owner.id);
    let job = NewJob {
        kind: fulfil::KIND,
        subject: row.id.to_string(),
        account_id,
        lane: jobs::DATA_RIGHTS.to_owned(),
        run_at: now.plus(AFTER_THE_MAIL),
        deadline_at: None,
    };
    jobs::enqueue(tx, vec![job], now).await
}

/// Takes a request back that was not confirmed yet.
///
/// # Errors
/// When it is not the caller's, or was confirmed or ended before.
pub async fn withdraw(
    app: &App,
    caller: &Caller,
    id: &DataRequestId,
    place: Option<&Place<'_>>,
) -> Result<Moved, WithdrawError> {
    let now = app.now();
    let tx = app.db.begin().await?;
    active(&tx, &caller.account).await?.ok_or(VerifyError::NotFound)?;
    if let Begun::Before(row) = begin(&tx, app, caller, id, place).await? {
        return Ok((row, true));
    }
    remember(&tx, app, id, place).await?;
    data_request::Entity::update_many()
        .col_expr(data_request::Column::Status, Expr::value(Status::Withdrawn))
        .col_expr(data_request::Column::EndedAt, Expr::value(now))
        .filter(data_request::Column::Id.eq(id.clone()))
        .exec(&tx)
        .await?;
    codes::void(&tx, Purpose::DataRequest, id.as_str(), now).await?;
    let row = load(&tx, caller, id).await?;
    told::tell(&tx, app, &row, row.status, now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok((row, false))
}

enum Begun {
    Before(data_request::Model),
    Waiting(data_request::Model),
}

/// Locks the request; finds out whether this was answered before, or can be done.
async fn begin(
    tx: &impl ConnectionTrait,
    app: &App,
    caller: &Caller,
    id: &DataRequestId,
    place: Option<&Place<'_>>,
) -> Result<Begun, VerifyError> {
    let row = load(tx, caller, id).await?;
    if let Some(place) = place
        && idempotency::recall(tx, place, app.now()).await??.is_some()
    {
        return Ok(Begun::Before(row));
    }
    match row.status {
        Status::AwaitingVerification => Ok(Begun::Waiting(row)),
        status => Err(VerifyError::NotWaiting(status)),
    }
}

async fn load(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    id: &DataRequestId,
) -> Result<data_request::Model, VerifyError> {
    data_request::Entity::of(&caller.account, caller.livemode)
        .filter(data_request::Column::Id.eq(id.clone()))
        .lock_exclusive()
        .one(tx)
        .await?
        .ok_or(VerifyError::NotFound)
}

async fn remember(
    tx: &impl ConnectionTrait,
    app: &App,
    id: &DataRequestId,
    place: Option<&Place<'_>>,
) -> Result<(), VerifyError> {
    let Some(place) = place else { return Ok(()) };
    let answer = Answer {
        status: 200,
        resource: id.to_string(),
        sealed: None,
    };
    // Two with one key wait for each other at the request's lock; a key that is
    // taken all the same belongs to another request.
    match idempotency::remember(tx, place, answer, app.now()).await? {
        true => Ok(()),
        false => Err(VerifyError::KeyReused),
    }
}
