//! Why a request was refused, as the API says it.

use sea_orm::{ActiveEnum as _, DbErr};

use super::admit::Refused;
use super::check::CreateError;
use crate::auth::{self, Scope};
use crate::http::{ApiError, Code, Ending, FieldError};

/// The problem that the asker gets.
#[must_use]
pub fn refusal(error: CreateError) -> ApiError {
    match error {
        CreateError::UnknownModel(_) => {
            ApiError::new(Code::UnknownModel, "There is no such model. `GET /v1/models` lists those on offer.")
        }
        CreateError::ModelGone { replaced_by: Some(id) } => {
            let detail = format!("This model has ended. `{id}` takes its place: ask for that one.");
            let ending = Ending { successor: Some(format!("/v1/models/{id}")), ..Ending::default() };
            let gone = ApiError::new(Code::ModelGone, detail).with("replaced_by", id);
            ending.headers().into_iter().fold(gone, |gone, (name, value)| gone.header(name, value))
        }
        CreateError::ModelGone { replaced_by: None } => {
            ApiError::new(Code::ModelGone, "This model has ended. `GET /v1/models` lists those on offer.")
        }
        CreateError::ModelNotAllowed { models } => ApiError::new(
            Code::ModelNotAllowed,
            "This key may not ask for this model. Choose one of `models`, or use another key.",
        )
        .with("models", models),
        CreateError::Input(faults) => ApiError::invalid(
            faults
                .into_iter()
                .map(|fault| FieldError::at(format!("/input{}", fault.pointer), "invalid", fault.detail))
                .collect(),
        ),
        CreateError::Metadata => {
            let detail = "Metadata takes up to 50 keys of up to 40 characters, each with a text of up to 500.";
            ApiError::invalid(vec![FieldError::at("/metadata", "invalid", detail)])
        }
        CreateError::WebhookUrl(why) => {
            let detail = format!("This address can't be sent to: {why}.");
            ApiError::new(Code::InvalidInput, detail.clone()).field("/webhook_url", "invalid", detail)
        }
        CreateError::WebhookScope => {
            let scope = Scope::GenerationsRead.name();
            let detail = format!(
                "To have `webhook_url` told of generations takes the scope `{scope}`, which these credentials lack. \
                 Leave it out, or use a key with that scope."
            );
            ApiError::new(Code::InsufficientScope, detail).with("required", scope)
        }
        CreateError::WebhookEvents => {
            let detail = "Name events of generations, such as `generation.succeeded`, and a `webhook_url`.";
            ApiError::invalid(vec![FieldError::at("/webhook_events", "invalid", detail)])
        }
        CreateError::NoCountry(at) => {
            let detail = "Must be a country's code of ISO 3166-1, such as `DE`. Of a group such as `EU`, name the countries.";
            ApiError::invalid(vec![FieldError::at(format!("/regions/{at}"), "invalid", detail)])
        }
        CreateError::Region { countries } => ApiError::new(
            Code::RegionNotAllowed,
            "This model is processed outside the regions that you allow. Choose another model or widen `regions`.",
        )
        .with("countries", countries),
        CreateError::MaxCost { estimated, max_cost } => ApiError::new(
            Code::MaxCostExceeded,
            "This could cost more than `max_cost`. Ask for less, or raise it.",
        )
        .with("estimated", estimated.to_string())
        .with("max_cost", max_cost.to_string()),
        CreateError::DeadlinePassed => {
            ApiError::invalid(vec![FieldError::at("/deadline", "invalid", "The deadline must lie ahead.")])
        }
        CreateError::NoEstimate => {
            let mut error = ApiError::not_found();
            error.detail = "There is no such estimate for these credentials. Make one, or leave out `estimate_id`.".into();
            error
        }
        CreateError::EstimateExpired => ApiError::new(
            Code::EstimateExpired,
            "This estimate is older than 15 minutes. Make a new one, or leave out `estimate_id`.",
        ),
        CreateError::NotEstimated => ApiError::new(
            Code::InvalidInput,
            "This estimate says nothing of this model. Make one that does, or leave out `estimate_id`.",
        ),
        CreateError::Refused(refused) => not_admitted(refused),
    }
}

fn not_admitted(refused: Refused) -> ApiError {
    match refused {
        Refused::InsufficientCredits(short) => ApiError::new(
            Code::InsufficientCredits,
            "There are not enough credits. Buy a pack (`GET /v1/offers`) or ask for less.",
        )
        .with("required", short.needed.to_string())
        .with("available", short.available.to_string()),
        Refused::Capped(cap) => ApiError::new(
            Code::SpendCapReached,
            "This could cost more than is left under a cap of this key. Wait for the next period, ask for less, or use another key.",
        )
        .with("key_id", cap.key.as_str())
        .with("period", cap.period.to_value())
        .with("limit", cap.limit.to_string())
        .with("used", cap.used.to_string())
        .with("reserved", cap.reserved.to_string())
        .with("resets_at", cap.resets_at.map(|at| at.to_string())),
        Refused::Content(flag) => ApiError::new(
            Code::ContentRefused,
            "The operator's rules object to what this asks for. Change it; as it is, it will be refused again.",
        )
        .with("categories", flag.categories),
        Refused::ModeratedElsewhere { countries } => ApiError::new(
            Code::RegionNotAllowed,
            "Before it is admitted, it would be looked at outside the regions that you allow. Widen `regions`.",
        )
        .with("countries", countries),
        Refused::Unmoderated => ApiError::new(
            Code::Unavailable,
            "What looks at requests before they are admitted does not answer. Try again in a moment.",
        )
        .retry_after(5),
        Refused::TooMany { limit, whose } => ApiError::new(
            Code::ConcurrencyLimitReached,
            "As many generations as are allowed are under way. Try again when one has ended.",
        )
        .with("limit", limit)
        .with("whose", whose)
        .retry_after(1),
        Refused::KeyReused => ApiError::new(
            Code::IdempotencyKeyReused,
            "This Idempotency-Key was used for another request. Use a new key for a new request.",
        ),
        Refused::Gone => ApiError::unauthenticated(),
        Refused::Suspended => auth::suspended(),
        Refused::Busy => ApiError::new(
            Code::Unavailable,
            "Too many requests wait. Try again in a moment.",
        )
        .retry_after(1),
        Refused::Database(error) => DbErr::clone(&error).into(),
        Refused::Unknown(error) => {
            tracing::error!(%error, "the answer to a commit was lost");
            ApiError::new(
                Code::OutcomeUnknown,
                "It is not known whether this was accepted. Repeat it with the same Idempotency-Key, or look at the list.",
            )
            .retry_after(1)
        }
    }
}
