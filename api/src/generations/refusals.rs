//! Why a request was refused, as the API says it.

use sea_orm::DbErr;

use super::admit::Refused;
use super::create::CreateError;
use crate::http::{ApiError, Code, FieldError};

/// The problem that the asker gets.
pub(super) fn refusal(error: CreateError) -> ApiError {
    match error {
        CreateError::UnknownModel(_) => {
            ApiError::new(Code::UnknownModel, "There is no such model. `GET /v1/models` lists those on offer.")
        }
        CreateError::Input(faults) => ApiError::invalid(
            faults
                .into_iter()
                .map(|fault| FieldError::at(format!("/input{}", fault.pointer), "invalid", fault.detail))
                .collect(),
        ),
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
        Refused::TooMany { limit } => ApiError::new(
            Code::ConcurrencyLimitReached,
            "As many generations as are allowed are under way. Try again when one has ended.",
        )
        .with("limit", limit)
        .retry_after(1),
        Refused::KeyReused => ApiError::new(
            Code::IdempotencyKeyReused,
            "This Idempotency-Key was used for another request. Use a new key for a new request.",
        ),
        Refused::Gone => ApiError::unauthenticated(),
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
