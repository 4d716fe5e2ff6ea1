//! How this slice's refusals look on the wire.

use entity::Credits;
use entity::purchase::Status;

use super::{CreateError, ReceiveError, RefundError};
use crate::auth;
use crate::http::idempotency::KeyReused;
use crate::http::{ApiError, Code};
use crate::payments::GatewayError;

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        let refused = |detail: String| Self::new(Code::InvalidInput, detail);
        match error {
            CreateError::UnknownOffer(_) => {
                let detail = "There is no such offer. `GET /v1/offers` lists what is for sale.";
                Self::new(Code::UnknownOffer, detail).field("/offer", "unknown_offer", detail)
            }
            CreateError::NoPrice { currency, priced } => {
                let detail = format!(
                    "The offer has no price in {currency}, only in {}.",
                    priced.join(" and ")
                );
                Self::new(Code::UnknownOffer, detail.clone())
                    .field("/currency", "no_price", detail)
                    .with("currencies", priced)
            }
            CreateError::UnknownProcessor { processors } if processors.is_empty() => {
                refused("Nothing can be bought here: no payment processor is configured.".to_owned())
            }
            CreateError::UnknownProcessor { processors } => {
                let detail = format!(
                    "There is no such processor here, only {}.",
                    processors.join(" and ")
                );
                refused(detail.clone())
                    .field("/processor", "unknown_processor", detail)
                    .with("processors", processors)
            }
            CreateError::BadUrl { field } => {
                let detail = format!("`{field}` must be a URL that a browser opens.");
                refused(detail.clone()).field(&format!("/{field}"), "invalid_url", detail)
            }
            CreateError::Gone => Self::unauthenticated(),
            CreateError::Suspended => auth::suspended(),
            CreateError::KeyReused => KeyReused.into(),
            CreateError::InProgress => {
                let detail = "The first request with this `Idempotency-Key` is still running.";
                Self::new(Code::IdempotencyInProgress, detail).retry_after(1)
            }
            CreateError::Gateway(GatewayError::Refused(why)) => {
                tracing::warn!(why, "a processor refused to open a checkout");
                refused("The payment processor refuses to sell this.".to_owned())
            }
            CreateError::Gateway(error) => unanswered(&error),
            CreateError::Database(error) => error.into(),
        }
    }
}

fn unanswered(error: &GatewayError) -> ApiError {
    tracing::warn!(%error, "a processor did not answer");
    ApiError::new(
        Code::Unavailable,
        "The payment processor does not answer right now.",
    )
    .retry_after(5)
}

impl From<RefundError> for ApiError {
    fn from(error: RefundError) -> Self {
        let nothing = |detail: String| Self::new(Code::NothingToRefund, detail);
        match error {
            RefundError::NotFound => Self::not_found(),
            RefundError::NotPaid {
                status: Status::Disputed,
            } => nothing(
                "The payment is disputed, and the buyer's bank decides whether the money goes back. Ask again if the \
                 dispute is won: the event `purchase.dispute_won` tells."
                    .to_owned(),
            ),
            RefundError::NotPaid {
                status: Status::ChargedBack,
            } => nothing("A dispute was lost: the buyer has the money back already.".to_owned()),
            RefundError::NotPaid { .. } => nothing("Nothing was paid.".to_owned()),
            RefundError::Held(held) => {
                let detail = format!(
                    "Generations under way hold {held} of its credits. Ask again when they have ended, or cancel them."
                );
                Self::new(Code::Conflict, detail).with("held", held.to_string())
            }
            RefundError::Used { credits, unspent } => {
                let used: Credits = credits - unspent;
                nothing(format!(
                    "{used} of its {credits} credits are spent or expired, and what is left is worth nothing."
                ))
                .with("used", used.to_string())
                .with("credits", credits.to_string())
            }
            RefundError::KeyReused => KeyReused.into(),
            RefundError::Database(error) => error.into(),
        }
    }
}

impl From<ReceiveError> for ApiError {
    fn from(error: ReceiveError) -> Self {
        match error {
            ReceiveError::UnknownProcessor => Self::not_found(),
            ReceiveError::Gateway(GatewayError::Unreadable) => {
                Self::new(Code::InvalidRequest, "The announcement can't be read.")
            }
            ReceiveError::Gateway(GatewayError::Unavailable(why)) => {
                unanswered(&GatewayError::Unavailable(why))
            }
            ReceiveError::Gateway(_) => {
                Self::new(Code::InvalidRequest, "The signature does not fit the body.")
            }
            ReceiveError::Database(error) => error.into(),
        }
    }
}
