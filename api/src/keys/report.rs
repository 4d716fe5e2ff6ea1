//! Leaked keys: whoever found a secret reports it, and the secret itself is the proof.
//!
//! Nothing is said of which secrets are good. A key is revoked as a whole, whichever of
//! its secrets was found, and with it the keys that it made, directly or not: whoever
//! found the secret may have made them. So they go, too, where the key itself was revoked
//! before. A secret that was replaced and opens nothing any more harms nobody.

use std::collections::BTreeMap;

use entity::{account, api_key};
use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait as _, Condition, DbErr, EntityTrait as _, QueryFilter as _, QuerySelect as _};
use serde_json::json;

use super::revoke::{end, end_descendants};
use crate::accounts::emails::{self, Text};
use crate::app::App;
use crate::auth::{look_again, secret, secret_until};
use crate::credits::Owner;
use crate::events::{self, Kind, NewEvent};
use crate::signals::Signal;

/// A secret that was found.
#[derive(Debug, Clone)]
pub struct Leak {
    pub secret: String,
    /// Where.
    pub url: Option<String>,
}

/// Revokes the keys that these secrets open or opened until they were revoked, with those
/// that they made, and tells their owners.
///
/// # Errors
/// What the database answers.
pub async fn report(app: &App, leaks: &[Leak]) -> Result<(), DbErr> {
    use api_key::Column;
    // Texts that are no keys of ours cost nothing, and the others one query.
    let ours = leaks.iter().filter(|leak| secret::is_well_formed(&leak.secret));
    let leaks: BTreeMap<String, &Leak> = ours.map(|leak| (secret::hash(&leak.secret), leak)).collect();
    if leaks.is_empty() {
        return Ok(());
    }
    let opened = Condition::any()
        .add(Column::SecretHash.is_in(leaks.keys()))
        .add(Column::OldSecretHash.is_in(leaks.keys()));
    let found = api_key::Entity::find().filter(opened).all(app.db.read()).await?;
    let now = app.now();
    for key in found {
        let hashes = [Some(&key.secret_hash), key.old_secret_hash.as_ref()];
        let then = key.revoked_at.unwrap_or(now);
        for hash in hashes.into_iter().flatten() {
            let good = secret_until(&key, hash).is_some_and(|until| until.is_none_or(|until| then < until));
            if let Some(leak) = leaks.get(hash).filter(|_| good) {
                revoke(app, &key, hash, leak).await?;
            }
        }
    }
    Ok(())
}

/// Revokes a key, if the secret still is one of its own, and what it made; once.
async fn revoke(app: &App, key: &api_key::Model, hash: &str, leak: &Leak) -> Result<(), DbErr> {
    use api_key::Column;
    let now = app.now();
    let opens = Condition::any()
        .add(Column::SecretHash.eq(hash))
        .add(Column::OldSecretHash.eq(hash));
    let own = api_key::Entity::find_by_id(key.id.clone()).filter(opens);
    let tx = app.db.begin().await?;
    // The account before its keys, as whoever makes one with the key has it: else each
    // waits for the other, and whoever goes on making keys would keep them all.
    let owner = account::Entity::find_by_id(key.account_id.clone())
        .lock(LockType::NoKeyUpdate)
        .one(&tx)
        .await?;
    let locked = own.clone().lock(LockType::NoKeyUpdate);
    if locked.one(&tx).await?.is_none() {
        return Ok(());
    }
    let mut ended = end(&tx, own, now).await?;
    let made = end_descendants(&tx, &key.id, now).await?;
    let descendants = made.len();
    ended.extend(made);
    if ended.is_empty() {
        return Ok(());
    }
    let last_four = secret::last_four(&leak.secret).to_owned();
    let event = NewEvent {
        owner: Owner {
            account: key.account_id.clone(),
            livemode: key.livemode,
        },
        kind: Kind::KeyLeaked,
        subject: key.id.to_string(),
        data: json!({
            "key_id": key.id,
            "last_four": last_four,
            "url": leak.url,
            "descendants_revoked": descendants,
        }),
    };
    events::record(&tx, vec![event], now).await?;
    let owner = owner.filter(|owner| owner.status == account::Status::Active);
    if let Some(address) = owner.and_then(|owner| owner.email) {
        let text = Text::KeyLeaked {
            name: key.name.clone(),
            last_four,
            source: leak.url.clone().unwrap_or_else(|| "—".to_owned()),
            descendants,
            at: now,
        };
        emails::post(&tx, app, &key.account_id, &address, &text, now).await?;
    }
    tx.commit().await?;
    ended.iter().for_each(|key| look_again(app, key));
    app.signals.tell(Signal::Work);
    Ok(())
}
