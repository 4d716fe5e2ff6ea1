//! The mail that the policy changes: to everyone who was not told of this version,
//! once, a page at a time.

use entity::{Timestamp, account};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait as _, Condition, DbErr, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

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
    let untold = account::Entity::find()
        .filter(untold(version))
        .limit(1)
        .one(app.db.read())
        .await?;
    if untold.is_none() {
        return Ok(());
    }
    let now = app.now();
    let job = NewJob {
        kind: KIND,
        subject: version.to_owned(),
        account_id: None,
        lane: jobs::HOUSE.to_owned(),
        run_at: now,
    };
    let tx = app.db.begin().await?;
    jobs::enqueue(&tx, vec![job], now).await?;
    tx.commit().await?;
    app.signals.tell(Signal::Work);
    Ok(())
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
    let version = app.config.policy.version();
    if let Some(version) = version.filter(|version| *version == lease.subject) {
        while mail_some(app, version, app.now()).await? {
            app.signals.tell(Signal::Work);
        }
    }
    jobs::drop_done(&app.db, lease).await
}

async fn mail_some(app: &App, version: &str, now: Timestamp) -> Result<bool, DbErr> {
    let policy = &app.config.policy;
    let text = Text::PolicyChanged {
        version: version.to_owned(),
        effective_at: policy.effective_at().unwrap_or(now),
        link: policy.url.clone(),
        changes: policy.changes.clone(),
    };
    let tx = app.db.begin().await?;
    let owners = account::Entity::find()
        .filter(untold(version))
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
        .col_expr(account::Column::PolicyTold, Expr::value(version))
        .filter(account::Column::Id.is_in(owners.iter().map(|owner| owner.id.clone())))
        .exec(&tx)
        .await?;
    tx.commit().await?;
    Ok(!owners.is_empty())
}
