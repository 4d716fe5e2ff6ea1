//! `/v1/auth/totp` and `/v1/auth/step-up`.

use entity::Timestamp;
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use crate::accounts::proof::{self, ProofError};
use crate::accounts::totp::{self, BeginError, ConfirmError, NotOn, Refusal, RemoveError};
use crate::accounts::view::{one_second, only_one};
use crate::app::App;
use crate::auth::{Allow, AnyScope, Caller, Gate, Visitor, require_fresh};
use crate::http::limit::too_many;
use crate::http::{ApiError, Body, Code, FieldError, NoContent, Nullable, Tag, example};

/// Whether sign-ins ask for a code besides.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Totp {
    /// Whether every sign-in asks for a code of the authenticator app.
    pub enabled: bool,
    /// Since when.
    pub enabled_at: Nullable<Timestamp>,
    /// How many recovery codes can still be used: ten at first.
    pub recovery_codes_left: u64,
}

impl Example for Totp {
    fn example() -> Self {
        Self {
            enabled: true,
            enabled_at: Nullable(Some(example::MOMENT)),
            recovery_codes_left: 10,
        }
    }
}

/// What an authenticator app is to be told. Nobody can show it again.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct TotpBegun {
    /// For typing: base32, 160 bits. Codes are those of RFC 6238 with SHA-1, six digits and 30 seconds.
    pub secret: String,
    /// The same for a QR code.
    pub otpauth_uri: String,
    /// Until when the first code must be confirmed.
    pub expires_at: Timestamp,
}

impl Example for TotpBegun {
    fn example() -> Self {
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ".to_owned();
        Self {
            otpauth_uri: format!(
                "otpauth://totp/Example%20Studio:ada%40studio.example?secret={secret}\
                 &issuer=Example%20Studio&algorithm=SHA1&digits=6&period=30"
            ),
            secret,
            expires_at: example::MOMENT,
        }
    }
}

/// The first code of an authenticator app.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ConfirmTotp {
    /// The six digits that the app shows.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    pub totp_code: String,
}

impl Example for ConfirmTotp {
    fn example() -> Self {
        Self {
            totp_code: "081804".to_owned(),
        }
    }
}

/// Codes for whoever lost their authenticator app. They are shown once: print them, or keep them in a safe place.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct RecoveryCodes {
    /// Ten codes, each for one use.
    pub recovery_codes: Vec<String>,
}

impl Example for RecoveryCodes {
    fn example() -> Self {
        Self {
            recovery_codes: vec!["k7qm-2xv9-0hbn-w4te".to_owned(), "3fzc-8drs-91pj-ya6g".to_owned()],
        }
    }
}

/// A proof that it is you: one of the three.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Proof {
    #[oai(validator(min_length = 1, max_length = 128))]
    pub password: Option<String>,
    /// The six digits that your authenticator app shows.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    pub totp_code: Option<String>,
    /// One of your recovery codes, which is used up by it.
    #[oai(validator(min_length = 16, max_length = 40))]
    pub recovery_code: Option<String>,
}

impl Example for Proof {
    fn example() -> Self {
        Self {
            password: Some("correct horse battery".to_owned()),
            totp_code: None,
            recovery_code: None,
        }
    }
}

impl Proof {
    fn parse(&self) -> Result<proof::Proof, ApiError> {
        let second = one_second(self.totp_code.as_deref(), self.recovery_code.as_deref())?;
        match (&self.password, second) {
            (Some(password), None) => Ok(proof::Proof::Password(password.clone())),
            (None, Some(second)) => Ok(proof::Proof::Second(second)),
            (Some(_), Some(_)) => Err(only_one()),
            (None, None) => {
                let detail = "Send `password`, `totp_code` or `recovery_code`.";
                Err(ApiError::invalid(vec![FieldError::at("", "missing", detail)]))
            }
        }
    }
}

/// What a session may do now.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct SteppedUp {
    /// Until when the session may change the ways into the account.
    pub fresh_until: Timestamp,
}

impl Example for SteppedUp {
    fn example() -> Self {
        Self {
            fresh_until: example::MOMENT,
        }
    }
}

