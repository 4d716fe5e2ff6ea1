//! The buyer and the processor of a purchase, played by a developer or a test.

use entity::{PurchaseId, purchase};
use sea_orm::{ColumnTrait as _, DbErr, EntityTrait as _, QueryFilter as _};

use crate::app::App;
use crate::payments::{Announced, Event, SIGNATURE_HEADER};
use crate::purchases::{Offers, ReceiveError, receive};
use crate::secrets::hex;

const PROCESSOR: &str = "sandbox";

#[derive(Debug, thiserror::Error)]
pub enum AnnounceError {
    #[error("no purchase of the sandbox's has this id")]
    NotFound,
    #[error(transparent)]
    Receive(#[from] ReceiveError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// The purchase with this id, if it is to be paid here.
///
/// # Errors
/// What the database answers.
pub async fn find(app: &App, id: &PurchaseId) -> Result<Option<purchase::Model>, DbErr> {
    purchase::Entity::find_by_id(id.clone())
        .filter(purchase::Column::Processor.eq(PROCESSOR))
        .one(app.db.read())
        .await
}

/// Has the sandbox's processor announce an outcome: signed, and by the same way
/// as what comes in at `/hooks/sandbox`. An event's id that was used before makes
/// it the same event, delivered again.
///
/// # Errors
/// When there is no such purchase.
pub async fn announce(
    app: &App,
    offers: &Offers,
    id: &PurchaseId,
    (outcome, dispute): (Announced, Option<String>),
    event: Option<String>,
) -> Result<purchase::Model, AnnounceError> {
    find(app, id).await?.ok_or(AnnounceError::NotFound)?;
    let sandbox = app.gateways.sandbox().ok_or(AnnounceError::NotFound)?;
    let event = event.unwrap_or_else(|| format!("evt_{}", hex(&rand::random::<[u8; 16]>())));
    let (body, signature) = sandbox.announce(&Event {
        id: event,
        purchase: id.clone(),
        announced: outcome,
        dispute,
    });
    let header = |name: &str| {
        name.eq_ignore_ascii_case(SIGNATURE_HEADER)
            .then(|| signature.clone())
    };
    receive(app, offers, PROCESSOR, &header, &body).await?;
    find(app, id).await?.ok_or(AnnounceError::NotFound)
}
