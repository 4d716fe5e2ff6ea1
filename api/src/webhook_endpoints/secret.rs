//! Which secrets sign what is sent to an endpoint. Sealed in rows, and shown once.

use std::time::Duration;

use entity::{Timestamp, WebhookEndpointId, webhook_endpoint};
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QuerySelect as _};

use super::create::{EndpointError, Made};
use super::sign::new_secret;
use crate::app::App;
use crate::credits::Owner;
use crate::http::idempotency::{self, Answer, Place};
use crate::secrets::Secrets;

const SEAL: &str = "webhook_secret";

pub const ROTATE: &str = "webhook_endpoints.rotate_secret";

pub(super) fn seal(secrets: &Secrets, secret: &str) -> String {
    secrets.seal(SEAL, secret)
}

pub(super) fn open(secrets: &Secrets, sealed: &str) -> Option<String> {
    secrets.open(SEAL, sealed)
}

/// What signs now, of two sealed secrets: the second until its time is over.
pub(super) fn valid(
    secrets: &Secrets,
    present: &str,
    (old, until): (Option<&str>, Option<Timestamp>),
    now: Timestamp,
) -> Vec<String> {
    let old = old.filter(|_| until.is_some_and(|until| until > now));
    [Some(present), old]
        .into_iter()
        .flatten()
        .filter_map(|sealed| open(secrets, sealed))
        .collect()
}

/// Gives an endpoint a new secret; the old one signs besides for as long as `grace`.
///
/// # Errors
/// When there is no such endpoint.
pub async fn rotate(
    app: &App,
    owner: &Owner,
    id: &WebhookEndpointId,
    grace: Duration,
    place: Option<&Place<'_>>,
) -> Result<Made, EndpointError> {
    use webhook_endpoint::Column;
    let now = app.now();
    let tx = app.db.begin().await?;
    let find =
        || webhook_endpoint::Entity::of(&owner.account, owner.livemode).filter(Column::Id.eq(id.clone()));
    let row = find()
        .lock_exclusive()
        .one(&tx)
        .await?
        .ok_or(EndpointError::NotFound)?;
    let secret = new_secret();
    let sealed = seal(&app.secrets, &secret);
    if let Some(place) = place {
        let answer = Answer {
            status: 200,
            resource: id.to_string(),
            sealed: Some(sealed.clone()),
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            return recall(app, &tx, place, row, now).await;
        }
    }
    webhook_endpoint::Entity::update_many()
        .col_expr(Column::Secret, Expr::value(sealed))
        .col_expr(Column::OldSecret, Expr::value(Some(row.secret)))
        .col_expr(Column::OldSecretUntil, Expr::value(Some(now.plus(grace))))
        .filter(Column::Id.eq(id.clone()))
        .exec(&tx)
        .await?;
    let row = find().one(&tx).await?.ok_or(EndpointError::NotFound)?;
    tx.commit().await?;
    Ok(Made {
        row,
        secret,
        replayed: false,
    })
}

/// The same secret again, for whoever lost the answer.
pub(super) async fn recall(
    app: &App,
    tx: &impl ConnectionTrait,
    place: &Place<'_>,
    row: webhook_endpoint::Model,
    now: Timestamp,
) -> Result<Made, EndpointError> {
    let answer = idempotency::recall(tx, place, now).await??;
    let sealed = answer.and_then(|answer| answer.sealed);
    let secret = sealed
        .and_then(|sealed| open(&app.secrets, &sealed))
        .ok_or(EndpointError::SecretGone)?;
    Ok(Made {
        row,
        secret,
        replayed: true,
    })
}
