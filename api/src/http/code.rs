//! The stable reasons of errors: a closed list, each with its status, its title
//! and the words of its page at `/problems/{code}`.

use poem::http::StatusCode;
use poem_openapi::Enum;

macro_rules! codes {
    ($($wire:ident $name:ident $status:ident $title:literal $explanation:literal;)*) => {
        /// The stable reason of an error. Decide by it, not by the words of `detail`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Enum)]
        #[oai(rename = "ErrorCode", rename_all = "snake_case")]
        pub enum Code {
            $($name,)*
        }

        impl Code {
            /// All of them, in the order of their statuses.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// As it stands in JSON and in URLs.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($wire),)*
                }
            }

            #[must_use]
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)*
                }
            }

            /// What happened, in a few words that never change.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                }
            }

            /// What it means and what to do next.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$name => $explanation,)*
                }
            }
        }
    };
}

codes! {
    invalid_request InvalidRequest BAD_REQUEST "The request does not fit its schema"
        "A field or parameter is missing, unknown, or not of the form that the API describes. \
         Each entry of `errors` says where, by a JSON pointer into the body or by a parameter's name. \
         Correct the request before you send it again.";
    malformed_json MalformedJson BAD_REQUEST "The body is not JSON"
        "The body could not be read as JSON: it is cut short, or a character is wrong, or a number is beyond any range. \
         `detail` names the line and column where reading stopped.";
    malformed_request MalformedRequest BAD_REQUEST "The request is not valid HTTP"
        "The first line or a header could not be read, so no operation was reached. Mostly the address holds a byte that must be \
         percent-encoded, such as a space or a letter beyond ASCII. `instance` is `*`: the address is not known.";
    invalid_cursor InvalidCursor BAD_REQUEST "The cursor is not valid here"
        "A cursor is valid for the list that gave it, with the same filters, the same account and the same mode. \
         It can't be made up or changed. Begin again without a cursor.";
    redirect_not_allowed RedirectNotAllowed BAD_REQUEST "The app may not have people sent there"
        "After a sign-in with a provider, people are sent only to addresses that the operator has listed, letter by letter. \
         Send one of those as `redirect_uri`, or ask the operator to list yours.";
    oauth_state_invalid OauthStateInvalid BAD_REQUEST "This browser began no such sign-in"
        "A sign-in with a provider ends in the browser in which it began, once, within ten minutes, and with cookies allowed. \
         Go back to the app and begin again.";
    unauthenticated Unauthenticated UNAUTHORIZED "No valid credentials"
        "The request carries no API key or access token, or one that is mistyped, expired or revoked. \
         Send `Authorization: Bearer` with a key such as `tt_test_…`. We say the same for all of these, so that nobody learns which keys exist.";
    totp_required TotpRequired UNAUTHORIZED "The account asks for a code besides"
        "The password or the provider's code is right, and the account has an authenticator app. \
         Send the same request again with `totp_code`, the six digits that the app shows, or with a `recovery_code`.";
    totp_invalid TotpInvalid UNAUTHORIZED "The second factor is wrong"
        "The code of the authenticator app is mistyped, too old, or was used before: each counts once. Or the recovery code was used. \
         Wait for the app's next code and send the same request with it. After several wrong ones you have to wait; a recovery code needs no wait.";
    insufficient_credits InsufficientCredits PAYMENT_REQUIRED "Not enough credits"
        "The most that this request could cost is more than the account has available. Nothing was charged. \
         `required` and `available` say how much is missing: buy credits, or ask for less.";
    spend_cap_reached SpendCapReached PAYMENT_REQUIRED "The key's spending cap is reached"
        "The key has a cap, and this request could exceed it. Nothing was charged. \
         Wait for the cap's next period, raise the cap, or use another key.";
    insufficient_scope InsufficientScope FORBIDDEN "The key may not do this"
        "The credentials are valid but do not include the scope that this operation needs; `required` names it. \
         Use a key with that scope, or make one. A key never makes a key that may do more than itself.";
    step_up_required StepUpRequired FORBIDDEN "This needs a fresh proof that it is you"
        "What changes the ways into an account takes a session whose owner proved within the last 15 minutes who they are. \
         Call `auth.step_up` with the password or a code, or sign in again, and repeat the request.";
    account_suspended AccountSuspended FORBIDDEN "The account is suspended"
        "The operator has suspended the account: its keys and sessions are valid, and do nothing until that is lifted. \
         What waited was canceled, uncharged. Requests about personal data are still answered. Ask the operator why.";
    fresh_sign_in_required FreshSignInRequired FORBIDDEN "This needs a fresh sign-in"
        "What changes the ways into an account takes a session that began within the last ten minutes. \
         Sign in again and repeat the request with the new session.";
    sign_up_incomplete SignUpIncomplete FORBIDDEN "The sign-up is not complete"
        "The operator asks everyone for something that this account's owner has not answered yet: `pending` says what. \
         Until then the account can only complete its sign-up, close, or use its data rights. \
         `GET /v1/auth/requirements` says what is asked; send the answers to `POST /v1/account/agreement`.";
    account_closed AccountClosed FORBIDDEN "The account is closed"
        "Its owner closed it. Until `reopen_until` it can be opened again with `POST /v1/account/reactivate`. \
         Only who knows the password is told so.";
    address_not_allowed AddressNotAllowed FORBIDDEN "The key may not be used from this address"
        "The key is bound to networks (`ip_allow`), and the request comes from elsewhere; `address` says from where. \
         Call from one of its networks, or have the key changed. Behind a proxy, the operator's `server.trusted_proxies` \
         decides which address counts.";
    model_not_allowed ModelNotAllowed FORBIDDEN "The key may not ask for this model"
        "The key is bound to some models, which its `models` names, and this is none of them. Nothing was charged. \
         Choose one of those, or use another key.";
    not_found NotFound NOT_FOUND "There is no such resource"
        "Nothing is at this address, or it belongs to another account or the other mode: a test key sees test data only. \
         We answer all of these alike. Check the id and the key.";
    method_not_allowed MethodNotAllowed METHOD_NOT_ALLOWED "This address does not take this method"
        "The address exists, but not for this method. The `Allow` header lists the methods that it takes.";
    request_timeout RequestTimeout REQUEST_TIMEOUT "The request took too long to arrive"
        "The request was not complete in time, so we closed it. Nothing was done. Send it again.";
    conflict Conflict CONFLICT "In conflict with the present state"
        "The resource is in a state in which this can't be done, or it changed at the same moment. \
         Read it again and decide anew.";
    not_cancelable NotCancelable CONFLICT "It can no longer be canceled"
        "The generation is running at a provider that can't stop it. It will end by itself; a failure costs nothing.";
    nothing_to_refund NothingToRefund CONFLICT "There is nothing to refund"
        "The purchase is not paid, or is refunded already, or its credits are spent. `detail` says which.";
    use_other_method UseOtherMethod CONFLICT "The address has an account with another way in"
        "An account with this mail address exists, and it may be somebody else's: the provider alone does not open it. \
         `methods` names its ways in. Sign in with the method you used before, then link this provider.";
    identity_in_use IdentityInUse CONFLICT "The identity is linked to another account"
        "Somebody at a provider belongs to one account. Sign in to the other account and unlink it there first.";
    last_sign_in_method LastSignInMethod CONFLICT "It is the only way into the account"
        "Without this identity nobody could sign in any more. Set a password or link another provider first.";
    idempotency_in_progress IdempotencyInProgress CONFLICT "The first request with this key is still running"
        "Another request with the same `Idempotency-Key` has not ended yet. \
         Wait for a moment and send the same request again: you will get the first one's answer.";
    model_gone ModelGone GONE "The model is no longer offered"
        "The model's provider or operator has ended it. `replaced_by`, where present, names its successor.";
    erased Erased GONE "It was erased"
        "The content was erased at its owner's request or when its time was over. It can't be brought back.";
    payload_too_large PayloadTooLarge PAYLOAD_TOO_LARGE "The body is too large"
        "The body has more bytes than this operation takes. Nothing was done. Send less.";
    unsupported_media_type UnsupportedMediaType UNSUPPORTED_MEDIA_TYPE "The body has another content type"
        "This operation takes another content type than the one sent, mostly `application/json`. \
         Set the `Content-Type` header and encode the body to match.";
    range_not_satisfiable RangeNotSatisfiable RANGE_NOT_SATISFIABLE "The file ends before that part"
        "The `Range` header asks for bytes that the file does not have. \
         `Content-Range` says how many bytes it has: ask within them, or without `Range` for the whole.";
    invalid_input InvalidInput UNPROCESSABLE_ENTITY "A rule refuses the request"
        "The request is well-formed, but a rule refuses what it asks. `detail` and `errors` say which rule and where. \
         Nothing was charged.";
    age_not_confirmed AgeNotConfirmed UNPROCESSABLE_ENTITY "The age is not confirmed"
        "The operator asks whoever signs up for their age. `GET /v1/auth/requirements` says how: by `birth_date`, which is \
         looked at and not kept, or by `confirmed_age`. Ask the person, and send their answer.";
    below_minimum_age BelowMinimumAge UNPROCESSABLE_ENTITY "Below the minimum age"
        "The service is for people from `minimum_age` on. Nothing of what was sent is kept.";
    policy_not_accepted PolicyNotAccepted UNPROCESSABLE_ENTITY "The policy is not accepted"
        "Signing up takes that the person accepts the operator's policy as it is now: send its version, which `current` names, \
         as `accepted_policy`, once they did. `GET /v1/auth/requirements` says where it can be read.";
    unknown_model UnknownModel UNPROCESSABLE_ENTITY "There is no such model"
        "The name is no model and no alias. `GET /v1/models` lists what there is.";
    unknown_offer UnknownOffer UNPROCESSABLE_ENTITY "There is no such offer"
        "The name is none of the offers, or the offer has no price in this currency. `GET /v1/offers` lists what is for sale.";
    region_not_allowed RegionNotAllowed UNPROCESSABLE_ENTITY "The model is processed outside the allowed regions"
        "The request names the regions where its data may be processed, and this model's processing leaves them. \
         Nothing was sent anywhere. Choose another model or other regions.";
    content_refused ContentRefused UNPROCESSABLE_ENTITY "What was asked for is refused"
        "The operator's rules, or a provider's, object to what the request asks for. Nothing was made and nothing is charged. \
         Change what you ask for; sending it again as it is will be refused again.";
    max_cost_exceeded MaxCostExceeded UNPROCESSABLE_ENTITY "It could cost more than you allow"
        "The estimate is above the `max_cost` of the request. Nothing was charged. Raise the limit, or ask for less.";
    estimate_expired EstimateExpired UNPROCESSABLE_ENTITY "The estimate is too old"
        "An estimate locks its prices for 15 minutes. Nothing was charged. Make a new one, or send the request without \
         `estimate_id` to have it at the present prices.";
    idempotency_key_reused IdempotencyKeyReused UNPROCESSABLE_ENTITY "The idempotency key was used for another request"
        "Within 24 hours, an `Idempotency-Key` belongs to one request of one credential. \
         Use a new key for a new request, and the same key only to repeat the same request.";
    code_invalid CodeInvalid UNPROCESSABLE_ENTITY "The code is not valid"
        "The code is mistyped, used or expired. Take the code of the newest mail, ask for a new one, or wait for the next code of your \
         authenticator app.";
    oauth_code_invalid OauthCodeInvalid UNPROCESSABLE_ENTITY "The sign-in's code is not valid"
        "The code that came back from a provider works once, for ten minutes, with the `code_verifier` of the same sign-in, \
         and for linking only with a session of the same account. Begin the sign-in again.";
    email_unverified EmailUnverified UNPROCESSABLE_ENTITY "The provider vouches for no mail address"
        "The provider gave no mail address, or one that it does not vouch for, so it can't be known whose it is. \
         Sign up with the address and a password, then link the provider.";
    rate_limited RateLimited TOO_MANY_REQUESTS "Too many requests"
        "More requests came than the limit allows. `Retry-After` says how many seconds to wait; \
         the `RateLimit` header of every answer says how many requests are left.";
    concurrency_limit_reached ConcurrencyLimitReached TOO_MANY_REQUESTS "Too many generations at once"
        "As many generations are under way as this key may have. Nothing was charged. Send it again when one has ended.";
    headers_too_large HeadersTooLarge REQUEST_HEADER_FIELDS_TOO_LARGE "The headers are too large"
        "The address and the headers together have more bytes than a request may have, or there are too many headers. \
         Nothing was done. Long cookies of other applications on the same host are the usual reason.";
    internal_error InternalError INTERNAL_SERVER_ERROR "Something went wrong here"
        "This is our fault. If it happens again, tell us the `request_id`: with it we find the cause. \
         With an `Idempotency-Key` you can safely send the request again.";
    file_lost FileLost INTERNAL_SERVER_ERROR "Our storage lost the file"
        "The file exists and is yours, but our storage lacks it or holds it damaged. This is our fault, and it is logged. \
         Asking again at once does not help: the operator may find the file in a backup, so tell them the `request_id`. \
         Of an archive of your data, ask for a new one.";
    unavailable Unavailable SERVICE_UNAVAILABLE "Not available right now"
        "A part that is needed does not answer at the moment. Nothing was charged. Send the request again after `Retry-After` seconds.";
    outcome_unknown OutcomeUnknown SERVICE_UNAVAILABLE "The outcome is not known yet"
        "The connection to a part was lost at a moment when the work may have been done or not. \
         Send the same request with the same `Idempotency-Key`: it is done once at most.";
}

impl Code {
    /// The code for an error of which only the status is known.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        match status.as_u16() {
            401 => Self::Unauthenticated,
            403 => Self::InsufficientScope,
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            408 => Self::RequestTimeout,
            409 => Self::Conflict,
            410 => Self::Erased,
            413 => Self::PayloadTooLarge,
            415 => Self::UnsupportedMediaType,
            416 => Self::RangeNotSatisfiable,
            422 => Self::InvalidInput,
            429 => Self::RateLimited,
            431 => Self::HeadersTooLarge,
            503 => Self::Unavailable,
            500.. => Self::InternalError,
            _ => Self::InvalidRequest,
        }
    }

    /// The code of this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use poem_openapi::types::ToJSON as _;

    use super::*;

    #[test]
    fn the_name_of_a_code_is_the_same_in_the_list_and_in_json() {
        for code in Code::ALL {
            assert_eq!(code.to_json(), Some(code.name().into()));
            assert_eq!(Code::find(code.name()), Some(*code));
        }
    }
}
