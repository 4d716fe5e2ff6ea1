//! Makes a key.
//!
//! With an idempotency key, the secret is kept sealed beside the answer for 24
//! hours: whoever lost the reply gets the same key again, not a second one.

use std::collections::{BTreeMap, BTreeSet};

use entity::key_cap::Period;
use entity::{AccountId, Credits, KeyId, Timestamp, account, api_key, key_ancestor, key_cap};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    QueryFilter as _, QuerySelect as _,
};

use super::spend::{CapState, caps_of};
use crate::app::App;
use crate::auth::{Caller, Scopes, secret};
use crate::http::IdempotencyKey;
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::secrets::sha256_hex;

/// The operation's id, by which idempotency keys are told apart.
const ROUTE: &str = "keys.create";
const SEAL: &str = "key_secret";

/// Keys for which one key's spending may count besides itself.
const DEEPEST: usize = 8;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewKey {
    pub name: String,
    pub scopes: Scopes,
    /// `None`: the caller's own mode.
    pub livemode: Option<bool>,
    /// `None`: as long as the caller's own key.
    pub expires_at: Option<Timestamp>,
    /// The most that it may spend in each period.
    pub caps: BTreeMap<Period, Credits>,
}

/// A key and its secret, which is nowhere else.
#[derive(Debug, Clone)]
pub struct Issued {
    pub key: api_key::Model,
    pub caps: Vec<CapState>,
    pub secret: String,
    /// Whether this was answered before.
    pub replayed: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    #[error("the caller lacks the scopes {0}")]
    BeyondScopes(Scopes),
    #[error("a key makes keys of its own mode only")]
    OtherMode,
    #[error("the key would outlive the key that makes it, which expires at {0}")]
    Outlives(Timestamp),
    #[error("the key could spend more than the key that makes it")]
    WiderCap { period: Period, limit: Credits },
    #[error("too many keys with caps stand between this one and the first")]
    TooDeep,
    #[error("the key would be expired already")]
    Expired,
    /// Between the look at the door and the transaction.
    #[error("the caller's key was revoked or the account erased just now")]
    CallerRevoked,
    #[error("the key was made, but its secret can't be shown again")]
    SecretGone,
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Makes a key for a caller, or answers as it did before.
///
/// # Errors
/// When the key would be wider than the caller, and what the database answers.
pub async fn issue(
    app: &App,
    caller: &Caller,
    new: NewKey,
    idempotency_key: Option<&IdempotencyKey>,
    fingerprint: &str,
) -> Result<Issued, IssueError> {
    // A narrower key must not get a wider one's secret by repeating its request.
    let issuer = caller.key.as_ref().map_or("session", KeyId::as_str);
    let fingerprint = sha256_hex(format!("{issuer}\n{fingerprint}").as_bytes());
    let place = idempotency_key.map(|key| Place {
        account: &caller.account,
        livemode: caller.livemode,
        route: ROUTE,
        key,
        fingerprint: &fingerprint,
    });
    loop {
        let now = app.now();
        let tx = app.db.begin().await?;
        if let Some(place) = &place
            && let Some(answer) = idempotency::recall(&tx, place, now).await??
        {
            return replay(app, &tx, answer, now).await;
        }
        let permitted = permit(&tx, caller, &new, now).await?;
        let Permitted { caps, makers, .. } = permitted.clone();
        let mut issued = draft(&caller.account, &new.name, permitted, now);
        if let Some(place) = &place {
            let answer = Answer {
                status: 201,
                resource: issued.key.id.to_string(),
                sealed: Some(app.secrets.seal(SEAL, &issued.secret)),
            };
            if !idempotency::remember(&tx, place, answer, now).await? {
                tx.rollback().await?;
                continue;
            }
        }
        insert(&tx, &issued.key).await?;
        limit(&tx, &issued.key, caps, makers).await?;
        issued.caps = own_caps(&tx, &issued.key.id, now).await?;
        tx.commit().await?;
        return Ok(issued);
    }
}

/// Makes a key in the operator's name: for the command line and the first start.
///
/// # Errors
/// What the database answers.
pub async fn issue_for(
    app: &App,
    account: &AccountId,
    livemode: bool,
    name: String,
    scopes: Scopes,
) -> Result<Issued, DbErr> {
    let permitted = Permitted {
        scopes,
        livemode,
        expires_at: None,
        caps: BTreeMap::new(),
        makers: Vec::new(),
    };
    let issued = draft(account, &name, permitted, app.now());
    insert(app.db.write(), &issued.key).await?;
    Ok(issued)
}

#[derive(Clone)]
struct Permitted {
    scopes: Scopes,
    livemode: bool,
    expires_at: Option<Timestamp>,
    caps: BTreeMap<Period, Credits>,
    /// The keys for which its spending counts too.
    makers: Vec<KeyId>,
}

/// No key makes one wider than itself, in scope, mode, time or spending.
async fn permit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    new: &NewKey,
    now: Timestamp,
) -> Result<Permitted, IssueError> {
    // Locked: an erasure that begins now waits and takes the new key with it.
    let owner = account::Entity::find_by_id(caller.account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_shared()
        .one(tx)
        .await?;
    if owner.is_none() {
        return Err(IssueError::CallerRevoked);
    }
    let beyond = new.scopes.beyond(caller.scopes);
    if !beyond.is_empty() {
        return Err(IssueError::BeyondScopes(beyond));
    }
    if new.expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Err(IssueError::Expired);
    }
    let mut permitted = Permitted {
        scopes: new.scopes,
        livemode: new.livemode.unwrap_or(caller.livemode),
        expires_at: new.expires_at,
        caps: new.caps.clone(),
        makers: Vec::new(),
    };
    let Some(own) = &caller.key else {
        return Ok(permitted);
    };
    if permitted.livemode != caller.livemode {
        return Err(IssueError::OtherMode);
    }
    // What the door knows may be seconds old: a revoked key makes no others.
    let own = api_key::Entity::find_by_id(own.clone()).one(tx).await?;
    let own = own.filter(|own| own.revoked_at.is_none());
    let Some(own) = own else {
        return Err(IssueError::CallerRevoked);
    };
    match (own.expires_at, permitted.expires_at) {
        (Some(end), Some(wanted)) if wanted > end => return Err(IssueError::Outlives(end)),
        (Some(end), None) => permitted.expires_at = Some(end),
        _ => {}
    }
    if own.capped {
        inherit(tx, &own.id, &mut permitted).await?;
    }
    Ok(permitted)
}

