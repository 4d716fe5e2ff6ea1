//! A provider tells that something happened. That is a hint and no more: whoever
//! works on it looks now instead of later, and believes what it sees there. So one
//! that comes twice, too early, or from a stranger changes nothing.

use entity::{AttemptId, attempt};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use super::run::KIND;
use crate::app::App;
use crate::jobs;
use crate::providers::Callback;
use crate::signals::Signal;

const PURPOSE: &str = "provider callback";

#[derive(Debug, thiserror::Error)]
pub enum CallbackError {
    #[error("there is no such attempt, or the secret is not its own")]
    NotFound,
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Where the provider may call for this attempt, and with which secret.
pub(super) fn callback(app: &App, attempt: &attempt::Model) -> Callback {
    let base = app.config.public_url();
    Callback {
        url: format!("{base}/hooks/providers/{}/{}", attempt.provider, attempt.id),
        secret: app.secrets.sign(PURPOSE, attempt.id.as_str().as_bytes()),
    }
}

/// Takes the hint.
///
/// # Errors
/// When the secret is not the attempt's.
pub async fn heard(app: &App, provider: &str, reference: &str, secret: &str) -> Result<(), CallbackError> {
    if !app.secrets.verify(PURPOSE, reference.as_bytes(), secret) {
        return Err(CallbackError::NotFound);
    }
    let id: AttemptId = reference.parse().map_err(|_| CallbackError::NotFound)?;
    let attempt = attempt::Entity::find_by_id(id)
        .filter(attempt::Column::Provider.eq(provider))
        .one(app.db.read())
        .await?
        .ok_or(CallbackError::NotFound)?;
    if attempt.ended_at.is_none() {
        jobs::hasten(&app.db, KIND, attempt.generation_id.as_str(), app.now()).await?;
        app.signals.tell(Signal::Moved(attempt.generation_id));
        app.signals.tell(Signal::Work);
    }
    Ok(())
}