/// A sign-in that wants for a second factor.
impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let (code, detail) = match refusal {
            Refusal::TooSoon(seconds) => return too_many(seconds),
            Refusal::Required => (
                Code::TotpRequired,
                "Send the same request again, with `totp_code` from the authenticator app or a `recovery_code`.",
            ),
            Refusal::Wrong => (
                Code::TotpInvalid,
                "The code is mistyped, too old, or was used. Wait for the authenticator app's next code and send the \
                 same request with it, or use a recovery code.",
            ),
        };
        Self {
            code,
            detail: detail.into(),
            ..Self::unauthenticated()
        }
    }
}

/// Somebody who is signed in, and shows a wrong code.
fn code_invalid() -> ApiError {
    let detail = "The code is mistyped, too old, or was used. Send the authenticator app's next code.";
    ApiError::new(Code::CodeInvalid, detail)
}

impl From<ProofError> for ApiError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::WrongPassword => Self::new(Code::InvalidInput, "The password is another.").field(
                "/password",
                "wrong",
                "This is not the account's password.",
            ),
            ProofError::NoPassword => Self::new(
                Code::Conflict,
                "The account has no password. Send a code, or sign in again as you did before.",
            ),
            ProofError::Second(Refusal::TooSoon(seconds)) => too_many(seconds),
            ProofError::Second(_) => code_invalid(),
            ProofError::Gone => Self::new(
                Code::Conflict,
                "The account was changed at the same moment. Sign in again.",
            ),
            ProofError::Busy(busy) => busy.into(),
            ProofError::Database(error) => error.into(),
        }
    }
}

impl From<BeginError> for ApiError {
    fn from(error: BeginError) -> Self {
        match error {
            BeginError::On => Self::new(
                Code::Conflict,
                "An authenticator app is in use already. Call `totp.remove` before you set up another.",
            ),
            BeginError::Gone => Self::new(Code::Conflict, "The account was closed at the same moment."),
            BeginError::Database(error) => error.into(),
        }
    }
}

impl From<ConfirmError> for ApiError {
    fn from(error: ConfirmError) -> Self {
        match error {
            ConfirmError::NotBegun => Self::new(
                Code::Conflict,
                "No secret waits for its first code. Call `totp.begin`, and confirm within half an hour.",
            ),
            ConfirmError::Wrong => code_invalid(),
            ConfirmError::Database(error) => error.into(),
        }
    }
}

impl From<NotOn> for ApiError {
    fn from(_: NotOn) -> Self {
        Self::new(
            Code::Conflict,
            "The account has no authenticator app. Call `totp.begin` to set one up.",
        )
    }
}

impl From<RemoveError> for ApiError {
    fn from(error: RemoveError) -> Self {
        match error {
            RemoveError::Proof(error) => error.into(),
            RemoveError::NotOn => NotOn.into(),
            RemoveError::Database(error) => error.into(),
        }
    }
}

/// Tries a proof, as slowly as passwords are tried.
async fn tried<T, E: Into<ApiError>>(
    app: &App,
    gate: &Gate,
    visitor: Visitor,
    caller: &Caller,
    act: impl AsyncFnOnce() -> Result<T, E>,
) -> Result<T, ApiError> {
    let subject = format!("password {}", caller.account);
    let attempts = gate.attempts();
    attempts
        .begin(&subject, visitor.address, app.now())
        .map_err(too_many)?;
    let done = act().await.map_err(Into::into)?;
    attempts.succeeded(&subject, visitor.address);
    Ok(done)
}

pub struct TotpApi;

#[OpenApi(prefix_path = "/v1/auth", tag = "Tag::Account")]
impl TotpApi {
    /// Step up a session
    ///
    /// Proves once more that it is you: by the password, a code of your authenticator app, or a recovery code. For 15
    /// minutes from then on the session may change the ways into the account, as it may after a sign-in; what needs it
    /// is refused with `step_up_required` otherwise. Without a password and an authenticator app, sign in again
    /// instead. An API key has no session: it is answered with `not_found`.
    #[oai(path = "/step-up", method = "post", operation_id = "auth.step_up")]
    async fn step_up(
        &self,
        caller: Allow<AnyScope>,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<Proof>,
    ) -> Result<Json<SteppedUp>, ApiError> {
        let session = caller.session.clone().ok_or_else(ApiError::not_found)?;
        let proof = body.parse()?;
        let act = async || proof::step_up(&app, &caller.account, &session, proof).await;
        let fresh_until = tried(&app, &gate, visitor, &caller, act).await?;
        Ok(Json(SteppedUp { fresh_until }))
    }

