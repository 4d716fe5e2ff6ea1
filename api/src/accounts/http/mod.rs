//! `/v1/auth` and `/v1/account`.

mod account;
mod agreement;
mod consents;
mod password;
mod sessions;
mod totp;

use entity::Timestamp;
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

pub use account::{Account, AccountApi};
pub use agreement::{Agreement, AgreementsApi};
pub use consents::ConsentsApi;
pub use password::PasswordsApi;
pub use sessions::SessionsApi;
pub use totp::TotpApi;

use super::agreed::{self, Said, agree};
use super::knock::{Wish, knock};
use super::password::{self as passwords, Busy, Unfit};
use super::registration::Registration as Attempt;
use super::totp::Refusal;
use super::view::{Session, one_second};
use super::{Address, InvalidAddress, LoginError, VerifyError};
use crate::app::App;
use crate::auth::{Allow, AnyScope, Device, Gate, Visitor};
use crate::http::limit::too_many;
use crate::http::{ApiError, Body, Code, FieldError, NoContent, Tag, example};

/// Who wants to sign up.
#[derive(Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct Register {
    /// A mail address that you can read.
    #[oai(validator(min_length = 3, max_length = 254, pattern = r"^[^@\s]+@[^@\s]+$"))]
    pub email: String,
    /// 8 to 128 characters, of any kind. What everyone would guess is refused.
    #[oai(validator(min_length = 8, max_length = 128))]
    pub password: String,
    /// The day of birth, if `auth.requirements` asks for it. Looked at, and not kept.
    #[oai(validator(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub birth_date: Option<String>,
    /// "I am at least so old", if `auth.requirements` asks for that.
    #[oai(validator(minimum(value = "1"), maximum(value = "120")))]
    pub confirmed_age: Option<u8>,
    /// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
    #[oai(validator(pattern = "^[A-Za-z]{2}$"))]
    pub country: Option<String>,
    /// The version of the policy that the person accepts, if `auth.requirements` names one.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub accepted_policy: Option<String>,
}

impl Register {
    fn said(&self) -> Said {
        Said {
            birth_date: self.birth_date.clone(),
            confirmed_age: self.confirmed_age,
            country: self.country.clone(),
            accepted_policy: self.accepted_policy.clone(),
        }
    }
}

impl Example for Register {
    fn example() -> Self {
        Self {
            email: "ada@studio.example".to_owned(),
            password: "correct horse battery".to_owned(),
            birth_date: None,
            confirmed_age: None,
            country: None,
            accepted_policy: None,
        }
    }
}

/// What happens next. It is the same for every address.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Registration {
    /// The address that a mail is on its way to.
    pub email: String,
    /// This attempt, sealed. Keep it where the person signs up, and send it to `auth.verify_email` with the mailed code: it
    /// says whose password and agreement the code confirms.
    pub registration: String,
    /// Until when the attempt and the code in the mail can be used.
    pub code_expires_at: Timestamp,
}

impl Example for Registration {
    fn example() -> Self {
        Self {
            email: "ada@studio.example".to_owned(),
            registration: SEALED.to_owned(),
            code_expires_at: example::MOMENT,
        }
    }
}

/// As a sealed attempt begins.
const SEALED: &str = "Xq3vT0w5LJdYbT2sRfAq7Zk3vXn0w5LJdYbT2sRfAq7Zk3vXn0w5LJdYbT2sRf";

/// The attempt, and the mailed code.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct VerifyEmail {
    /// What `auth.register` answered.
    #[oai(validator(min_length = 1, max_length = 2000))]
    pub registration: String,
    /// The code in the mail. Dashes and capitals don't matter.
    #[oai(validator(min_length = 8, max_length = 20))]
    pub code: String,
}

impl Example for VerifyEmail {
    fn example() -> Self {
        Self {
            registration: SEALED.to_owned(),
            code: "k7qm-2xv9".to_owned(),
        }
    }
}

/// Who wants to sign in.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Login {
    #[oai(validator(min_length = 3, max_length = 254, pattern = r"^[^@\s]+@[^@\s]+$"))]
    pub email: String,
    #[oai(validator(min_length = 1, max_length = 128))]
    pub password: String,
    /// The six digits of the authenticator app, where the account has one.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    pub totp_code: Option<String>,
    /// Instead of `totp_code`, for whoever lost the app: each counts once.
    #[oai(validator(min_length = 16, max_length = 40))]
    pub recovery_code: Option<String>,
}

impl Example for Login {
    fn example() -> Self {
        Self {
            email: "ada@studio.example".to_owned(),
            password: "correct horse battery".to_owned(),
            totp_code: None,
            recovery_code: None,
        }
    }
}

#[derive(ApiResponse)]
enum Registered {
    /// Accepted; a mail is on its way
    #[oai(status = 202)]
    Accepted(Json<Registration>),
}

impl From<InvalidAddress> for ApiError {
    fn from(error: InvalidAddress) -> Self {
        let detail = "This can't be a mail address.";
        Self::new(Code::InvalidRequest, detail).field("/email", "invalid_format", error.to_string())
    }
}

impl From<Busy> for ApiError {
    fn from(_: Busy) -> Self {
        let detail = "Too many people are signing in right now.";
        Self::new(Code::Unavailable, detail).retry_after(5)
    }
}

impl From<VerifyError> for ApiError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::CodeInvalid(_) => Self::new(
                Code::CodeInvalid,
                "The code is mistyped, used or expired, or the sign-up it is sent for is too old. Take the code of the \
                 newest mail, or sign up again.",
            ),
            VerifyError::Database(error) => error.into(),
        }
    }
}

