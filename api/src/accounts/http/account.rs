//! `/v1/account`: its owner's own page.

use entity::account::{self, Status};
use entity::{AccountId, Timestamp};
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};
use sea_orm::EntityTrait as _;

use crate::accounts::change_email::{self, EmailError};
use crate::accounts::close::{self, CloseError};
use crate::accounts::profile::{Changes, ProfileError, change};
use crate::accounts::totp::Refusal;
use crate::accounts::view::{Session, one_second};
use crate::accounts::{Address, LoginError, codes};
use crate::app::App;
use crate::auth::{
    Allow, AnyScope, Device, Gate, Requirement, Unfinished, Visitor, pending, step_up_required,
};
use crate::http::limit::too_many;
use crate::http::{ApiError, Body, Code, Nullable, Tag, example};

/// An account.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Account {
    pub id: AccountId,
    pub status: Status,
    /// As it was typed.
    pub email: Nullable<String>,
    pub email_verified_at: Nullable<Timestamp>,
    /// What its owner wants to be called, if this service keeps names.
    pub display_name: Nullable<String>,
    /// Of its mails; null: the service's own.
    pub language: Nullable<String>,
    /// Its owner said to be at least so old. Nothing else of the age is kept.
    pub age_confirmed: Nullable<i32>,
    /// The version of the policy that its owner accepted last.
    pub policy_accepted: Nullable<String>,
    pub policy_accepted_at: Nullable<Timestamp>,
    /// What its owner still has to answer, by `account.agree`, before the account may do anything. Mostly empty.
    pub pending: Vec<Requirement>,
    pub created_at: Timestamp,
    pub closed_at: Nullable<Timestamp>,
    /// Until when a closed account can be opened again with `account.reactivate`.
    pub reopen_until: Nullable<Timestamp>,
}

impl Account {
    pub fn new(app: &App, account: account::Model) -> Self {
        Self {
            pending: pending(&app.config, &account),
            id: account.id,
            status: account.status,
            email: account.email.into(),
            email_verified_at: account.email_verified_at.into(),
            display_name: account.display_name.into(),
            language: account.language.into(),
            age_confirmed: account.age_confirmed.into(),
            policy_accepted: account.policy_accepted.into(),
            policy_accepted_at: account.policy_accepted_at.into(),
            created_at: account.created_at,
            closed_at: account.closed_at.into(),
            reopen_until: account.reopen_until.into(),
        }
    }
}

impl Example for Account {
    fn example() -> Self {
        Self {
            id: example::id("acc"),
            status: Status::Active,
            email: Nullable(Some("ada@studio.example".to_owned())),
            email_verified_at: Nullable(Some(example::MOMENT)),
            display_name: Nullable(None),
            language: Nullable(Some("de".to_owned())),
            age_confirmed: Nullable(Some(18)),
            policy_accepted: Nullable(Some("2026-11".to_owned())),
            policy_accepted_at: Nullable(Some(example::MOMENT)),
            pending: Vec::new(),
            created_at: example::MOMENT,
            closed_at: Nullable(None),
            reopen_until: Nullable(None),
        }
    }
}

/// What to change; what is absent stays.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct UpdateAccount {
    /// An empty text takes it away. Refused where the service keeps no names.
    #[oai(validator(max_length = 100))]
    pub display_name: Option<String>,
    /// Of mails: `en`, `de`, or another that the service writes. An empty text: the service's own.
    #[oai(validator(max_length = 20))]
    pub language: Option<String>,
}

impl Example for UpdateAccount {
    fn example() -> Self {
        Self {
            display_name: None,
            language: Some("de".to_owned()),
        }
    }
}

/// Another mail address.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ChangeEmail {
    /// A mail address that you can read.
    #[oai(validator(min_length = 3, max_length = 254, pattern = r"^[^@\s]+@[^@\s]+$"))]
    pub email: String,
}

impl Example for ChangeEmail {
    fn example() -> Self {
        Self {
            email: "ada@workshop.example".to_owned(),
        }
    }
}

/// What happens next. It is the same for every address.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct EmailChange {
    /// The address that a mail is on its way to.
    pub email: String,
    /// Until when the code in it can be used.
    pub code_expires_at: Timestamp,
}

impl Example for EmailChange {
    fn example() -> Self {
        Self {
            email: "ada@workshop.example".to_owned(),
            code_expires_at: example::MOMENT,
        }
    }
}

/// The code that was mailed to the new address.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ConfirmEmail {
    /// The code in the mail. Dashes and capitals don't matter.
    #[oai(validator(min_length = 8, max_length = 20))]
    pub code: String,
}

impl Example for ConfirmEmail {
    fn example() -> Self {
        Self {
            code: "k7qm-2xv9".to_owned(),
        }
    }
}

/// Whose account is to be opened again.
#[derive(Debug, Clone, Object)]
#[oai(skip_serializing_if_is_none, example)]
pub struct Reactivate {
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

impl Example for Reactivate {
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
enum EmailAsked {
    /// Accepted; a mail is on its way to the new address
    #[oai(status = 202)]
    Accepted(Json<EmailChange>),
}

impl From<CloseError> for ApiError {
    fn from(error: CloseError) -> Self {
        match error {
            CloseError::NoSession => Self::not_found(),
            CloseError::Stale => step_up_required(),
            CloseError::Database(error) => error.into(),
        }
    }
}

impl From<ProfileError> for ApiError {
    fn from(error: ProfileError) -> Self {
        match error {
            ProfileError::NoSession => Self::not_found(),
            ProfileError::NoNames => Self::new(Code::InvalidInput, "This service keeps no names.").field(
                "/display_name",
                "not_kept",
                "Leave it out.",
            ),
            ProfileError::NotSpoken => Self::new(
                Code::InvalidInput,
                "No mails are written in this language.",
            )
            .field("/language", "unknown", "Send `en`, `de`, or leave it out."),
            ProfileError::Database(error) => error.into(),
        }
    }
}

impl From<EmailError> for ApiError {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::NoSession => Self::not_found(),
            EmailError::Stale => step_up_required(),
            EmailError::TooMany => too_many(60 * 60),
            EmailError::CodeInvalid(_) => Self::new(
                Code::CodeInvalid,
                "The code is mistyped, used or expired. Take the code of the newest mail, or ask for another.",
            ),
            EmailError::Database(error) => error.into(),
        }
    }
}

