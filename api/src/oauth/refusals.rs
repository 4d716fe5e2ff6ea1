//! What is told to whom the slice refuses something.

use super::{BeginError, ComeBackError, LinkError, Refused, SignInError, UnlinkError};
use crate::auth::step_up_required;
use crate::http::{ApiError, Code};

fn code_invalid() -> ApiError {
    let detail =
        "The code is mistyped, used or expired, or does not belong to this `code_verifier` and account.";
    ApiError::new(Code::OauthCodeInvalid, detail)
}

impl From<BeginError> for ApiError {
    fn from(error: BeginError) -> Self {
        match error {
            BeginError::RedirectNotAllowed => {
                let detail = "The operator does not allow to return to this address. It must be one of theirs, letter \
                              by letter.";
                Self::new(Code::RedirectNotAllowed, detail)
            }
            BeginError::TicketInvalid => Self::new(
                Code::OauthStateInvalid,
                "The link is too old. Begin again in your account's settings.",
            ),
            BeginError::Provider(error) => {
                tracing::warn!(%error, "a sign-in could not begin");
                Self::new(Code::Unavailable, "The provider does not answer right now.").retry_after(5)
            }
            BeginError::Database(error) => error.into(),
        }
    }
}

impl From<ComeBackError> for ApiError {
    fn from(error: ComeBackError) -> Self {
        match error {
            ComeBackError::StateInvalid => Self::new(
                Code::OauthStateInvalid,
                "This browser began no such sign-in, or it is over. Go back to the app and sign in again.",
            ),
            ComeBackError::Database(error) => error.into(),
        }
    }
}

impl From<Refused> for ApiError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::EmailUnverified => Self::new(
                Code::EmailUnverified,
                "The provider vouches for no mail address of yours. Sign up with your address and a password, then \
                 link the provider in your account.",
            ),
            Refused::UseOtherMethod(methods) => Self::new(
                Code::UseOtherMethod,
                "There is an account with this address already. Sign in with the method you used before; then you \
                 can link this one.",
            )
            .with("methods", methods),
            Refused::Closed {
                reopen_until: Some(until),
            } => Self::new(
                Code::AccountClosed,
                "Its owner closed the account. Open it again with the link in the mail that came then.",
            )
            .with("reopen_until", until.to_string()),
            Refused::Closed { reopen_until: None } => Self {
                detail: "The account can't be signed in to.".into(),
                ..Self::unauthenticated()
            },
        }
    }
}

impl From<SignInError> for ApiError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::CodeInvalid => code_invalid(),
            SignInError::Refused(refused) => refused.into(),
            SignInError::Second(refusal) => refusal.into(),
            SignInError::Database(error) => error.into(),
        }
    }
}

impl From<LinkError> for ApiError {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::NoSession => Self::not_found(),
            LinkError::Stale => step_up_required(),
            LinkError::CodeInvalid => code_invalid(),
            LinkError::InUse => Self::new(
                Code::IdentityInUse,
                "This identity is linked to another account. Unlink it there first.",
            ),
            LinkError::AnotherLinked => Self::new(
                Code::Conflict,
                "Another identity of this provider is linked already. Unlink that one first.",
            ),
            LinkError::Begin(error) => error.into(),
            LinkError::Database(error) => error.into(),
        }
    }
}

impl From<UnlinkError> for ApiError {
    fn from(error: UnlinkError) -> Self {
        match error {
            UnlinkError::NotFound => Self::not_found(),
            UnlinkError::Stale => step_up_required(),
            UnlinkError::LastMethod => Self::new(
                Code::LastSignInMethod,
                "It is the only way into the account. Set a password or link another provider first.",
            ),
            UnlinkError::Database(error) => error.into(),
        }
    }
}
