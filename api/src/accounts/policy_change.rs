//! The mail that the policy changes: to everyone who was not told of this version,
//! once, a page at a time.
//!
//! What is mailed stands in a row, so that any process can mail it. The version that
//! came last is the present one: where old and new processes run side by side, an old
//! one neither goes back to the version before nor loses the new one's mails.

use entity::{AccountId, Timestamp, account, policy_announcement};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde_json::json;

use super::emails::{self, Text};
use crate::app::App;
use crate::jobs::{self, Lease, NewJob};
use crate::signals::Signal;

/// The kind of job that mails it; its subject is the version.
pub const KIND: &str = "accounts.policy";

/// Mails written in one transaction.
const SOME: u64 = 100;

/// Has everyone told of the present version who was not. Asked when a process
/// begins to work: a version comes with a new configuration.
///
/// # Errors
/// What the database answers.
pub async fn announce_policy(app: &App) -> Result<(), DbErr> {
    let Some(version) = app.config.policy.version() else {
        return Ok(());
    };
    let now = app.now();
    let tx = app.db.begin().await?;
    write_down(&tx, app, version, now).await?;
    let present = present(&tx).await?.is_some_and(|row| row.version == version);
    let waits = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(untold(version))
        .into_tuple::<AccountId>()
        .one(&tx)
        .await?;
    if present && waits.is_some() {
        let job = NewJob {
            kind: KIND,
            subject: version.to_owned(),
            account_id: None,
            lane: jobs::HOUSE.to_owned(),
            run_at: now,
            deadline_at: None,
        };
        jobs::enqueue(&tx, vec![job], now).await?;
    }
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(())
}

/// Notes a version when it comes; later, what its mail says by now.
async fn write_down(
    tx: &impl ConnectionTrait,
    app: &App,
    version: &str,
    now: Timestamp,
) -> Result<(), DbErr> {
    use policy_announcement::Column;
    let policy = &app.config.policy;
    let row = policy_announcement::ActiveModel {
        version: Set(version.to_owned()),
        url: Set(policy.url.clone()),
        effective_at: Set(policy.effective_at()),
        changes: Set(json!(policy.changes)),
        created_at: Set(now),
    };
    let words = OnConflict::column(Column::Version)
        .update_columns([Column::Url, Column::EffectiveAt, Column::Changes])
        .to_owned();
    policy_announcement::Entity::insert(row)
        .on_conflict(words)
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The version that came last.
async fn present(db: &impl ConnectionTrait) -> Result<Option<policy_announcement::Model>, DbErr> {
    policy_announcement::Entity::find()
        .order_by_desc(policy_announcement::Column::CreatedAt)
        .order_by_desc(policy_announcement::Column::Version)
        .one(db)
        .await
}

fn untold(version: &str) -> Condition {
    use account::Column;
    Condition::all()
        .add(Column::Status.eq(account::Status::Active))
        .add(Column::EmailVerifiedAt.is_not_null())
        .add(
            Condition::any()
                .add(Column::PolicyTold.is_null())
                .add(Column::PolicyTold.ne(version)),
        )
}

/// The job: mails a page after the other. A version that is no longer the present
/// one is told to nobody.
///
/// # Errors
/// What the database answers; the job is tried again, and goes on where it was.
pub async fn mail_policy(app: &App, lease: &Lease) -> Result<(), DbErr> {
    loop {
        let present = present(app.db.read()).await?;
        let Some(row) = present.filter(|row| row.version == lease.subject) else {
            break;
        };
        if !mail_some(app, &row, app.now()).await? {
            break;
        }
        app.signals.tell(Signal::Work);
    }
    jobs::drop_done(&app.db, lease).await
}

async fn mail_some(app: &App, row: &policy_announcement::Model, now: Timestamp) -> Result<bool, DbErr> {
    let sentences = row.changes.as_array().into_iter().flatten();
    let text = Text::PolicyChanged {
        version: row.version.clone(),
        effective_at: row.effective_at.unwrap_or(now),
        link: row.url.clone(),
        changes: sentences
            .filter_map(|sentence| sentence.as_str())
            .map(str::to_owned)
            .collect(),
    };
    let tx = app.db.begin().await?;
    let owners = account::Entity::find()
        .filter(untold(&row.version))
        .order_by_asc(account::Column::Id)
        .limit(SOME)
        .lock_exclusive()
        .all(&tx)
        .await?;
    for owner in &owners {
        if let Some(to) = &owner.email {
            emails::post(&tx, app, &owner.id, to, &text, now).await?;
        }
    }
    account::Entity::update_many()
        .col_expr(account::Column::PolicyTold, Expr::value(row.version.as_str()))
        .filter(account::Column::Id.is_in(owners.iter().map(|owner| owner.id.clone())))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(!owners.is_empty())
}
