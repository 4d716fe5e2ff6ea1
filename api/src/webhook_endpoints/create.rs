//! Making an endpoint.

use entity::event::Kind;
use entity::{WebhookEndpointId, account, webhook_endpoint};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, DbErr, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _,
};

use super::direct;
use super::secret::{recall, seal};
use super::sign::new_secret;
use super::wishes;
use crate::app::App;
use crate::auth::{Scope, Scopes};
use crate::credits::Owner;
use crate::http::idempotency::{self, Answer, KeyReused, Place};
use crate::outbound::Refused;

pub const ROUTE: &str = "webhook_endpoints.create";

#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    #[error("there is no such endpoint")]
    NotFound,
    #[error("the address is refused: {0}")]
    Address(#[from] Refused),
    #[error("there are {0} endpoints already")]
    TooMany(u32),
    #[error("the endpoint is disabled")]
    Disabled,
    #[error("there is no such event")]
    NoEvent,
    #[error("the caller may not read events of this type")]
    Unreadable(Kind, Scope),
    #[error("the account is closed")]
    AccountGone,
    #[error("the secret can't be shown again")]
    SecretGone,
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewEndpoint {
    pub url: String,
    pub description: String,
    /// Empty: all.
    pub events: Vec<Kind>,
}

/// An endpoint and its secret, which is shown this once.
#[derive(Debug, Clone)]
pub struct Made {
    pub row: webhook_endpoint::Model,
    pub secret: String,
    pub replayed: bool,
}

/// Makes an endpoint, or answers as it did before.
///
/// # Errors
/// When the address is refused, the caller may not read such events, or there are too many.
pub async fn create(
    app: &App,
    owner: &Owner,
    new: NewEndpoint,
    scopes: Scopes,
    place: Option<&Place<'_>>,
) -> Result<Made, EndpointError> {
    app.outbound.check(&new.url)?;
    direct::check(&new.events, scopes)?;
    let now = app.now();
    let tx = app.db.begin().await?;
    // Locked: of two at once, the second counts the first; and an erasure that
    // begins now takes both.
    let alive = account::Entity::find_by_id(owner.account.clone())
        .filter(account::Column::Status.eq(account::Status::Active))
        .lock_exclusive()
        .one(&tx)
        .await?;
    if alive.is_none() {
        return Err(EndpointError::AccountGone);
    }
    let id = WebhookEndpointId::new(now);
    let secret = new_secret();
    let sealed = seal(&app.secrets, &secret);
    if let Some(place) = place {
        let answer = Answer {
            status: 201,
            resource: id.to_string(),
            sealed: Some(sealed.clone()),
        };
        if !idempotency::remember(&tx, place, answer, now).await? {
            let before = idempotency::recall(&tx, place, now).await??;
            let id = before.map(|answer| answer.resource).unwrap_or_default();
            let row = webhook_endpoint::Entity::of(&owner.account, owner.livemode)
                .filter(webhook_endpoint::Column::Id.eq(id))
                .one(&tx)
                .await?;
            return recall(app, &tx, place, row.ok_or(EndpointError::SecretGone)?, now).await;
        }
    }
    let count = webhook_endpoint::Entity::of(&owner.account, owner.livemode)
        .count(&tx)
        .await?;
    let most = app.config.webhooks.most_endpoints;
    if count >= u64::from(most) {
        return Err(EndpointError::TooMany(most));
    }
    let row = webhook_endpoint::Model {
        id,
        account_id: owner.account.clone(),
        livemode: owner.livemode,
        url: new.url,
        description: new.description,
        events: wishes::write(&new.events),
        enabled: true,
        disabled_reason: None,
        secret: sealed,
        old_secret: None,
        old_secret_until: None,
        failing_since_at: None,
        created_at: now,
        deleted_at: None,
    };
    let active = webhook_endpoint::ActiveModel {
        id: Set(row.id.clone()),
        account_id: Set(row.account_id.clone()),
        livemode: Set(row.livemode),
        url: Set(row.url.clone()),
        description: Set(row.description.clone()),
        events: Set(row.events.clone()),
        enabled: Set(true),
        disabled_reason: Set(None),
        secret: Set(row.secret.clone()),
        old_secret: Set(None),
        old_secret_until: Set(None),
        failing_since_at: Set(None),
        created_at: Set(now),
        deleted_at: Set(None),
    };
    webhook_endpoint::Entity::insert(active)
        .exec_without_returning(&tx)
        .await?;
    tx.commit().await?;
    Ok(Made {
        row,
        secret,
        replayed: false,
    })
}
