//! Mails: written and sealed in the transaction that causes them, sent by a job.

use std::time::Duration;

use entity::consent::MARKETING;
use entity::mail_bounce::Kind;
use entity::{AccountId, MailId, Timestamp, account, mail, staff};
use futures_util::future::BoxFuture;
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::bounces::{self, Bounce};
use super::consents;
use super::text::Class;
pub use super::text::Text;
use crate::app::App;
use crate::db;
use crate::jobs::{self, Lease, NewJob};
use crate::mail::{Letter, MailError};
use crate::secrets::Secrets;

/// The kind of job that sends a mail; its subject is the mail's id.
pub const KIND: &str = "mail.send";

const SEAL: &str = "mail";

/// After so long a mail is not sent any more: what it says is stale.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// The first wait between two tries; it doubles, up to an hour.
const FIRST_WAIT: Duration = Duration::from_secs(5);
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

/// Of the operator's people, so many are told of one thing at most.
const MOST_STAFF: u64 = 50;

const ERASURE_BEGUN: &str = Text::ERASURE_BEGUN;

/// Puts a mail into the outbox, in the transaction that causes it; an erased account
/// gets none. Tell `Signal::Work` after the commit.
///
/// # Errors
/// What the database answers.
pub async fn post(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    to: &str,
    text: &Text,
    now: Timestamp,
) -> Result<(), DbErr> {
    // Locked as the mail's own row locks it: an erasure that begins now takes the mail with it.
    let language: Option<Option<String>> = account::Entity::find_by_id(account.clone())
        .filter(account::Column::Status.ne(account::Status::Erased))
        .select_only()
        .column(account::Column::Language)
        .lock(LockType::KeyShare)
        .into_tuple()
        .one(tx)
        .await?;
    let Some(language) = language else {
        return Ok(());
    };
    put(tx, app, account, to, text, language.as_deref(), now).await
}

/// The same for those of the operator's people who have one of these roles, about an
/// account: the mail is the account's, and goes with it.
///
/// # Errors
/// What the database answers.
pub async fn post_to_staff(
    tx: &impl ConnectionTrait,
    app: &App,
    about: &AccountId,
    roles: &[staff::Role],
    text: &Text,
    now: Timestamp,
) -> Result<(), DbErr> {
    let people = staff::Entity::find()
        .filter(staff::Column::Role.is_in(roles.iter().copied()))
        .filter(staff::Column::ActiveAt.is_not_null())
        .filter(staff::Column::DisabledAt.is_null())
        .order_by_asc(staff::Column::Id)
        .limit(MOST_STAFF)
        .all(tx)
        .await?;
    for person in people {
        put(tx, app, about, &person.email, text, None, now).await?;
    }
    Ok(())
}

async fn put(
    tx: &impl ConnectionTrait,
    app: &App,
    account: &AccountId,
    to: &str,
    text: &Text,
    language: Option<&str>,
    now: Timestamp,
) -> Result<(), DbErr> {
    let id = MailId::new(now);
    let news = Text::class(text.template()) == Class::News;
    let unsubscribe = news.then(|| consents::unsubscribe_link(app, account));
    let (name, values) = (text.template(), text.values());
    let written = match language {
        Some(language) => app
            .letters
            .write_in(language, name, values, unsubscribe.as_deref()),
        None => app.letters.write(name, values, unsubscribe.as_deref()),
    };
    let written = written.map_err(|error| DbErr::Custom(error.to_string()))?;
    let letter = Letter {
        id: id.to_string(),
        to: to.to_owned(),
        subject: written.subject,
        text: written.text,
        html: written.html,
        unsubscribe,
    };
    let row = mail::ActiveModel {
        id: Set(id.clone()),
        account_id: Set(account.clone()),
        template: Set(text.template().to_owned()),
        sealed: Set(seal(&app.secrets, &letter)),
        created_at: Set(now),
        sent_at: Set(None),
        failed_at: Set(None),
        failure: Set(None),
    };
    mail::Entity::insert(row).exec_without_returning(tx).await?;
    let job = NewJob {
        kind: KIND,
        subject: id.to_string(),
        account_id: Some(account.clone()),
        lane: jobs::MAIL.to_owned(),
        run_at: now,
        deadline_at: None,
    };
    jobs::enqueue(tx, vec![job], now).await
}

fn seal(secrets: &Secrets, letter: &Letter) -> String {
    let json = serde_json::to_string(letter).expect("a letter is four texts");
    secrets.seal(SEAL, &json)
}

/// What a row says; `None` when it was sealed with another secret.
#[must_use]
pub fn open(secrets: &Secrets, mail: &mail::Model) -> Option<Letter> {
    serde_json::from_str(&secrets.open(SEAL, &mail.sealed)?).ok()
}

