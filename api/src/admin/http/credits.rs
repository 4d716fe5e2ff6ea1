//! `/admin/v1/accounts/{id}/credits`.

use entity::{AccountId, Credits, Timestamp};
use poem::web::Data;
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::{Json, Response};
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object, OpenApi};

use super::Tag;
use super::audited::Audited;
use super::guard::{Finance, Staff};
use super::view::Wallet;
use crate::admin::adjust::{self, AdjustError, Adjustment};
use crate::app::App;
use crate::credits::Owner;
use crate::http::idempotency::Place;
use crate::http::{ApiError, Body, Code, IdempotencyKey};

/// Which way the credits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
enum Direction {
    /// To the account: a new lot.
    Grant,
    /// From the account: out of the lots that would be spent first.
    Take,
}

/// Credits to be granted or taken.
#[derive(Debug, Object)]
#[oai(example)]
struct AdjustCredits {
    direction: Direction,
    /// Above zero.
    amount: Credits,
    /// Live credits, or test credits.
    livemode: bool,
    /// The account's owner sees the reason of a grant. It is kept for ever: a ticket's number is best, names and content
    /// have no place here.
    #[oai(validator(min_length = 3, max_length = 200))]
    reason: String,
    /// When what is granted expires; absent: never.
    expires_at: Option<Timestamp>,
}

impl Example for AdjustCredits {
    fn example() -> Self {
        Self {
            direction: Direction::Grant,
            amount: Credits::from_micro(12_500_000),
            livemode: true,
            reason: "ticket 4711: goodwill".to_owned(),
            expires_at: None,
        }
    }
}

impl From<AdjustError> for ApiError {
    fn from(error: AdjustError) -> Self {
        match error {
            AdjustError::NotFound => Self::not_found(),
            AdjustError::Erased => Self::new(
                Code::Conflict,
                "The account was erased: it has no credits any more.",
            ),
            AdjustError::NotPositive => {
                let said = "The amount must be above zero; `direction` says which way it goes.";
                Self::new(Code::InvalidInput, said).field("/amount", "not_positive", said)
            }
            AdjustError::Expiry => {
                let said = "Only what is granted expires, and only in the future.";
                Self::new(Code::InvalidInput, said).field("/expires_at", "invalid", said)
            }
            AdjustError::Insufficient(insufficient) => Self::new(
                Code::Conflict,
                format!("{insufficient}; what is held or spent can't be taken. Take less."),
            )
            .with("required", insufficient.needed.to_string())
            .with("available", insufficient.available.to_string()),
            AdjustError::KeyReused(error) => error.into(),
            AdjustError::Database(error) => error.into(),
        }
    }
}

pub struct CreditsApi;

#[OpenApi(prefix_path = "/admin/v1/accounts", tag = "Tag::Credits")]
impl CreditsApi {
    /// Grant or take credits
    ///
    /// Both stand in the account's ledger: as `grant`, or as `adjust` for what is taken. A balance never goes below
    /// zero: taking more than is available fails with 409 `conflict` and takes nothing. With an `Idempotency-Key` it is
    /// done once, however often it is sent.
    #[oai(path = "/:id/credits", method = "post", operation_id = "credits.adjust")]
    async fn adjust(
        &self,
        staff: Staff<Finance>,
        app: Data<&App>,
        /// The account's id.
        id: Path<AccountId>,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
        body: Body<AdjustCredits>,
    ) -> Result<Audited<Response<Json<Wallet>>>, ApiError> {
        let fingerprint = body.fingerprint();
        let body = body.parsed;
        let place = key.0.as_ref().map(|key| Place {
            account: &id.0,
            livemode: body.livemode,
            route: adjust::ROUTE,
            key,
            fingerprint: &fingerprint,
        });
        let wanted = Adjustment {
            owner: Owner {
                account: id.0.clone(),
                livemode: body.livemode,
            },
            takes: body.direction == Direction::Take,
            amount: body.amount,
            reason: body.reason,
            expires_at: body.expires_at,
        };
        let warrant = staff.warrant(&app, "credits.adjust");
        let done = adjust::adjust(&app, &warrant, wanted, place.as_ref()).await?;
        let answer = Response::new(Json(Wallet::from(done.wallet)));
        let answer = match done.replayed {
            true => answer.header("idempotent-replayed", "true"),
            false => answer,
        };
        Ok(Audited::by(done.entry, answer))
    }
}
