//! How this slice's refusals look on the wire.

use entity::data_request::Status;

use super::{CreateError, VerifyError};
use crate::http::idempotency::KeyReused;
use crate::http::{ApiError, Code};

impl From<CreateError> for ApiError {
    fn from(error: CreateError) -> Self {
        match error {
            CreateError::TestMode => Self::new(
                Code::InvalidInput,
                "A request is about the whole account, live data included. Sign in, or use a live key.",
            ),
            CreateError::NoAddress => Self::new(
                Code::InvalidInput,
                "The account has no mail address to which a code could be sent.",
            ),
            CreateError::Open(Some(id)) => Self::new(
                Code::Conflict,
                "A request of this type is open already. Confirm it with the mailed code, or withdraw it for a new code.",
            )
            .with("request", id.to_string()),
            CreateError::Open(None) => Self::new(
                Code::Conflict,
                "A request of this type is open already, made at the same moment or in the other mode.",
            ),
            CreateError::TooMany => Self::new(
                Code::RateLimited,
                "There were several requests within an hour, each with a mail. Wait before the next one.",
            )
            .retry_after(3600),
            CreateError::Gone => Self::unauthenticated(),
            CreateError::KeyReused => KeyReused.into(),
            CreateError::Database(error) => error.into(),
        }
    }
}

impl From<VerifyError> for ApiError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::NotFound => Self::not_found(),
            VerifyError::NotWaiting(status) => {
                let detail = match status {
                    Status::AwaitingVerification | Status::InProgress => "The request was confirmed already.",
                    Status::Fulfilled | Status::PartiallyFulfilled => "The request was fulfilled already.",
                    Status::Withdrawn => "The request was withdrawn.",
                    Status::Expired => "The request expired before it was confirmed. Make a new one.",
                };
                Self::new(Code::Conflict, detail)
            }
            VerifyError::CodeInvalid(_) => Self::new(
                Code::CodeInvalid,
                "The code is mistyped, used or expired. Withdraw the request and make a new one for a new code.",
            ),
            VerifyError::KeyReused => KeyReused.into(),
            VerifyError::Database(error) => error.into(),
        }
    }
}
