//! Looks credentials up, and remembers what it found for a few seconds.
//!
//! A revocation is heard before the memory is asked: in this process at once, in
//! others when the signal arrives. A signal that got lost costs
//! [`REMEMBERED`] at most.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use entity::{AccountId, SessionId, Timestamp, account, api_key, session};
use moka::sync::Cache;
use sea_orm::{ColumnTrait as _, Condition, ConnectionTrait, DbErr, EntityTrait as _, QueryFilter as _};
use tokio::sync::broadcast::{Receiver, error::TryRecvError};

use super::{Bounds, Caller, Scopes, pending, secret_until};
use crate::app::App;
use crate::config::Config;
use crate::db::Db;
use crate::signals::Signal;

/// Contract: a revocation holds in every process within 5 s.
const REMEMBERED: Duration = Duration::from_secs(4);

/// How exactly the last use of a key is noted.
const NOTED_EVERY: Duration = Duration::from_secs(60);

const MOST: u64 = 100_000;

/// Who a credential stands for, and until when.
#[derive(Debug, Clone)]
struct Known {
    caller: Caller,
    expires_at: Option<Timestamp>,
}

pub(super) struct Credentials {
    db: Db,
    config: Arc<Config>,
    /// Whether a signed-in person acts on live rows: everywhere but in the sandbox.
    sessions_are_live: bool,
    /// By a secret's hash or a session's id; `None`: no such credential.
    known: Cache<String, Option<Arc<Known>>>,
    heard: Mutex<Receiver<Signal>>,
    /// Grows with each revocation, so that what was read before one is not
    /// remembered after it.
    revocations: AtomicU64,
}

impl Credentials {
    pub fn new(app: &App) -> Self {
        Self {
            db: app.db.clone(),
            config: Arc::clone(&app.config),
            sessions_are_live: !app.config.sandbox.enabled,
            known: Cache::builder()
                .max_capacity(MOST)
                .time_to_live(REMEMBERED)
                .build(),
            heard: Mutex::new(app.signals.others()),
            revocations: AtomicU64::new(0),
        }
    }

    /// The caller behind a secret's hash.
    pub async fn key(&self, hash: &str, now: Timestamp) -> Result<Option<Caller>, DbErr> {
        self.find(hash, now, async || self.look_up_key(hash, now).await)
            .await
    }

    /// The caller behind an access token's session.
    pub async fn session(
        &self,
        account: &AccountId,
        id: &SessionId,
        now: Timestamp,
    ) -> Result<Option<Caller>, DbErr> {
        let caller = self
            .find(id.as_str(), now, async || self.look_up_session(id).await)
            .await?;
        Ok(caller.filter(|caller| caller.account == *account))
    }

    async fn find(
        &self,
        name: &str,
        now: Timestamp,
        look_up: impl AsyncFnOnce() -> Result<Option<Known>, DbErr>,
    ) -> Result<Option<Caller>, DbErr> {
        let before = self.hear();
        let known = match self.known.get(name) {
            Some(known) => known,
            None => {
                let known = look_up().await?.map(Arc::new);
                if self.hear() == before {
                    self.known.insert(name.to_owned(), known.clone());
                }
                known
            }
        };
        let valid = known.filter(|known| known.expires_at.is_none_or(|expires_at| now < expires_at));
        Ok(valid.map(|known| known.caller.clone()))
    }

    /// Forgets what was revoked since the last time.
    fn hear(&self) -> u64 {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match heard.try_recv() {
                Ok(Signal::Revoked(name)) => self.known.invalidate(&name),
                Ok(_) => continue,
                Err(TryRecvError::Lagged(_)) => self.known.invalidate_all(),
                Err(TryRecvError::Empty | TryRecvError::Closed) => {
                    return self.revocations.load(Ordering::Relaxed);
                }
            }
            self.revocations.fetch_add(1, Ordering::Relaxed);
        }
    }

    async fn look_up_key(&self, hash: &str, now: Timestamp) -> Result<Option<Known>, DbErr> {
        use api_key::Column;
        let either = Condition::any()
            .add(Column::SecretHash.eq(hash))
            .add(Column::OldSecretHash.eq(hash));
        let row = api_key::Entity::find()
            .filter(either)
            .filter(Column::RevokedAt.is_null())
            .one(self.db.read())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let Some(owner) = self.active(&row.account_id).await? else {
            return Ok(None);
        };
        if row.last_used_at.is_none_or(|last| now.since(last) >= NOTED_EVERY) {
            tokio::spawn(note_use(self.db.clone(), row.clone(), now));
        }
        let Some(expires_at) = secret_until(&row, hash) else {
            return Ok(None);
        };
        Ok(Some(Known {
            caller: Caller {
                scopes: Scopes::from_row(&row.scopes),
                bounds: Arc::new(Bounds::of(&row)),
                account: row.account_id,
                livemode: row.livemode,
                key: Some(row.id),
                session: None,
                suspended: owner.suspended_at.is_some(),
                pending: pending(&self.config, &owner),
                secret_hash: Some(hash.into()),
            },
            expires_at,
        }))
    }

    async fn look_up_session(&self, id: &SessionId) -> Result<Option<Known>, DbErr> {
        let row = session::Entity::find_by_id(id.clone())
            .filter(session::Column::EndedAt.is_null())
            .one(self.db.read())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let Some(owner) = self.active(&row.account_id).await? else {
            return Ok(None);
        };
        Ok(Some(Known {
            caller: Caller {
                account: row.account_id,
                livemode: self.sessions_are_live,
                key: None,
                session: Some(row.id),
                scopes: Scopes::all(),
                suspended: owner.suspended_at.is_some(),
                pending: pending(&self.config, &owner),
                bounds: Arc::default(),
                secret_hash: None,
            },
            expires_at: Some(row.expires_at),
        }))
    }

    /// The owner of credentials, whose account is active.
    async fn active(&self, account: &AccountId) -> Result<Option<account::Model>, DbErr> {
        account::Entity::find_by_id(account.clone())
            .filter(account::Column::Status.eq(account::Status::Active))
            .one(self.db.read())
            .await
    }
}

/// Has every process look a key up again, by whichever secret. Call it after the commit.
pub fn look_again(app: &App, key: &api_key::Model) {
    let hashes = std::iter::once(&key.secret_hash).chain(&key.old_secret_hash);
    for hash in hashes {
        app.signals.tell(Signal::Revoked(hash.clone()));
    }
}

/// By what the caches of credentials know an account's keys, with the secrets that were
/// rotated and may still be good.
///
/// # Errors
/// What the database answers.
pub async fn keys_of(db: &impl ConnectionTrait, account: &AccountId) -> Result<Vec<String>, DbErr> {
    let keys = api_key::Entity::find()
        .filter(api_key::Column::AccountId.eq(account.clone()))
        .filter(api_key::Column::RevokedAt.is_null())
        .all(db)
        .await?;
    let hashes = keys
        .into_iter()
        .flat_map(|key| std::iter::once(key.secret_hash).chain(key.old_secret_hash));
    Ok(hashes.collect())
}

/// No request waits for this, and none fails by it.
async fn note_use(db: Db, key: api_key::Model, now: Timestamp) {
    let noted = api_key::Entity::update_many()
        .col_expr(
            api_key::Column::LastUsedAt,
            sea_orm::sea_query::Expr::value(Some(now)),
        )
        .filter(api_key::Column::Id.eq(key.id))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(db.write())
        .await;
    if let Err(error) = noted {
        tracing::warn!(%error, "a key's last use was not noted");
    }
}
