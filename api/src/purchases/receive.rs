//! What a processor sends: its signature over the raw bytes is checked, then it is
//! acted on.

use sea_orm::DbErr;

use super::offers::Offers;
use super::settle::settle;
use crate::app::App;
use crate::payments::GatewayError;

#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    #[error("there is no such processor")]
    UnknownProcessor,
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    #[error(transparent)]
    Database(#[from] DbErr),
}

/// Checks and acts on an announcement. One that means nothing to us, repeats
/// itself or names no purchase of ours is taken all the same: sent again, it
/// would mean no more.
///
/// # Errors
/// When no such processor is configured, or it did not send this.
pub async fn receive(
    app: &App,
    offers: &Offers,
    processor: &str,
    header: &(dyn Fn(&str) -> Option<String> + Sync),
    body: &[u8],
) -> Result<(), ReceiveError> {
    let gateway = app
        .gateways
        .find(processor)
        .ok_or(ReceiveError::UnknownProcessor)?;
    if let Some(event) = gateway.read(header, body)? {
        settle(app, offers, gateway.name(), &event).await?;
    }
    Ok(())
}
