//! What a payment processor must be able to do, and what it can announce.

use entity::{Money, PurchaseId};
use futures_util::future::BoxFuture;

/// What is to be paid, and where the buyer goes afterwards.
#[derive(Debug, Clone)]
pub struct NewCheckout {
    /// Ours, and the processor's idempotency key: asked twice, it opens one checkout.
    pub purchase: PurchaseId,
    pub description: String,
    pub price: Money,
    pub success_url: String,
    pub cancel_url: String,
}

/// An open checkout: where the buyer pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    pub url: String,
}

/// A purchase of which the processor told nothing.
#[derive(Debug, Clone)]
pub struct Query {
    pub purchase: PurchaseId,
    pub price: Money,
}

/// Money to be given back: all of a purchase's price or a part of it.
#[derive(Debug, Clone)]
pub struct Refund {
    /// With the amount, the processor's idempotency key: asked twice, it gives back once.
    pub purchase: PurchaseId,
    pub amount: Money,
}

/// What a processor tells us, once its signature was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The processor's own id: the same however often it is delivered.
    pub id: String,
    pub purchase: PurchaseId,
    pub announced: Announced,
    /// Which dispute it tells of, by the processor's own id. `None`: the purchase's only one.
    pub dispute: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    Paid,
    /// Started, but no money yet.
    Pending,
    Failed,
    /// The checkout is closed, and nobody paid.
    Expired,
    Refunded,
    /// The buyer's bank asks for the money back.
    Disputed,
    /// A dispute was settled: the money stays.
    DisputeWon,
    /// A dispute was settled: the money is gone.
    DisputeLost,
}

impl Announced {
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Refunded => "refunded",
            Self::Disputed => "disputed",
            Self::DisputeWon => "dispute_won",
            Self::DisputeLost => "dispute_lost",
        }
    }

    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [
            Self::Paid,
            Self::Pending,
            Self::Failed,
            Self::Expired,
            Self::Refunded,
            Self::Disputed,
            Self::DisputeWon,
            Self::DisputeLost,
        ]
        .into_iter()
        .find(|announced| announced.as_str() == text)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    #[error("the processor is not available: {0}")]
    Unavailable(String),
    #[error("the processor refused: {0}")]
    Refused(String),
    #[error("the announcement is not signed by the processor")]
    BadSignature,
    #[error("the announcement can't be read")]
    Unreadable,
}

pub trait Gateway: Send + Sync {
    fn name(&self) -> &'static str;

    /// Opens a checkout, or finds the one opened for this purchase before.
    fn open<'a>(&'a self, checkout: &'a NewCheckout) -> BoxFuture<'a, Result<Checkout, GatewayError>>;

    /// Says what became of a checkout. `None`: nobody has begun to pay.
    fn ask<'a>(&'a self, query: &'a Query) -> BoxFuture<'a, Result<Option<Announced>, GatewayError>>;

    /// Gives the money back; asked twice, it does so once.
    fn refund<'a>(&'a self, refund: &'a Refund) -> BoxFuture<'a, Result<(), GatewayError>>;

    /// Checks an announcement's signature over its raw bytes and reads it.
    /// `None`: an event that means nothing to us.
    ///
    /// # Errors
    /// When the signature or the body is not the processor's.
    fn read(
        &self,
        header: &dyn Fn(&str) -> Option<String>,
        body: &[u8],
    ) -> Result<Option<Event>, GatewayError>;
}