impl From<LoginError> for ApiError {
    fn from(error: LoginError) -> Self {
        match error {
            LoginError::Refused => Self {
                detail: "The address or the password is wrong, or the address is not confirmed yet.".into(),
                ..Self::unauthenticated()
            },
            LoginError::Second(refusal) => refusal.into(),
            LoginError::Closed { reopen_until } => Self::new(
                Code::AccountClosed,
                "Its owner closed the account. Open it again with `account.reactivate`.",
            )
            .with("reopen_until", reopen_until.to_string()),
            LoginError::Busy(busy) => busy.into(),
            LoginError::Database(error) => error.into(),
        }
    }
}

/// A password that can't be taken, in the field where it stands.
fn refuse(unfit: Unfit, pointer: &str) -> ApiError {
    match unfit {
        Unfit::TooLong => ApiError::invalid(vec![FieldError::at(pointer, "too_long", sentence(unfit))]),
        Unfit::Guessed => ApiError::new(
            Code::InvalidInput,
            "This password is among the first that anyone would guess. Choose another.",
        )
        .field(pointer, "too_common", sentence(unfit)),
    }
}

fn sentence(unfit: Unfit) -> String {
    let text = unfit.to_string();
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

pub struct AccountsApi;

#[OpenApi(prefix_path = "/v1", tag = "Tag::Account")]
impl AccountsApi {
    /// Sign up
    ///
    /// Sends a mail with a code to the address; `auth.verify_email` takes it, together with `registration` from this
    /// answer. The answer is the same whether the address is new or has an account: its owner learns by mail.
    ///
    /// The password is the one of the attempt that is completed: what others type for the same address changes nothing. A
    /// few mails an hour are sent to an address, then one each quarter of an hour; every code in the inbox that is still
    /// valid completes the attempt, whichever attempt it was mailed for.
    ///
    /// Where the operator asks for an age or for the acceptance of a policy, `auth.requirements` says so; who is too young
    /// is refused with `below_minimum_age`, and nothing of them is kept.
    #[oai(path = "/auth/register", method = "post", operation_id = "auth.register")]
    async fn register(
        &self,
        _visitor: Visitor,
        app: Data<&App>,
        body: Body<Register>,
    ) -> Result<Registered, ApiError> {
        let address: Address = body.email.parse()?;
        let kind = app.config.auth.password_hash;
        passwords::check(kind, &body.password, Some(&address)).map_err(|unfit| refuse(unfit, "/password"))?;
        // Before anything is looked up or written: of who may not sign up, nothing is kept.
        let agreed = agree(&app.config, agreed::ALL, &body.said(), app.now())?;
        let password_hash = passwords::hash(kind, body.password.clone()).await?;
        let attempt = Attempt {
            address,
            password_hash,
            agreed,
        };
        let (registration, code_expires_at) = attempt.seal(&app.secrets, app.now());
        knock(&app, &attempt.address, Wish::SignUp).await?;
        Ok(Registered::Accepted(Json(Registration {
            email: attempt.address.as_str().to_owned(),
            registration,
            code_expires_at,
        })))
    }

    /// Confirm an address
    ///
    /// Takes the attempt that `auth.register` answered and the mailed code, and opens a session. A code works once, for 30
    /// minutes; after that, sign up again for another one. If you lost the answer, sign in with `auth.login`.
    #[oai(
        path = "/auth/verify-email",
        method = "post",
        operation_id = "auth.verify_email"
    )]
    async fn verify_email(
        &self,
        _visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        device: Device,
        body: Body<VerifyEmail>,
    ) -> Result<Json<Session>, ApiError> {
        let session = super::verify(&app, &body.registration, &body.code, &device.0).await?;
        Ok(Json(Session::new(&app, &gate, &session).await?))
    }

    /// Sign in
    ///
    /// Opens a session for a confirmed address. When the device is new, its owner is told by mail. After a few wrong
    /// passwords for one address, whoever tries from the same network has to wait before each further try, longer every
    /// time; `Retry-After` says how long. Of more than 100 open sessions, unless the operator says otherwise, the one that
    /// was used longest ago ends.
    ///
    /// An account with an authenticator app answers the right password with `totp_required`: send the request again with
    /// `totp_code` or `recovery_code`. After a few wrong codes everybody waits before the next, a quarter of an hour at
    /// most; a recovery code needs no wait.
    #[oai(path = "/auth/login", method = "post", operation_id = "auth.login")]
    async fn login(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        device: Device,
        body: Body<Login>,
    ) -> Result<Json<Session>, ApiError> {
        let address: Address = body.email.parse()?;
        let second = one_second(body.totp_code.as_deref(), body.recovery_code.as_deref())?;
        let subject = format!("login {}", address.key());
        let attempts = gate.attempts();
        attempts
            .begin(&subject, visitor.address, app.now())
            .map_err(too_many)?;
        let password = body.password.clone();
        match super::log_in(&app, &address, password, second.as_ref(), &device.0).await {
            Ok(session) => {
                attempts.succeeded(&subject, visitor.address);
                Ok(Json(Session::new(&app, &gate, &session).await?))
            }
            Err(error @ LoginError::Closed { .. }) => {
                attempts.succeeded(&subject, visitor.address);
                Err(error.into())
            }
            Err(error @ (LoginError::Refused | LoginError::Second(Refusal::Wrong))) => {
                Err(gate.refuse(visitor.address, error.into()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Sign out
    ///
    /// Ends the session whose access token is sent; the token is refused everywhere within five seconds. An API key has
    /// no session: it is answered with `not_found`.
    #[oai(path = "/auth/logout", method = "post", operation_id = "auth.logout")]
    async fn logout(&self, caller: Allow<AnyScope>, app: Data<&App>) -> Result<NoContent, ApiError> {
        let session = caller.session.clone().ok_or_else(ApiError::not_found)?;
        super::end_session(&app, &caller.account, &session).await?;
        Ok(NoContent::default())
    }
}
