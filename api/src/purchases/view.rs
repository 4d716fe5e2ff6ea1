//! What the API shows of offers and purchases.

use entity::purchase::{self, Status};
use entity::{Credits, Money, PurchaseId, Timestamp};
use poem_openapi::Object;
use poem_openapi::types::Example;

use super::offers;
use super::{price_of, refund_of};
use crate::http::{Nullable, example};

/// A pack of credits for sale.
#[derive(Debug, Object)]
#[oai(example)]
pub struct Offer {
    /// What `POST /v1/purchases` takes as `offer`.
    pub id: String,
    pub display_name: String,
    /// How many credits it brings.
    pub credits: Credits,
    /// One price a currency. The first is taken where a purchase names no currency.
    pub prices: Vec<Money>,
    /// How long the credits last from payment on, as an ISO 8601 period. Null: they don't expire.
    pub lasts: Nullable<String>,
}

impl From<&offers::Offer> for Offer {
    fn from(offer: &offers::Offer) -> Self {
        Self {
            id: offer.id.clone(),
            display_name: offer.display_name.clone(),
            credits: offer.credits,
            prices: offer.prices.clone(),
            lasts: offer.lasts.clone().into(),
        }
    }
}

impl Example for Offer {
    fn example() -> Self {
        Self {
            id: "pack-1000".to_owned(),
            display_name: "1,000 credits, a year to use them".to_owned(),
            credits: Credits::from_micro(1_000_000_000),
            prices: vec![Money {
                amount: 7900,
                currency: "EUR".to_owned(),
            }],
            lasts: Some("P1Y".to_owned()).into(),
        }
    }
}

/// A purchase of credits, from its checkout to its payment or refund.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Purchase {
    pub id: PurchaseId,
    /// The offer that was bought. It may have been withdrawn since.
    pub offer: String,
    /// Who takes the money.
    pub processor: String,
    /// `pending` until the processor tells of a payment; credits come with `paid`. A `failed` payment may be tried
    /// again at the same checkout. `refunding` until the processor has returned the money. While a payment is
    /// `disputed`, what is left of its credits is taken back: it is `paid` again, credits included, when the dispute is
    /// won, and `charged_back` for good when it is lost. `expired` when nobody began to pay within a day, or the money did not
    /// come within thirty; money that comes all the same still counts.
    pub status: Status,
    pub price: Money,
    pub credits: Credits,
    /// Where the buyer pays: send them there. Null if the processor has opened no checkout.
    pub checkout_url: Nullable<String>,
    /// Where the processor sends the buyer afterwards. That someone arrives there proves no payment: ask for the
    /// purchase.
    pub success_url: String,
    /// Where the processor sends a buyer who turned back.
    pub cancel_url: String,
    /// Whether it brings live or test credits: as the credentials that made it.
    pub livemode: bool,
    pub created_at: Timestamp,
    pub paid_at: Nullable<Timestamp>,
    /// When the money went back to the buyer, by a refund or a lost dispute.
    pub refunded_at: Nullable<Timestamp>,
    /// How much of the price goes back to the buyer, or went; null while all of it stays.
    pub refund: Nullable<Money>,
}

impl From<purchase::Model> for Purchase {
    fn from(row: purchase::Model) -> Self {
        Self {
            price: price_of(&row),
            refund: refund_of(&row).into(),
            id: row.id,
            offer: row.offer,
            processor: row.processor,
            status: row.status,
            credits: row.credits,
            checkout_url: row.checkout_url.into(),
            success_url: row.success_url,
            cancel_url: row.cancel_url,
            livemode: row.livemode,
            created_at: row.created_at,
            paid_at: row.paid_at.into(),
            refunded_at: row.refunded_at.into(),
        }
    }
}

impl Example for Purchase {
    fn example() -> Self {
        Self {
            id: example::id("pur"),
            offer: "pack-100".to_owned(),
            processor: "sandbox".to_owned(),
            status: Status::Pending,
            price: Money::example(),
            credits: Credits::from_micro(100_000_000),
            checkout_url: Some(format!(
                "https://api.studio.example/sandbox/checkout/{}",
                example::id::<PurchaseId>("pur")
            ))
            .into(),
            success_url: "https://studio.example/thanks".to_owned(),
            cancel_url: "https://studio.example/prices".to_owned(),
            livemode: false,
            created_at: example::MOMENT,
            paid_at: None.into(),
            refunded_at: None.into(),
            refund: None.into(),
        }
    }
}

/// What was bought, from whom and for how much.
#[derive(Debug, Object)]
#[oai(rename = "PurchaseReceipt", example)]
pub struct Receipt {
    /// The receipt's number: unique, and the same whenever you ask.
    pub number: String,
    pub purchase: PurchaseId,
    /// Who sold it.
    pub seller: String,
    /// What was sold.
    pub description: String,
    pub credits: Credits,
    /// What was paid.
    pub price: Money,
    /// Who took the money.
    pub processor: String,
    /// Nothing was really sold where this is false.
    pub livemode: bool,
    /// When it was paid.
    pub paid_at: Timestamp,
    /// When the money went back, by a refund or a lost dispute; null if it did not.
    pub refunded_at: Nullable<Timestamp>,
    /// How much of the price went back by then.
    pub refund: Nullable<Money>,
}

impl Receipt {
    /// The receipt of a purchase that was paid.
    pub(super) fn of(row: &purchase::Model, seller: &str, description: &str) -> Option<Self> {
        Some(Self {
            number: number(&row.id),
            purchase: row.id.clone(),
            seller: seller.to_owned(),
            description: description.to_owned(),
            credits: row.credits,
            price: price_of(row),
            processor: row.processor.clone(),
            livemode: row.livemode,
            paid_at: row.paid_at?,
            refunded_at: row.refunded_at.into(),
            refund: row.refunded_at.and_then(|_| refund_of(row)).into(),
        })
    }
}

/// `R-` and the body of the purchase's id, in capitals: it reads well on paper.
pub(super) fn number(id: &PurchaseId) -> String {
    let body = id.as_str().trim_start_matches("pur_");
    format!("R-{}", body.to_ascii_uppercase())
}

impl Example for Receipt {
    fn example() -> Self {
        Self {
            number: number(&example::id("pur")),
            purchase: example::id("pur"),
            seller: "Example Studio".to_owned(),
            description: "100 credits".to_owned(),
            credits: Credits::from_micro(100_000_000),
            price: Money::example(),
            processor: "sandbox".to_owned(),
            livemode: false,
            paid_at: example::MOMENT,
            refunded_at: None.into(),
            refund: None.into(),
        }
    }
}