pub struct AccountApi;

#[OpenApi(prefix_path = "/v1/account", tag = "Tag::Account")]
impl AccountApi {
    /// Get the account
    ///
    /// The account that the credentials belong to. Needs no scope.
    #[oai(path = "/", method = "get", operation_id = "account.get")]
    async fn get(&self, caller: Allow<Unfinished>, app: Data<&App>) -> Result<Json<Account>, ApiError> {
        let account = account::Entity::find_by_id(caller.account.clone())
            .one(app.db.read())
            .await?;
        account
            .map(|account| Json(Account::new(&app, account)))
            .ok_or_else(ApiError::not_found)
    }

    /// Change the account
    ///
    /// Its owner's name and the language of its mails. Needs a session; an API key is answered with `not_found`.
    #[oai(path = "/", method = "patch", operation_id = "account.update")]
    async fn update(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        body: Body<UpdateAccount>,
    ) -> Result<Json<Account>, ApiError> {
        let changes = Changes {
            display_name: body.display_name.clone(),
            language: body.language.clone(),
        };
        let account = change(&app, &caller, changes).await?;
        Ok(Json(Account::new(&app, account)))
    }

    /// Close the account
    ///
    /// All sessions end and all API keys stop, everywhere within five seconds. What waits to be made is canceled and costs
    /// nothing. What was bought stays: until `reopen_until` the account can be opened again, with `account.reactivate` or
    /// by the link that is mailed. What happens after that is the operator's choice: mostly, everything is erased. For an
    /// erasure at once, use `data_rights.create`. It takes a fresh session (`auth.step_up`); an API key is answered with `not_found`.
    #[oai(path = "/", method = "delete", operation_id = "account.close")]
    async fn close(&self, caller: Allow<Unfinished>, app: Data<&App>) -> Result<Json<Account>, ApiError> {
        let account = close::close(&app, &caller).await?;
        Ok(Json(Account::new(&app, account)))
    }

    /// Open a closed account again
    ///
    /// Takes address and password, opens the account and a session. Keys work again as they did before. For any other
    /// account it is the same as `auth.login`. Who signs in with a provider alone uses the link that was mailed.
    #[oai(path = "/reactivate", method = "post", operation_id = "account.reactivate")]
    async fn reactivate(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        device: Device,
        body: Body<Reactivate>,
    ) -> Result<Json<Session>, ApiError> {
        let address: Address = body.email.parse()?;
        let second = one_second(body.totp_code.as_deref(), body.recovery_code.as_deref())?;
        // Guesses here are guesses at the sign-in.
        let subject = format!("login {}", address.key());
        let attempts = gate.attempts();
        attempts
            .begin(&subject, visitor.address, app.now())
            .map_err(too_many)?;
        let password = body.password.clone();
        match crate::accounts::reactivate(&app, &address, password, second.as_ref(), &device.0).await {
            Ok(session) => {
                attempts.succeeded(&subject, visitor.address);
                Ok(Json(Session::new(&app, &gate, &session).await?))
            }
            Err(error @ (LoginError::Refused | LoginError::Second(Refusal::Wrong))) => {
                Err(gate.refuse(visitor.address, error.into()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Change the mail address
    ///
    /// Mails a code to the new address; `account.confirm_email` takes it, and until then nothing changes.
    /// The answer is the same whether the address has an account or not. It takes a fresh session (`auth.step_up`); an API
    /// key is answered with `not_found`.
    #[oai(path = "/email", method = "post", operation_id = "account.change_email")]
    async fn change_email(
        &self,
        caller: Allow<AnyScope>,
        app: Data<&App>,
        body: Body<ChangeEmail>,
    ) -> Result<EmailAsked, ApiError> {
        let address: Address = body.email.parse()?;
        let code_expires_at = app.now().plus(codes::LIFE);
        change_email::begin(&app, &caller, &address).await?;
        Ok(EmailAsked::Accepted(Json(EmailChange {
            email: address.as_str().to_owned(),
            code_expires_at,
        })))
    }

    /// Confirm the new mail address
    ///
    /// Takes the code that was mailed to it. From then on the account has this address, and the one before is told.
    /// Needs a session; an API key is answered with `not_found`.
    #[oai(
        path = "/email/confirm",
        method = "post",
        operation_id = "account.confirm_email"
    )]
    async fn confirm_email(
        &self,
        caller: Allow<AnyScope>,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<ConfirmEmail>,
    ) -> Result<Json<Account>, ApiError> {
        let subject = format!("confirm {}", caller.account);
        let attempts = gate.attempts();
        attempts
            .begin(&subject, visitor.address, app.now())
            .map_err(too_many)?;
        let account = change_email::confirm(&app, &caller, &body.code).await?;
        attempts.succeeded(&subject, visitor.address);
        Ok(Json(Account::new(&app, account)))
    }
}
