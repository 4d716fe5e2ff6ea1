//! A request as it came, parsed, and who makes it.

use std::collections::BTreeMap;
use std::sync::Arc;

use entity::event::Kind as EventKind;
use entity::{Credits, EstimateId, KeyId, Timestamp};
use serde_json::{Map, Value};

use super::check::CreateError;
use super::countries::is_country;
use super::input::CreateGeneration;
use super::locked::LockedPrice;
use crate::app::App;
use crate::auth::{Bounds, Caller, Scope, Scopes};
use crate::credits::Owner;
use crate::http::Fingerprint;
use crate::{outbound, webhook_endpoints};

#[derive(Debug, Clone)]
pub struct Wanted {
    pub owner: Owner,
    pub key: Option<KeyId>,
    /// What the key may ask for.
    pub bounds: Arc<Bounds>,
    pub model: String,
    pub input: Map<String, Value>,
    pub metadata: Map<String, Value>,
    pub end_user: Option<String>,
    pub saved: bool,
    pub max_cost: Option<Credits>,
    pub deadline: Option<Timestamp>,
    pub regions: Option<Vec<String>>,
    /// The estimate at whose prices it is wanted.
    pub estimate: Option<EstimateId>,
    /// What that estimate locked, once it was looked up.
    pub locked: Option<LockedPrice>,
    pub webhook: Option<Webhook>,
    /// The idempotency key and the fingerprint of the request.
    pub once: Option<(String, Fingerprint)>,
}

/// An address of the request's own, and the kinds of events that it wants.
#[derive(Debug, Clone)]
pub struct Webhook {
    pub url: String,
    /// As rows have them; `None`: how it ended.
    pub events: Option<String>,
}

/// Whose books and rows it concerns.
#[must_use]
pub fn owner(caller: &Caller) -> Owner {
    Owner {
        account: caller.account.clone(),
        livemode: caller.livemode,
    }
}

/// What the caller wants.
///
/// # Errors
/// When it carries more of the caller's own data than is kept, names regions that are no
/// countries, or has told what the caller may not read.
pub fn wanted(
    caller: &Caller,
    body: CreateGeneration,
    once: Option<(String, Fingerprint)>,
) -> Result<Wanted, CreateError> {
    let webhook = webhook(
        body.webhook_url,
        body.webhook_events,
        OF_GENERATIONS,
        caller.scopes,
    )?;
    let mut regions = body.regions.iter().flatten();
    if let Some(at) = regions.position(|code| !is_country(code)) {
        return Err(CreateError::NoCountry(at));
    }
    Ok(Wanted {
        owner: owner(caller),
        key: caller.key.clone(),
        bounds: Arc::clone(&caller.bounds),
        model: body.model,
        input: body.input.into_map(),
        metadata: checked_metadata(body.metadata)?,
        end_user: body.end_user,
        saved: body.saved.unwrap_or(false),
        max_cost: body.max_cost,
        deadline: body.deadline,
        regions: body.regions,
        estimate: body.estimate_id,
        locked: None,
        webhook,
        once,
    })
}

/// The address that a request brings along, with the events that it wants of those
/// that it may.
///
/// # Errors
/// When it is no address, wants others, or could be read there by somebody who may not
/// read it here.
pub fn webhook(
    url: Option<String>,
    events: Option<Vec<EventKind>>,
    may: &[EventKind],
    scopes: Scopes,
) -> Result<Option<Webhook>, CreateError> {
    let Some(url) = url else {
        return match events {
            Some(_) => Err(CreateError::WebhookEvents),
            None => Ok(None),
        };
    };
    if !scopes.contains(Scope::GenerationsRead) {
        return Err(CreateError::WebhookScope);
    }
    outbound::parse(&url).map_err(CreateError::WebhookUrl)?;
    let others = events.iter().flatten().any(|kind| !may.contains(kind));
    if others {
        return Err(CreateError::WebhookEvents);
    }
    let events = events.map(|events| webhook_endpoints::write_events(&events));
    Ok(Some(Webhook { url, events }))
}

/// What can be told of one generation.
pub const OF_GENERATIONS: &[EventKind] = &[
    EventKind::GenerationStarted,
    EventKind::GenerationSucceeded,
    EventKind::GenerationFailed,
    EventKind::GenerationCanceled,
    EventKind::GenerationExpired,
];

/// Whether its address may be sent to at all, as far as the address says.
///
/// # Errors
/// Why not.
pub fn reachable(app: &App, webhook: Option<&Webhook>) -> Result<(), CreateError> {
    let Some(webhook) = webhook else { return Ok(()) };
    let checked = app.outbound.check(&webhook.url);
    checked.map(drop).map_err(CreateError::WebhookUrl)
}

/// The caller's own data, as it is kept.
///
/// # Errors
/// When it is more than is kept.
pub fn checked_metadata(
    metadata: Option<BTreeMap<String, String>>,
) -> Result<Map<String, Value>, CreateError> {
    let metadata = metadata.unwrap_or_default();
    let fits = |(key, text): (&String, &String)| key.chars().count() <= 40 && text.chars().count() <= 500;
    if metadata.len() > 50 || !metadata.iter().all(fits) {
        return Err(CreateError::Metadata);
    }
    let kept = metadata.into_iter().map(|(key, text)| (key, text.into()));
    Ok(kept.collect())
}
