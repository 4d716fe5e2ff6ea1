//! A delivery as it stands: whether it goes, where, and what it says.
//!
//! It is read when its turn comes, and once more when the connection stands and its
//! body is about to go out, this time under locks of the event and the endpoint. Who
//! erases the one or disables the other waits for them, for moments; so what is said to
//! be gone was sent before that was said, or is not sent. An account's door closes
//! without waiting, but its events go before its erasure is fulfilled.

use std::time::Duration;

use entity::event::Kind;
use entity::{EventId, Timestamp, account, delivery, file};
use sea_orm::{ConnectionTrait, DbErr, FromQueryResult};
use serde_json::Value;
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::secret::valid;
use super::sweep::ERASED;
use crate::app::App;
use crate::db;
use crate::events;

/// How long the last look may wait, for a lock or a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// Deliveries that are looked at at a time: however many go out, most connections to the
/// database are left to everybody else.
static LOOKS: Semaphore = Semaphore::const_new(4);

#[derive(Debug)]
pub enum Look {
    Goes(Box<Parcel>),
    /// And why.
    Nowhere(&'static str),
}

/// What goes out, and where. One that is equal says the same to the same receiver.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    pub found: Found,
    pub files: Vec<file::Model>,
}

#[derive(Debug, Clone, PartialEq, FromQueryResult)]
pub struct Found {
    pub event_id: EventId,
    pub kind: Kind,
    pub subject: String,
    pub data: Value,
    pub created_at: Timestamp,
    /// A request's own address, until it is erased.
    webhook_url: Option<String>,
    account: account::Status,
    enabled: bool,
    deleted_at: Option<Timestamp>,
    pub url: Option<String>,
    /// Sealed, as is the one before.
    secret: String,
    old_secret: Option<String>,
    old_secret_until: Option<Timestamp>,
}

const TO_ENDPOINT: &str = "SELECT e.id AS event_id, e.kind AS kind, e.subject AS subject, e.data AS data,
        e.created_at AS created_at, e.webhook_url AS webhook_url, a.status AS account,
        w.enabled AS enabled, w.deleted_at AS deleted_at, w.url AS url,
        w.secret AS secret, w.old_secret AS old_secret, w.old_secret_until AS old_secret_until
    FROM delivery d JOIN account a ON a.id = d.account_id JOIN event e ON e.id = d.event_id
        JOIN webhook_endpoint w ON w.id = d.endpoint_id
    WHERE d.id = $1 AND d.status = 'pending'";

const TO_URL: &str = "SELECT e.id AS event_id, e.kind AS kind, e.subject AS subject, e.data AS data,
        e.created_at AS created_at, e.webhook_url AS webhook_url, a.status AS account,
        TRUE AS enabled, CAST(NULL AS BIGINT) AS deleted_at, d.url AS url,
        s.secret AS secret, s.old_secret AS old_secret, s.old_secret_until AS old_secret_until
    FROM delivery d JOIN account a ON a.id = d.account_id JOIN event e ON e.id = d.event_id
        JOIN webhook_secret s ON s.account_id = d.account_id AND s.livemode = d.livemode
    WHERE d.id = $1 AND d.status = 'pending'";

impl Parcel {
    /// What signs it now.
    pub fn secrets(&self, app: &App) -> Vec<String> {
        let found = &self.found;
        let old = (found.old_secret.as_deref(), found.old_secret_until);
        valid(&app.secrets, &found.secret, old, app.now())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Locks {
    None,
    Shared,
}

/// Looks at what its turn has come to.
///
/// # Errors
/// What the database answers.
pub async fn look(app: &App, row: &delivery::Model) -> Result<Look, DbErr> {
    let _one_of_few = LOOKS.acquire().await;
    read(app.db.read(), row, Locks::None).await
}

/// Whether it still goes, as it was read. What is given holds back who would change
/// that, until it is dropped.
pub async fn hold(app: &App, row: &delivery::Model, parcel: &Parcel) -> Option<Box<dyn Send>> {
    let one_of_few = LOOKS.acquire().await;
    let look = async {
        let tx = app.db.begin().await?;
        let look = read(&tx, row, Locks::Shared).await?;
        Ok::<_, DbErr>((tx, look))
    };
    match timeout(PATIENCE, look).await {
        Ok(Ok((tx, Look::Goes(now)))) if *now == *parcel => Some(Box::new((tx, one_of_few))),
        Ok(Err(error)) => {
            tracing::warn!(delivery = %row.id, %error, "a delivery can't be looked at; it waits");
            None
        }
        Ok(Ok(_)) | Err(_) => None,
    }
}

async fn read(db: &impl ConnectionTrait, row: &delivery::Model, locks: Locks) -> Result<Look, DbErr> {
    let (sql, locked) = match row.endpoint_id {
        Some(_) => (TO_ENDPOINT, &["e", "w"][..]),
        None => (TO_URL, &["e"][..]),
    };
    let lock = match locks {
        Locks::None => String::new(),
        Locks::Shared => db::share_sql(db, locked),
    };
    let found: Vec<Found> = db::query(db, &format!("{sql} {lock}"), vec![row.id.clone().into()]).await?;
    let Some(found) = found.into_iter().next() else {
        return Ok(Look::Nowhere("what it would say is gone"));
    };
    if found.account == account::Status::Erased || found.url.is_none() {
        return Ok(Look::Nowhere(ERASED));
    }
    if found.deleted_at.is_some() {
        return Ok(Look::Nowhere("the endpoint was deleted"));
    }
    if !found.enabled {
        return Ok(Look::Nowhere("the endpoint is disabled"));
    }
    let files = events::files_of(db, vec![(found.kind, found.subject.as_str())]).await?;
    Ok(Look::Goes(Box::new(Parcel { found, files })))
}
