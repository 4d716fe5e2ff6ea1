//! `/sandbox`: no credentials, and nothing real.

use entity::purchase;
use entity::{MailId, Money, PurchaseId, Timestamp};
use poem::http::{StatusCode, header};
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::{Html, Json, Response};
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object, OpenApi};

use super::RunDue;
use super::checkout::{self, AnnounceError, announce};
use super::clock::{AdvanceError, advance};
use super::outbox::{Opened, outbox};
use super::page::Page;
use crate::app::App;
use crate::http::{ApiError, Body, Code, FieldError, Nullable, Tag, example};
use crate::payments::Announced;
use crate::purchases::{Offers, Purchase};

const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub struct SandboxApi;

/// How far to move the clock.
#[derive(Debug, Object)]
#[oai(example)]
pub struct AdvanceClock {
    /// An ISO 8601 period such as `P30D`, `P1M` or `PT90S`, counted by the calendar from the sandbox's present. `PT0S`
    /// moves nothing and runs what is due.
    #[oai(validator(max_length = 100))]
    advance: String,
}

impl Example for AdvanceClock {
    fn example() -> Self {
        Self {
            advance: "P30D".to_owned(),
        }
    }
}

/// What time it is in the sandbox.
#[derive(Debug, Object)]
#[oai(example)]
pub struct SandboxClock {
    pub now: Timestamp,
}

impl Example for SandboxClock {
    fn example() -> Self {
        Self { now: example::MOMENT }
    }
}

/// A mail that a real server would have sent.
#[derive(Debug, Object)]
#[oai(example)]
pub struct OutboxMail {
    pub id: MailId,
    /// Which text it is: `verify_email`.
    pub template: String,
    pub to: String,
    pub subject: String,
    pub text: String,
    /// The same as a page.
    pub html: String,
    pub created_at: Timestamp,
    /// Null while it waits to be sent.
    pub sent_at: Nullable<Timestamp>,
    /// When it was given up; null otherwise.
    pub failed_at: Nullable<Timestamp>,
    /// Why it was given up: what the mail server answered, `suppressed` or `too old`.
    pub failure: Nullable<String>,
}

impl Example for OutboxMail {
    fn example() -> Self {
        Self {
            id: example::id("mail"),
            template: "verify_email".to_owned(),
            to: "ada@studio.example".to_owned(),
            subject: "Confirm your address for Example Studio".to_owned(),
            text: "Hello,\n\nplease enter this code to confirm your address …".to_owned(),
            html: "<!doctype html>\n<html lang=\"en\">…".to_owned(),
            created_at: example::MOMENT,
            sent_at: Some(example::after(20)).into(),
            failed_at: None.into(),
            failure: None.into(),
        }
    }
}

impl From<Opened> for OutboxMail {
    fn from(mail: Opened) -> Self {
        Self {
            id: mail.row.id,
            template: mail.row.template,
            to: mail.letter.to,
            subject: mail.letter.subject,
            text: mail.letter.text,
            html: mail.letter.html,
            created_at: mail.row.created_at,
            sent_at: mail.row.sent_at.into(),
            failed_at: mail.row.failed_at.into(),
            failure: mail.row.failure.into(),
        }
    }
}

/// Mails, newest first.
#[derive(Debug, Object)]
pub struct Outbox {
    pub data: Vec<OutboxMail>,
}

/// What the payment processor says of a purchase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum CheckoutOutcome {
    Paid,
    Failed,
    Pending,
    Expired,
    Refunded,
    Disputed,
    DisputeWon,
    DisputeLost,
}

impl From<CheckoutOutcome> for Announced {
    fn from(outcome: CheckoutOutcome) -> Self {
        match outcome {
            CheckoutOutcome::Paid => Self::Paid,
            CheckoutOutcome::Failed => Self::Failed,
            CheckoutOutcome::Pending => Self::Pending,
            CheckoutOutcome::Expired => Self::Expired,
            CheckoutOutcome::Refunded => Self::Refunded,
            CheckoutOutcome::Disputed => Self::Disputed,
            CheckoutOutcome::DisputeWon => Self::DisputeWon,
            CheckoutOutcome::DisputeLost => Self::DisputeLost,
        }
    }
}

/// What to announce of a purchase.
#[derive(Debug, Object)]
#[oai(example)]
pub struct AnnounceCheckout {
    outcome: CheckoutOutcome,
    /// The id of the processor's event. Absent: a new one. The id of an earlier event delivers that event again, which
    /// changes nothing.
    #[oai(validator(min_length = 1, max_length = 255))]
    event: Option<String>,
    /// Which dispute it is about, by an id of the processor's. Absent: the purchase's only one. A dispute that is
    /// settled stays so; another id opens another.
    #[oai(validator(min_length = 1, max_length = 255))]
    dispute: Option<String>,
}

impl Example for AnnounceCheckout {
    fn example() -> Self {
        Self {
            outcome: CheckoutOutcome::Paid,
            event: None,
            dispute: None,
        }
    }
}