    /// Get the second factor
    ///
    /// Whether sign-ins ask for a code of an authenticator app, and how many recovery codes are left. Needs no scope.
    #[oai(path = "/totp", method = "get", operation_id = "totp.get")]
    async fn get(&self, caller: Allow<AnyScope>, app: Data<&App>) -> Result<Json<Totp>, ApiError> {
        let row = totp::find(app.db.read(), &caller.account).await?;
        let enabled_at = row.and_then(|row| row.confirmed_at);
        Ok(Json(Totp {
            enabled: enabled_at.is_some(),
            enabled_at: enabled_at.into(),
            recovery_codes_left: totp::left(app.db.read(), &caller.account).await?,
        }))
    }

    /// Begin to set up an authenticator app
    ///
    /// Answers a new secret. Show it as a QR code, and send the first code that the app shows to `totp.confirm` within
    /// half an hour: nothing changes before. It takes a session whose owner signed in or stepped up (`auth.step_up`)
    /// within the last 15 minutes; an API key is answered with `not_found`.
    #[oai(path = "/totp/begin", method = "post", operation_id = "totp.begin")]
    async fn begin(&self, caller: Allow<AnyScope>, app: Data<&App>) -> Result<Json<TotpBegun>, ApiError> {
        require_fresh(&app, &caller).await?;
        let begun = totp::begin(&app, &caller.account).await?;
        Ok(Json(TotpBegun {
            secret: begun.secret.base32(),
            otpauth_uri: begun.uri,
            expires_at: begun.expires_at,
        }))
    }

    /// Turn on the authenticator app
    ///
    /// Takes the first code. From now on every sign-in asks for one: `auth.login` and `oauth.token` answer
    /// `totp_required` until `totp_code` or `recovery_code` comes with the request. Answers ten recovery codes, once;
    /// if you lost the answer, call `totp.renew_recovery_codes`. Open sessions stay, and the owner is told by mail. It
    /// takes a session whose owner signed in or stepped up within the last 15 minutes.
    #[oai(path = "/totp/confirm", method = "post", operation_id = "totp.confirm")]
    async fn confirm(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        body: Body<ConfirmTotp>,
    ) -> Result<Json<RecoveryCodes>, ApiError> {
        require_fresh(&app, &caller).await?;
        let recovery_codes = totp::confirm(&app, &caller.account, &body.totp_code).await?;
        Ok(Json(RecoveryCodes { recovery_codes }))
    }

    /// Turn off the authenticator app
    ///
    /// Takes the password, a code, or a recovery code, however fresh the session is: sign-ins ask for no code any more,
    /// and the recovery codes are void. The owner is told by mail. An API key is answered with `not_found`.
    #[oai(path = "/totp/remove", method = "post", operation_id = "totp.remove")]
    async fn remove(
        &self,
        caller: Allow<AnyScope>,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<Proof>,
    ) -> Result<NoContent, ApiError> {
        if caller.session.is_none() {
            return Err(ApiError::not_found());
        }
        let proof = body.parse()?;
        let act = async || totp::remove(&app, &caller.account, proof).await;
        tried(&app, &gate, visitor, &caller, act).await?;
        Ok(NoContent::default())
    }

    /// Replace the recovery codes
    ///
    /// Answers ten new ones, once; the old ones are void, used or not, and the owner is told by mail. It takes a session
    /// whose owner signed in or stepped up within the last 15 minutes; an API key is answered with `not_found`.
    #[oai(
        path = "/totp/recovery-codes",
        method = "post",
        operation_id = "totp.renew_recovery_codes"
    )]
    async fn renew(&self, caller: Allow<AnyScope>, app: Data<&App>) -> Result<Json<RecoveryCodes>, ApiError> {
        require_fresh(&app, &caller).await?;
        let recovery_codes = totp::renew(&app, &caller.account).await??;
        Ok(Json(RecoveryCodes { recovery_codes }))
    }
}
