//! Mails: written and sealed in the transaction that causes them, sent by a job.

use std::time::Duration;

use entity::{AccountId, MailId, Timestamp, mail};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _,
};

use super::codes;
use crate::app::App;
use crate::db;
use crate::jobs::{self, Lease, NewJob};
use crate::mail::Letter;
use crate::secrets::Secrets;

/// The kind of job that sends a mail; its subject is the mail's id.
pub const KIND: &str = "mail.send";

const SEAL: &str = "mail";

/// After so many tries a mail is not sent any more: what it says is long stale.
const MOST_ATTEMPTS: i32 = 12;

const ERASURE_BEGUN: &str = "erasure_begun";

/// What a mail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Text {
    /// The code that proves the address of a new account.
    VerifyEmail { code: String },
    /// Someone signed up with an address that has an account.
    AlreadyRegistered,
    /// The code that proves that a request about personal data is the owner's.
    /// `what` completes "to confirm that you want …".
    ConfirmRequest { code: String, what: &'static str },
    /// The copy of all personal data can be downloaded.
    ArchiveReady { expires_at: Timestamp },
    /// The last mail: everything is being erased, and the link opens the receipt.
    ErasureBegun { receipt: String },
}

impl Text {
    /// What the row calls it.
    #[must_use]
    pub const fn template(&self) -> &'static str {
        match self {
            Self::VerifyEmail { .. } => "verify_email",
            Self::AlreadyRegistered => "already_registered",
            Self::ConfirmRequest { .. } => "confirm_request",
            Self::ArchiveReady { .. } => "archive_ready",
            Self::ErasureBegun { .. } => ERASURE_BEGUN,
        }
    }

    fn subject(&self, service: &str) -> String {
        match self {
            Self::VerifyEmail { .. } => format!("Confirm your address for {service}"),
            Self::AlreadyRegistered => format!("You already have an account at {service}"),
            Self::ConfirmRequest { .. } => format!("Confirm your request to {service}"),
            Self::ArchiveReady { .. } => format!("Your data at {service} is ready"),
            Self::ErasureBegun { .. } => format!("Your account at {service} is being erased"),
        }
    }

    fn body(&self, service: &str) -> String {
        let minutes = codes::LIFE.as_secs() / 60;
        match self {
            Self::VerifyEmail { code } => format!(
                "Hello,\n\n\
                 please enter this code to confirm your address and finish signing up at {service}:\n\n    {code}\n\n\
                 It is valid for {minutes} minutes. A newer code replaces an older one.\n\n\
                 If you did not sign up, please ignore this mail and give the code to nobody: without it, nobody can use your address.\n"
            ),
            Self::AlreadyRegistered => format!(
                "Hello,\n\n\
                 someone, probably you, wanted to sign up at {service} with this address. It has an account already, so please sign in instead.\n\n\
                 If it was not you, there is nothing to do: nothing was changed and nobody was let in.\n"
            ),
            Self::ConfirmRequest { code, what } => format!(
                "Hello,\n\n\
                 please enter this code at {service} to confirm that you want {what}:\n\n    {code}\n\n\
                 It is valid for {minutes} minutes. A newer code replaces an older one.\n\n\
                 If you did not ask for this, please give the code to nobody: without it, nothing happens.\n"
            ),
            Self::ArchiveReady { expires_at } => format!(
                "Hello,\n\n\
                 the copy of all data that {service} holds about you is ready. Please download it where you asked for it, until {date}; then it is removed.\n",
                date = &expires_at.to_string()[..10],
            ),
            Self::ErasureBegun { receipt } => format!(
                "Hello,\n\n\
                 as you confirmed, your account at {service} and all its data are being erased now. This is our last mail: your address goes with the rest.\n\n\
                 In a few minutes, this link opens the receipt, which says what was erased, and what is kept for the books and why. It needs no account and does not expire, so keep it:\n\n    {receipt}\n"
            ),
        }
    }
}

/// Puts a mail into the outbox, in the transaction that causes it. Tell
/// `Signal::Work` after the commit.
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
) -> Result<MailId, DbErr> {
    let service = &app.config.policy.controller;
    let id = MailId::new(now);
    let letter = Letter {
        id: id.to_string(),
        to: to.to_owned(),
        subject: text.subject(service),
        text: text.body(service),
    };
    let row = mail::ActiveModel {
        id: Set(id.clone()),
        account_id: Set(account.clone()),
        template: Set(text.template().to_owned()),
        sealed: Set(seal(&app.secrets, &letter)),
        created_at: Set(now),
        sent_at: Set(None),
    };
    mail::Entity::insert(row).exec_without_returning(tx).await?;
    let job = NewJob {
        kind: KIND,
        subject: id.to_string(),
        account_id: Some(account.clone()),
        run_at: now,
    };
    jobs::enqueue(tx, vec![job], now).await?;
    Ok(id)
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

/// The job: hands a mail over. One that was erased or sent meanwhile is done.
///
/// # Errors
/// What the database answers; the job is tried again.
pub async fn send(app: &App, lease: &Lease) -> Result<(), DbErr> {
    let row = mail::Entity::find()
        .filter(mail::Column::Id.eq(lease.subject.as_str()))
        .one(app.db.read())
        .await?;
    let letter = row
        .filter(|mail| mail.sent_at.is_none())
        .and_then(|mail| open(&app.secrets, &mail));
    let Some(letter) = letter else {
        return done(app, lease, false).await;
    };
    match app.mailer.send(&letter).await {
        Ok(()) => done(app, lease, true).await,
        Err(error) if lease.attempts >= MOST_ATTEMPTS => {
            tracing::error!(mail = letter.id, %error, "a mail is given up");
            done(app, lease, false).await
        }
        Err(error) => {
            tracing::warn!(mail = letter.id, %error, "a mail waits for its next try");
            let wait = Duration::from_secs((1 << lease.attempts.clamp(0, 9)).min(300));
            jobs::give_back(app.db.write(), lease, app.now().plus(wait)).await
        }
    }
}

async fn done(app: &App, lease: &Lease, sent: bool) -> Result<(), DbErr> {
    let tx = app.db.begin().await?;
    if sent {
        mail::Entity::update_many()
            .col_expr(mail::Column::SentAt, Expr::value(Some(app.now())))
            .filter(mail::Column::Id.eq(lease.subject.as_str()))
            .exec(&tx)
            .await?;
    }
    match jobs::complete(&tx, lease).await? {
        Ok(()) => tx.commit().await,
        // Another worker has it now and will write the same.
        Err(_) => tx.rollback().await,
    }
}
