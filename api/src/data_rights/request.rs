//! A new request: written down, and a code mailed to the account's address.
//!
//! Credentials alone move nothing here: a key may have been stolen, and what is
//! asked for is everything. Whoever reads the account's mail has the last word.

use std::time::Duration;

use entity::data_request::{self, Right, Status};
use entity::mailed_code::Purpose;
use entity::{DataRequestId, Timestamp};
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, IntoActiveModel as _,
    PaginatorTrait as _, QueryFilter as _,
};
use serde_json::json;

use super::active;
use crate::accounts::codes;
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::auth::Caller;
use crate::db;
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::signals::Signal;

pub const ROUTE: &str = "data_rights.create";

/// So many codes an hour reach one inbox at most.
const MOST_AN_HOUR: u64 = 5;
const HOUR: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, Clone)]
pub struct Wanted {
    pub right: Right,
    pub statement: Option<String>,
}

#[derive(Debug, Clone)]
pub enum Created {
    New(data_request::Model),
    /// The idempotency key was used for the same request before.
    Replayed(data_request::Model),
}

#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    #[error("test credentials can't speak for an account with live data")]
    TestMode,
    #[error("the account has no address to mail a code to")]
    NoAddress,
    /// The id of the one that is open, where the caller may see it.
    #[error("a request of this kind is open already")]
    Open(Option<DataRequestId>),
    #[error("there were {MOST_AN_HOUR} requests within an hour")]
    TooMany,
    /// Erased since the caller was let in.
    #[error("the account is no longer there")]
    Gone,
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error(transparent)]
    Database(#[from] DbErr),
}

impl From<KeyReused> for CreateError {
    fn from(_: KeyReused) -> Self {
        Self::KeyReused
    }
}

/// Writes a request down and mails its code.
///
/// # Errors
/// Why it is not taken.
pub async fn create(
    app: &App,
    caller: &Caller,
    wanted: Wanted,
    place: Option<&Place<'_>>,
) -> Result<Created, CreateError> {
    if !caller.livemode && !app.config.sandbox.enabled {
        return Err(CreateError::TestMode);
    }
    let now = app.now();
    if let Some(place) = place
        && let Some(before) = idempotency::recall(app.db.read(), place, now).await??
    {
        return replay(app.db.read(), caller, &before).await;
    }
    let tx = app.db.begin().await?;
    let owner = active(&tx, &caller.account).await?.ok_or(CreateError::Gone)?;
    let address = owner.email.ok_or(CreateError::NoAddress)?;
    let row = draft(app, caller, wanted, now);
    if let Some(place) = place {
        let answer = Answer {
            status: 202,
            resource: row.id.to_string(),
            sealed: None,
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            tx.rollback().await?;
            let before = idempotency::recall(app.db.read(), place, now).await??;
            return replay(app.db.read(), caller, &before.ok_or(CreateError::Gone)?).await;
        }
    }
    refuse_another(&tx, caller, row.kind, now).await?;
    let inserted = data_request::Entity::insert(row.clone().into_active_model().reset_all())
        .exec_without_returning(&tx)
        .await;
    // Another request of this kind came at the same moment.
    inserted.map_err(|error| db::on_unique(error, || CreateError::Open(None)))?;
    let code = codes::issue(
        &tx,
        &app.secrets,
        &row.account_id,
        Purpose::DataRequest,
        row.id.as_str(),
        now,
    )
    .await?;
    let right = match row.kind {
        Right::Access => "access",
        Right::Erasure => "erasure",
    };
    let text = Text::ConfirmRequest { code, right };
    emails::post(&tx, app, &row.account_id, &address, &text, now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(Created::New(row))
}

fn draft(app: &App, caller: &Caller, wanted: Wanted, now: Timestamp) -> data_request::Model {
    data_request::Model {
        id: DataRequestId::new(now),
        account_id: caller.account.clone(),
        livemode: caller.livemode,
        kind: wanted.right,
        status: Status::AwaitingVerification,
        statement: wanted.statement,
        reason: None,
        actions: json!([]),
        missing: json!([]),
        archive_id: None,
        received_at: now,
        due_at: due_at(app, now),
        verified_at: None,
        ended_at: None,
    }
}

/// By when what was received now is to be answered.
pub(super) fn due_at(app: &App, now: Timestamp) -> Timestamp {
    let period = app.config.policy.request_deadline.parse();
    let due_at = period.ok().and_then(|period| now.plus_period(&period).ok());
    due_at.unwrap_or(now)
}

/// One open request of a kind is enough, and a few an hour.
async fn refuse_another(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    right: Right,
    now: Timestamp,
) -> Result<(), CreateError> {
    use data_request::Column;
    let all = || data_request::Entity::find().filter(Column::AccountId.eq(caller.account.clone()));
    let open = all()
        .filter(Column::Kind.eq(right))
        .filter(Column::EndedAt.is_null())
        .one(tx)
        .await?;
    if let Some(open) = open {
        let visible = open.livemode == caller.livemode;
        return Err(CreateError::Open(visible.then_some(open.id)));
    }
    let recent = all()
        .filter(Column::ReceivedAt.gt(now.minus(HOUR)))
        .count(tx)
        .await?;
    match recent < MOST_AN_HOUR {
        true => Ok(()),
        false => Err(CreateError::TooMany),
    }
}

async fn replay(db: &impl ConnectionTrait, caller: &Caller, before: &Answer) -> Result<Created, CreateError> {
    let id: Option<DataRequestId> = before.resource.parse().ok();
    let row = data_request::Entity::of(&caller.account, caller.livemode)
        .filter(data_request::Column::Id.eq(id))
        .one(db)
        .await?;
    row.map(Created::Replayed).ok_or(CreateError::Gone)
}
