//! Gives a key a new secret; the one before is good for a while longer.
//!
//! A row has room for two secrets. Rotated while the old one of the time before still
//! lasts, that one ends at once: two live at most, whoever rotates and how often.

use std::time::Duration;

use entity::{KeyId, api_key};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait, QueryFilter as _,
    QuerySelect as _,
};

use super::issue::{Issued, SEAL, of_caller, replay};
use super::within::{self, Own};
use super::{KeyError, visible};
use crate::app::App;
use crate::auth::{Bounds, Caller, Scopes, look_again, secret};
use crate::http::idempotency::{self, Answer, Place};
use crate::http::{Fingerprint, IdempotencyKey};

/// The operation's id, by which idempotency keys are told apart.
const ROUTE: &str = "keys.rotate";

/// Rotates a key that the caller may see, or answers as it did before.
///
/// # Errors
/// When there is none, it has ended, or its secret would let the caller do more.
pub async fn rotate(
    app: &App,
    caller: &Caller,
    id: &KeyId,
    grace: Duration,
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
        within::lock_account(&tx, caller).await?;
        // Locked: of many who rotate at once, each sees what the one before made.
        let before = visible(caller)
            .filter(api_key::Column::Id.eq(id.clone()))
            .lock_exclusive()
            .one(&tx)
            .await?
            .ok_or(KeyError::NotFound)?;
        if let Some(own) = within::own(&tx, caller, now).await? {
            permit(&tx, &own, &before).await?;
        }
        if before.revoked_at.is_some() || before.expires_at.is_some_and(|end| end <= now) {
            return Err(KeyError::Ended);
        }
        let secret = secret::mint(before.livemode);
        if let Some(place) = &place {
            let answer = Answer {
                status: 201,
                resource: id.to_string(),
                sealed: Some(app.secrets.seal(SEAL, &secret)),
            };
            if !idempotency::remember(&tx, place, answer, now).await? {
                tx.rollback().await?;
                continue;
            }
        }
        let (old_hash, old_four) = (before.secret_hash.clone(), before.last_four.clone());
        let rotated = api_key::ActiveModel {
            id: Set(id.clone()),
            secret_hash: Set(secret::hash(&secret)),
            last_four: Set(secret::last_four(&secret).to_owned()),
            old_secret_hash: Set(Some(old_hash)),
            old_last_four: Set(Some(old_four)),
            old_secret_until: Set(Some(now.plus(grace))),
            ..Default::default()
        };
        let key = rotated.update(&tx).await?;
        tx.commit().await?;
        look_again(app, &before);
        return Ok(Issued {
            key,
            secret,
            replayed: false,
        });
    }
}

/// Whoever is given a key's secret can do what that key can: no more than the caller.
async fn permit(tx: &impl ConnectionTrait, own: &Own, key: &api_key::Model) -> Result<(), KeyError> {
    if own.row.id == key.id {
        return match own.by_old_secret {
            // It was replaced; it must not replace what replaced it.
            true => Err(KeyError::OldSecret),
            false => Ok(()),
        };
    }
    own.covers(Scopes::from_row(&key.scopes), &Bounds::of(key), key.expires_at)?;
    let capped = !within::holding(tx, &own.row).await?.is_empty();
    match capped && !within::counts_for(tx, &key.id, &own.row.id).await? {
        true => Err(KeyError::NotOfTheCaller),
        false => Ok(()),
    }
}
