//! Makes a key.
//!
//! With an idempotency key, the secret is kept sealed beside the answer for 24
//! hours: whoever lost the reply gets the same key again, not a second one.

use std::collections::BTreeMap;

use entity::key_cap::Period;
use entity::{AccountId, Credits, KeyId, Timestamp, api_key, key_ancestor, key_cap};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, DbErr, EntityTrait as _,
    PaginatorTrait as _, QueryFilter as _,
};

use super::{KeyError, within};
use crate::app::App;
use crate::auth::{Bounds, Caller, Scopes, secret, secret_until};
use crate::http::idempotency::{self, Answer, Place};
use crate::http::{Fingerprint, IdempotencyKey};
use crate::secrets::sha256_hex;

/// The operation's id, by which idempotency keys are told apart.
const ROUTE: &str = "keys.create";
pub(super) const SEAL: &str = "key_secret";

/// Keys that may stand behind one: for each of them its spending counts, too.
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
    /// What it is not bound to, it is bound to as far as the caller's key is.
    pub bounds: Bounds,
}

/// A key and its secret, which is nowhere else.
#[derive(Debug, Clone)]
pub struct Issued {
    pub key: api_key::Model,
    pub secret: String,
    /// Whether this was answered before.
    pub replayed: bool,
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
    fingerprint: &Fingerprint,
) -> Result<Issued, KeyError> {
    let fingerprint = of_caller(caller, fingerprint);
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
        may_be_more(app, &tx, &caller.account, permitted.livemode, now).await?;
        let Permitted { caps, makers, .. } = permitted.clone();
        let issued = draft(&caller.account, &new.name, permitted, now);
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
        write_limits(&tx, &issued.key, caps, makers).await?;
        tx.commit().await?;
        return Ok(issued);
    }
}

/// The fingerprint of a request that is answered with a secret: a narrower key must
/// not get a wider one's by repeating its request.
pub(super) fn of_caller(caller: &Caller, fingerprint: &Fingerprint) -> Fingerprint {
    let issuer = caller.key.as_ref().map_or("session", KeyId::as_str);
    fingerprint.map(|print| sha256_hex(format!("{issuer}\n{print}").as_bytes()))
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
        bounds: Bounds::default(),
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
    bounds: Bounds,
    caps: BTreeMap<Period, Credits>,
    /// The keys that stand behind it, from the first to the one that makes it.
    makers: Vec<KeyId>,
}

/// No key makes one wider than itself, in scope, mode, bounds, time or spending. What
/// the new key is not given narrower, it gets from its maker.
async fn permit(
    tx: &impl ConnectionTrait,
    caller: &Caller,
    new: &NewKey,
    now: Timestamp,
) -> Result<Permitted, KeyError> {
    within::lock_account_alone(tx, caller).await?;
    within::lock_key(tx, caller).await?;
    let mut permitted = Permitted {
        scopes: new.scopes,
        livemode: new.livemode.unwrap_or(caller.livemode),
        expires_at: new.expires_at,
        bounds: new.bounds.clone(),
        caps: new.caps.clone(),
        makers: Vec::new(),
    };
    let own = within::own(tx, caller, now).await?;
    if let Some(own) = &own {
        if permitted.livemode != caller.livemode {
            return Err(KeyError::OtherMode);
        }
        permitted.expires_at = permitted.expires_at.or(own.row.expires_at);
        permitted.bounds = permitted.bounds.or(&own.bounds);
        own.covers(permitted.scopes, &permitted.bounds, permitted.expires_at)?;
    }
    if permitted.expires_at.is_some_and(|expires_at| expires_at <= now) {
        return Err(KeyError::Expired);
    }
    if let Some(own) = own {
        inherit(tx, &own.row, &mut permitted).await?;
    }
    Ok(permitted)
}

/// Whether the account may have one more key in this mode. Those that expired count no
/// more than those that were revoked.
async fn may_be_more(
    app: &App,
    tx: &impl ConnectionTrait,
    account: &AccountId,
    livemode: bool,
    now: Timestamp,
) -> Result<(), KeyError> {
    use api_key::Column;
    let unrevoked = || api_key::Entity::of(account, livemode).filter(Column::RevokedAt.is_null());
    let endless = unrevoked().filter(Column::ExpiresAt.is_null()).count(tx).await?;
    let lasting = unrevoked().filter(Column::ExpiresAt.gt(now)).count(tx).await?;
    let most = app.config.limits.keys_per_account;
    match endless + lasting < u64::from(most) {
        true => Ok(()),
        false => Err(KeyError::TooMany(most)),
    }
}