/// A capped key's caps hold for the keys that it makes: those that they are not
/// given lower, they get.
async fn inherit(tx: &impl ConnectionTrait, maker: &KeyId, new: &mut Permitted) -> Result<(), IssueError> {
    let caps = key_cap::Entity::find()
        .filter(key_cap::Column::KeyId.eq(maker.clone()))
        .all(tx)
        .await?;
    for row in caps {
        let (period, limit) = (row.period, row.cap);
        if *new.caps.entry(period).or_insert(limit) > limit {
            return Err(IssueError::WiderCap { period, limit });
        }
    }
    let before = key_ancestor::Entity::find()
        .filter(key_ancestor::Column::KeyId.eq(maker.clone()))
        .all(tx)
        .await?;
    new.makers = before.into_iter().map(|row| row.ancestor_id).collect();
    new.makers.push(maker.clone());
    match new.makers.len() > DEEPEST {
        true => Err(IssueError::TooDeep),
        false => Ok(()),
    }
}

/// Writes what limits a new key.
async fn limit(
    tx: &impl ConnectionTrait,
    key: &api_key::Model,
    caps: BTreeMap<Period, Credits>,
    makers: Vec<KeyId>,
) -> Result<(), DbErr> {
    let caps = caps.into_iter().map(|(period, cap)| key_cap::ActiveModel {
        key_id: Set(key.id.clone()),
        period: Set(period),
        account_id: Set(key.account_id.clone()),
        cap: Set(cap),
        told_window_at: Set(Timestamp::from_micros(0)),
        told_percent: Set(0),
    });
    let makers = makers.into_iter().map(|maker| key_ancestor::ActiveModel {
        key_id: Set(key.id.clone()),
        ancestor_id: Set(maker),
        account_id: Set(key.account_id.clone()),
    });
    let (caps, makers): (Vec<_>, Vec<_>) = (caps.collect(), makers.collect());
    if !caps.is_empty() {
        key_cap::Entity::insert_many(caps)
            .exec_without_returning(tx)
            .await?;
    }
    if !makers.is_empty() {
        key_ancestor::Entity::insert_many(makers)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

async fn own_caps(tx: &impl ConnectionTrait, key: &KeyId, now: Timestamp) -> Result<Vec<CapState>, DbErr> {
    let mut caps = caps_of(tx, BTreeSet::from([key.clone()]), now).await?;
    Ok(caps.remove(key).unwrap_or_default())
}

fn draft(account: &AccountId, name: &str, permitted: Permitted, now: Timestamp) -> Issued {
    let secret = secret::mint(permitted.livemode);
    let key = api_key::Model {
        id: KeyId::new(now),
        account_id: account.clone(),
        livemode: permitted.livemode,
        name: name.to_owned(),
        scopes: permitted.scopes.to_string(),
        secret_hash: secret::hash(&secret),
        last_four: secret::last_four(&secret).to_owned(),
        in_flight: 0,
        capped: !permitted.caps.is_empty() || !permitted.makers.is_empty(),
        created_at: now,
        expires_at: permitted.expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    Issued {
        key,
        caps: Vec::new(),
        secret,
        replayed: false,
    }
}

async fn insert(tx: &impl ConnectionTrait, key: &api_key::Model) -> Result<(), DbErr> {
    let row = api_key::ActiveModel::from(key.clone()).reset_all();
    api_key::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

async fn replay(
    app: &App,
    tx: &impl ConnectionTrait,
    answer: Answer,
    now: Timestamp,
) -> Result<Issued, IssueError> {
    let id: KeyId = answer.resource.parse().map_err(|_| IssueError::SecretGone)?;
    let key = api_key::Entity::find_by_id(id).one(tx).await?;
    let secret = answer.sealed.and_then(|sealed| app.secrets.open(SEAL, &sealed));
    let Some((key, secret)) = key.zip(secret) else {
        return Err(IssueError::SecretGone);
    };
    Ok(Issued {
        caps: own_caps(tx, &key.id, now).await?,
        key,
        secret,
        replayed: true,
    })
}
