//! Why a batch was refused, as the API says it.

use super::create::{BatchError, Fault};
use crate::generations::check::CreateError;
use crate::generations::refusals::refusal;
use crate::http::{ApiError, Code, FieldError};

/// Faults that one answer names.
const MOST: usize = 100;

/// The problem that the asker gets.
pub(super) fn problem(error: BatchError) -> ApiError {
    match error {
        BatchError::Items(faults) => of_items(faults),
        BatchError::MaxCost { estimated, max_cost } => refusal(CreateError::MaxCost { estimated, max_cost }),
        BatchError::Webhook(CreateError::WebhookEvents) => {
            let detail = "Name `batch.ended` or events of generations, and a `webhook_url`.";
            ApiError::invalid(vec![FieldError::at("/webhook_events", "invalid", detail)])
        }
        BatchError::Webhook(refused) => refusal(refused),
        BatchError::TooManyOpen { limit } => ApiError::new(
            Code::ConcurrencyLimitReached,
            "As many batches as are allowed have not ended. Try again when one has.",
        )
        .with("limit", limit)
        .with("whose", "account")
        .retry_after(5),
        BatchError::Refused(refused) => refusal(refused.into()),
        BatchError::KeyReused(reused) => reused.into(),
        BatchError::NotFound => ApiError::not_found(),
        BatchError::Database(error) => error.into(),
    }
}

/// One problem for all of them: 400 if any is against its schema; otherwise their
/// common reason, or that a rule refuses them.
fn of_items(faults: Vec<(usize, Fault)>) -> ApiError {
    let count = faults.len();
    let (mut codes, mut errors) = (Vec::new(), Vec::new());
    for (at, fault) in faults.into_iter().take(MOST) {
        let told = of_item(fault);
        codes.push(told.code);
        let place = |pointer: &str| format!("/generations/{at}{pointer}");
        if told.errors.is_empty() {
            errors.push(FieldError::at(place(""), told.code.name(), told.detail));
            continue;
        }
        errors.extend(told.errors.into_iter().map(|error| {
            let pointer = error.pointer.as_deref().unwrap_or_default();
            FieldError::at(place(pointer), &error.code, error.detail)
        }));
    }
    errors.truncate(MOST);
    let code = match codes.as_slice() {
        codes if codes.contains(&Code::InvalidRequest) => Code::InvalidRequest,
        [first, rest @ ..] if rest.iter().all(|code| code == first) => *first,
        _ => Code::InvalidInput,
    };
    let detail = format!("Refused: {count} of the generations. Nothing was begun. See `errors` for each.");
    ApiError {
        errors,
        ..ApiError::new(code, detail)
    }
}

fn of_item(fault: Fault) -> ApiError {
    match fault {
        Fault::Refused(error) => refusal(error),
        Fault::Trial => {
            let detail =
                "A batch can't be tried out. Ask `POST /v1/estimates` what its generations would cost.";
            ApiError::new(Code::InvalidInput, detail).field("/validate_only", "not_here", detail)
        }
        Fault::SameReference => {
            let detail = "Another generation of this batch has the same reference.";
            ApiError::new(Code::InvalidInput, detail).field("/reference", "duplicate", detail)
        }
    }
}