/// The caps that hold for a key hold for the keys that it makes: those that they are not
/// given lower, they get. Whoever made a key is written down whatever caps there are:
/// they may come later, and a key may leak.
async fn inherit(
    tx: &impl ConnectionTrait,
    maker: &api_key::Model,
    new: &mut Permitted,
) -> Result<(), KeyError> {
    for (period, limit) in within::holding(tx, maker).await? {
        if *new.caps.entry(period).or_insert(limit) > limit {
            return Err(KeyError::WiderCap { period, limit });
        }
    }
    new.makers = within::makers(tx, &maker.id).await?;
    new.makers.push(maker.id.clone());
    match new.makers.len() > DEEPEST {
        true => Err(KeyError::TooDeep),
        false => Ok(()),
    }
}

/// Writes what limits a new key.
async fn write_limits(
    tx: &impl ConnectionTrait,
    key: &api_key::Model,
    caps: BTreeMap<Period, Credits>,
    makers: Vec<KeyId>,
) -> Result<(), DbErr> {
    let makers = makers.into_iter().map(|maker| key_ancestor::ActiveModel {
        key_id: Set(key.id.clone()),
        ancestor_id: Set(maker),
        account_id: Set(key.account_id.clone()),
    });
    let makers: Vec<_> = makers.collect();
    write_caps(tx, key, caps).await?;
    if !makers.is_empty() {
        key_ancestor::Entity::insert_many(makers)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

/// Writes the caps of a key that has none.
pub(super) async fn write_caps(
    tx: &impl ConnectionTrait,
    key: &api_key::Model,
    caps: BTreeMap<Period, Credits>,
) -> Result<(), DbErr> {
    let caps = caps.into_iter().map(|(period, cap)| key_cap::ActiveModel {
        key_id: Set(key.id.clone()),
        period: Set(period),
        account_id: Set(key.account_id.clone()),
        cap: Set(cap),
        set_at: Set(key.created_at),
        used_then: Set(Credits::ZERO),
        told_window_at: Set(Timestamp::from_micros(0)),
        told_percent: Set(0),
    });
    let caps: Vec<_> = caps.collect();
    if !caps.is_empty() {
        key_cap::Entity::insert_many(caps)
            .exec_without_returning(tx)
            .await?;
    }
    Ok(())
}

fn draft(account: &AccountId, name: &str, permitted: Permitted, now: Timestamp) -> Issued {
    let secret = secret::mint(permitted.livemode);
    let mut key = api_key::Model {
        id: KeyId::new(now),
        account_id: account.clone(),
        livemode: permitted.livemode,
        name: name.to_owned(),
        scopes: permitted.scopes.to_string(),
        secret_hash: secret::hash(&secret),
        last_four: secret::last_four(&secret).to_owned(),
        old_secret_hash: None,
        old_last_four: None,
        old_secret_until: None,
        models: None,
        ip_allow: None,
        requests_per_minute: None,
        concurrent_generations: None,
        in_flight: 0,
        capped: !permitted.caps.is_empty() || !permitted.makers.is_empty(),
        created_by: permitted.makers.last().cloned(),
        created_at: now,
        expires_at: permitted.expires_at,
        revoked_at: None,
        last_used_at: None,
    };
    permitted.bounds.write(&mut key);
    Issued {
        key,
        secret,
        replayed: false,
    }
}

async fn insert(tx: &impl ConnectionTrait, key: &api_key::Model) -> Result<(), DbErr> {
    let row = api_key::ActiveModel::from(key.clone()).reset_all();
    api_key::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// The same key and secret again, while that secret opens anything.
pub(super) async fn replay(
    app: &App,
    tx: &impl ConnectionTrait,
    answer: Answer,
    now: Timestamp,
) -> Result<Issued, KeyError> {
    let id: KeyId = answer.resource.parse().map_err(|_| KeyError::SecretGone)?;
    let key = api_key::Entity::find_by_id(id).one(tx).await?;
    let secret = answer.sealed.and_then(|sealed| app.secrets.open(SEAL, &sealed));
    let (key, secret) = key.zip(secret).ok_or(KeyError::SecretGone)?;
    let until = secret_until(&key, &secret::hash(&secret)).ok_or(KeyError::SecretGone)?;
    if until.is_some_and(|until| until <= now) {
        return Err(KeyError::SecretGone);
    }
    Ok(Issued {
        key,
        secret,
        replayed: true,
    })
}
