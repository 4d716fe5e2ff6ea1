//! `/v1/auth/password`.

use entity::Timestamp;
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{ApiResponse, Object, OpenApi};

use super::refuse;
use crate::accounts::knock::{Wish, knock};
use crate::accounts::{Address, ChangeError, ResetError, codes};
use crate::app::App;
use crate::auth::{Allow, AnyScope, Gate, Visitor};
use crate::http::limit::too_many;
use crate::http::{ApiError, Body, Code, NoContent, Tag, example};

/// Whose password is forgotten.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ForgotPassword {
    #[oai(validator(min_length = 3, max_length = 254, pattern = r"^[^@\s]+@[^@\s]+$"))]
    pub email: String,
}

impl Example for ForgotPassword {
    fn example() -> Self {
        Self {
            email: "ada@studio.example".to_owned(),
        }
    }
}

/// What happens next. It is the same for every address.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct PasswordForgotten {
    /// The address that a mail is on its way to, if it has an account.
    pub email: String,
    /// Until when the code in it can be used.
    pub code_expires_at: Timestamp,
}

impl Example for PasswordForgotten {
    fn example() -> Self {
        Self {
            email: "ada@studio.example".to_owned(),
            code_expires_at: example::MOMENT,
        }
    }
}

/// The mailed code, and the password from now on.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ResetPassword {
    #[oai(validator(min_length = 3, max_length = 254, pattern = r"^[^@\s]+@[^@\s]+$"))]
    pub email: String,
    /// The code in the mail. Dashes and capitals don't matter.
    #[oai(validator(min_length = 8, max_length = 20))]
    pub code: String,
    /// 8 to 128 characters, of any kind. What everyone would guess is refused.
    #[oai(validator(min_length = 8, max_length = 128))]
    pub password: String,
}

impl Example for ResetPassword {
    fn example() -> Self {
        Self {
            email: "ada@studio.example".to_owned(),
            code: "k7qm-2xv9".to_owned(),
            password: "a new horse at dawn".to_owned(),
        }
    }
}

/// The password up to now, and the one from now on.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ChangePassword {
    #[oai(validator(min_length = 1, max_length = 128))]
    pub current_password: String,
    /// 8 to 128 characters, of any kind. What everyone would guess is refused.
    #[oai(validator(min_length = 8, max_length = 128))]
    pub new_password: String,
}

impl Example for ChangePassword {
    fn example() -> Self {
        Self {
            current_password: "correct horse battery".to_owned(),
            new_password: "a new horse at dawn".to_owned(),
        }
    }
}

#[derive(ApiResponse)]
enum Forgotten {
    /// Accepted; a mail is on its way to whoever has an account
    #[oai(status = 202)]
    Accepted(Json<PasswordForgotten>),
}

impl From<ResetError> for ApiError {
    fn from(error: ResetError) -> Self {
        match error {
            ResetError::Unfit(unfit) => refuse(unfit, "/password"),
            ResetError::CodeInvalid(_) => Self::new(
                Code::CodeInvalid,
                "The code is mistyped, used or expired. Take the code of the newest mail, or ask for another.",
            ),
            ResetError::Busy(busy) => busy.into(),
            ResetError::Database(error) => error.into(),
        }
    }
}

impl From<ChangeError> for ApiError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Unfit(unfit) => refuse(unfit, "/new_password"),
            ChangeError::Wrong => Self::new(Code::InvalidInput, "The present password is another.").field(
                "/current_password",
                "wrong",
                "This is not the present password.",
            ),
            ChangeError::NoPassword => Self::new(
                Code::Conflict,
                "The account has no password yet. Set one with `auth.password_forgot`.",
            ),
            ChangeError::Gone => Self::new(Code::Conflict, "The password was changed at the same moment."),
            ChangeError::Busy(busy) => busy.into(),
            ChangeError::Database(error) => error.into(),
        }
    }
}

pub struct PasswordsApi;

#[OpenApi(prefix_path = "/v1/auth/password", tag = "Tag::Account")]
impl PasswordsApi {
    /// Ask for a new password
    ///
    /// Sends a mail with a code, if the address has an account; `auth.password_reset` takes it. The answer is the same
    /// for every address. A few mails an hour are sent to an address, then one each quarter of an hour; every code in the
    /// inbox that is still valid counts.
    #[oai(path = "/forgot", method = "post", operation_id = "auth.password_forgot")]
    async fn forgot(
        &self,
        _visitor: Visitor,
        app: Data<&App>,
        body: Body<ForgotPassword>,
    ) -> Result<Forgotten, ApiError> {
        let address: Address = body.email.parse()?;
        let code_expires_at = app.now().plus(codes::LIFE);
        knock(&app, &address, Wish::NewPassword).await?;
        Ok(Forgotten::Accepted(Json(PasswordForgotten {
            email: address.as_str().to_owned(),
            code_expires_at,
        })))
    }

    /// Set a new password
    ///
    /// Takes the mailed code, which works once, for 30 minutes. All sessions of the account end; sign in with the new
    /// password. API keys stay as they are.
    #[oai(path = "/reset", method = "post", operation_id = "auth.password_reset")]
    async fn reset(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<ResetPassword>,
    ) -> Result<NoContent, ApiError> {
        let address: Address = body.email.parse()?;
        crate::accounts::reset_password(&app, &address, &body.code, body.password.clone()).await?;
        // Whoever forgot it has tried others before.
        gate.attempts()
            .succeeded(&format!("login {}", address.key()), visitor.address);
        Ok(NoContent::default())
    }

    /// Change the password
    ///
    /// Needs a session and the present password. All other sessions of the account end, and its owner is told by mail.
    /// An API key has no password: it is answered with `not_found`.
    #[oai(path = "/change", method = "post", operation_id = "auth.password_change")]
    async fn change(
        &self,
        caller: Allow<AnyScope>,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<ChangePassword>,
    ) -> Result<NoContent, ApiError> {
        let session = caller.session.clone().ok_or_else(ApiError::not_found)?;
        let subject = format!("password {}", caller.account);
        let attempts = gate.attempts();
        attempts
            .begin(&subject, visitor.address, app.now())
            .map_err(too_many)?;
        let (present, new) = (body.current_password.clone(), body.new_password.clone());
        crate::accounts::change_password(&app, &caller.account, &session, present, new).await?;
        attempts.succeeded(&subject, visitor.address);
        Ok(NoContent::default())
    }
}