#[OpenApi]
impl SandboxApi {
    /// Move the clock
    ///
    /// Moves the sandbox's time ahead, for every process, and runs what is due by then (credits expire, deadlines
    /// pass, files are removed) before it answers with the new time. The clock never goes back, and stays within a
    /// hundred years of the real time: else 422 `invalid_input`. What is no period is refused with 400.
    #[oai(
        path = "/sandbox/clock",
        method = "post",
        operation_id = "sandbox.clock",
        tag = "Tag::Sandbox"
    )]
    async fn clock(
        &self,
        app: Data<&App>,
        run_due: Data<&RunDue>,
        body: Body<AdvanceClock>,
    ) -> Result<Json<SandboxClock>, ApiError> {
        let now = advance(app.0, run_due.0, &body.parsed.advance).await?;
        Ok(Json(SandboxClock { now }))
    }

    /// Read the outbox
    ///
    /// The mails that a real server would have sent, newest first: codes to verify an address are in here. The newest
    /// thousand mails are looked at.
    #[oai(
        path = "/sandbox/outbox",
        method = "get",
        operation_id = "sandbox.outbox",
        tag = "Tag::Sandbox"
    )]
    async fn outbox(
        &self,
        app: Data<&App>,
        /// Only mails to this address, in any case.
        to: Query<Option<String>>,
        /// How many to return: 1 to 100, 20 if absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
    ) -> Result<Json<Outbox>, ApiError> {
        let limit = usize::try_from(limit.0.unwrap_or(20)).unwrap_or(usize::MAX);
        let mails = outbox(app.0, to.0.as_deref(), limit).await?;
        Ok(Json(Outbox {
            data: mails.into_iter().map(Into::into).collect(),
        }))
    }

    /// Decide a checkout
    ///
    /// Has the sandbox's payment processor announce an outcome, signed and by the same way as a real processor's word,
    /// and answers with the purchase as it stands then. Outcomes may come in any order and number: a purchase grants
    /// its credits once, and stands where all of them together put it. A dispute opens with `disputed`, and is settled
    /// by `dispute_won` or `dispute_lost`. Opened in a browser, the same address is a checkout page.
    ///
    /// A refund of exactly 13.13 is refused by this processor, so that you see what becomes of the credits. Of a price of
    /// exactly 14.14 it tells nothing by itself, and says that it was paid when it is asked, ten minutes later.
    #[oai(
        path = "/sandbox/checkout/:purchase",
        method = "post",
        operation_id = "sandbox.checkout",
        tag = "Tag::Sandbox"
    )]
    async fn checkout(
        &self,
        app: Data<&App>,
        offers: Data<&Offers>,
        /// The purchase's id.
        purchase: Path<PurchaseId>,
        body: Body<AnnounceCheckout>,
    ) -> Result<Json<Purchase>, ApiError> {
        let AnnounceCheckout {
            outcome,
            event,
            dispute,
        } = body.parsed;
        let row = announce(app.0, offers.0, &purchase.0, (outcome.into(), dispute), event).await?;
        Ok(Json(row.into()))
    }

    /// The checkout page
    #[oai(path = "/sandbox/checkout/:purchase", method = "get", hidden)]
    async fn page(
        &self,
        app: Data<&App>,
        offers: Data<&Offers>,
        purchase: Path<PurchaseId>,
        left: Query<Option<bool>>,
    ) -> Result<Response<Html<String>>, ApiError> {
        let row = checkout::find(app.0, &purchase.0).await?;
        let row = row.ok_or_else(ApiError::not_found)?;
        Ok(shown(app.0, offers.0, &row, left.0.unwrap_or_default()))
    }

    /// A button of the checkout page
    #[oai(path = "/sandbox/checkout/:purchase/:outcome", method = "post", hidden)]
    async fn decide(
        &self,
        app: Data<&App>,
        offers: Data<&Offers>,
        purchase: Path<PurchaseId>,
        outcome: Path<CheckoutOutcome>,
    ) -> Result<Response<Html<String>>, ApiError> {
        announce(app.0, offers.0, &purchase.0, (outcome.0.into(), None), None).await?;
        let left = match outcome.0 {
            CheckoutOutcome::Pending => "?left=true",
            _ => "",
        };
        // Back to the page, so that a reload announces nothing anew.
        Ok(Response::new(Html(String::new()))
            .status(StatusCode::SEE_OTHER)
            .header(header::LOCATION, format!("../{}{left}", purchase.0)))
    }
}

fn shown(app: &App, offers: &Offers, row: &purchase::Model, left: bool) -> Response<Html<String>> {
    let price = Money {
        amount: row.amount,
        currency: row.currency.clone(),
    };
    let offer = offers.find(&row.offer);
    let page = Page {
        row,
        seller: &app.config.policy.controller,
        title: offer.map_or(row.offer.as_str(), |offer| offer.display_name.as_str()),
        price: &price.to_string(),
        left,
    };
    // The address lets whoever has it decide: it is told to nobody and kept nowhere.
    let headers = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    headers
        .into_iter()
        .fold(Response::new(Html(page.html())), |response, (name, value)| {
            response.header(name, value)
        })
}

impl From<AdvanceError> for ApiError {
    fn from(error: AdvanceError) -> Self {
        let at = "/advance";
        let refused =
            |code: &str, detail: &'static str| Self::new(Code::InvalidInput, detail).field(at, code, detail);
        match error {
            AdvanceError::NoPeriod => {
                let detail = "Must be an ISO 8601 period such as P30D or PT90S.";
                Self::invalid(vec![FieldError::at(at, "invalid_format", detail)])
            }
            AdvanceError::Back => refused("negative", "The clock never goes back."),
            AdvanceError::TooFar => refused(
                "too_large",
                "The clock stays within a hundred years of the real time.",
            ),
            AdvanceError::Database(error) => error.into(),
        }
    }
}

impl From<AnnounceError> for ApiError {
    fn from(error: AnnounceError) -> Self {
        match error {
            AnnounceError::NotFound => Self::not_found(),
            AnnounceError::Receive(error) => error.into(),
            AnnounceError::Database(error) => error.into(),
        }
    }
}