/// Whether an account's last mail still waits to be sent.
///
/// # Errors
/// What the database answers.
pub async fn last_mail_waits(db: &impl ConnectionTrait, account: &AccountId) -> Result<bool, DbErr> {
    let sql = "SELECT m.id AS id FROM mail m JOIN job j ON j.kind = $1 AND j.subject = m.id
               WHERE m.account_id = $2 AND m.template = $3";
    let values = vec![KIND.into(), account.clone().into(), ERASURE_BEGUN.into()];
    let waiting = db.query_one_raw(db::statement(db, sql, values)).await?;
    Ok(waiting.is_some())
}

/// The job: hands a mail over. One that was erased or ended meanwhile is done.
///
/// A process that dies between the hand-over and the commit hands it over again:
/// at least once, and by its `Message-ID` known to be the same.
///
/// # Errors
/// What the database answers; the job is tried again.
pub async fn send(app: &App, lease: &Lease) -> Result<(), DbErr> {
    let row = mail::Entity::find()
        .filter(mail::Column::Id.eq(lease.subject.as_str()))
        .one(app.db.read())
        .await?
        .filter(|mail| mail.sent_at.is_none() && mail.failed_at.is_none());
    let letter = row.as_ref().and_then(|mail| open(&app.secrets, mail));
    let (Some(row), Some(letter)) = (row, letter) else {
        return jobs::drop_done(&app.db, lease).await;
    };
    let suppressed = bounces::is_suppressed(app.db.read(), &app.secrets, &letter.to).await?;
    let class = Text::class(&row.template);
    if suppressed && !matches!(class, Class::Security | Class::Staff) {
        return end(app, lease, Some("suppressed"), None).await;
    }
    // Asked again at the last moment: consent may have been withdrawn since.
    if class == Class::News && !consents::is_given(app.db.read(), &row.account_id, MARKETING).await? {
        return end(app, lease, Some("no consent"), None).await;
    }
    let still = || still_waits(app, &row);
    let error = match app.mailer.send(&letter, &still).await {
        Ok(()) => return end(app, lease, None, None).await,
        Err(error) => error,
    };
    let (id, now) = (&letter.id, app.now());
    match &error {
        MailError::Refused { code, address } => {
            tracing::warn!(mail = id, code, "a mail is refused");
            let bounce = Bounce {
                account: &row.account_id,
                address: &letter.to,
                kind: Kind::HardBounce,
                event: id,
            };
            // What the account's owner is told of bounces is about their own address.
            let is_owners = *address && class != Class::Staff;
            end(app, lease, Some(code), is_owners.then_some(bounce)).await
        }
        MailError::Withdrawn => jobs::drop_done(&app.db, lease).await,
        MailError::Later(_) if suppressed || now.since(row.created_at) >= LONGEST => {
            tracing::error!(mail = id, %error, "a mail is given up");
            end(app, lease, Some("too old"), None).await
        }
        MailError::Later(_) => {
            tracing::warn!(mail = id, %error, "a mail waits for its next try");
            let doubled = FIRST_WAIT.saturating_mul(1 << lease.attempts.clamp(1, 12).unsigned_abs() >> 1);
            let next = now.plus(doubled.min(LONGEST_WAIT));
            jobs::give_back(app.db.write(), lease, next).await
        }
    }
}

/// Whether a mail is still to be sent: an erasure takes its row.
fn still_waits<'a>(app: &'a App, row: &'a mail::Model) -> BoxFuture<'a, bool> {
    let found = mail::Entity::find_by_id(row.id.clone())
        .filter(mail::Column::SentAt.is_null())
        .filter(mail::Column::FailedAt.is_null())
        .one(app.db.read());
    // What can't be asked is no reason to keep a mail back that was to be sent a moment ago.
    Box::pin(async move { found.await.map_or(true, |row| row.is_some()) })
}

/// Writes down that a mail was sent, or why it was given up and what came back.
async fn end(
    app: &App,
    lease: &Lease,
    failure: Option<&str>,
    bounce: Option<Bounce<'_>>,
) -> Result<(), DbErr> {
    let now = app.now();
    let (sent_at, failed_at) = match failure {
        None => (Some(now), None),
        Some(_) => (None, Some(now)),
    };
    let tx = app.db.begin().await?;
    mail::Entity::update_many()
        .col_expr(mail::Column::SentAt, Expr::value(sent_at))
        .col_expr(mail::Column::FailedAt, Expr::value(failed_at))
        .col_expr(mail::Column::Failure, Expr::value(failure.map(str::to_owned)))
        .filter(mail::Column::Id.eq(lease.subject.as_str()))
        .exec(&tx)
        .await?;
    if let Some(bounce) = bounce {
        bounces::record(&tx, &app.secrets, &bounce, now).await?;
    }
    match jobs::complete(&tx, lease).await? {
        Ok(()) => tx.commit().await,
        // Another worker has it now and will write what comes of its own try.
        Err(_) => tx.rollback().await,
    }
}
