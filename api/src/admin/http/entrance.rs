//! `/admin/v1/setup`, `/login`, `/logout`, `/me`.

use entity::Timestamp;
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use super::Tag;
use super::audited::Audited;
use super::guard::{Anyone, Staff};
use super::view::StaffMember;
use crate::accounts::Address;
use crate::admin::audit::About;
use crate::admin::session::{self, LoginError};
use crate::admin::setup::{self, SetupError};
use crate::app::App;
use crate::auth::{Gate, Visitor};
use crate::http::limit::too_many;
use crate::http::{ApiError, Body, Code, NoContent};

/// The password that one of the staff chooses.
#[derive(Debug, Object)]
#[oai(example)]
struct BeginSetup {
    /// As `tintype admin new` printed it, or `staff.invite` answered.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: String,
    /// 12 to 128 characters, of any kind. What everyone would guess is refused.
    #[oai(validator(min_length = 12, max_length = 128))]
    password: String,
}

impl Example for BeginSetup {
    fn example() -> Self {
        Self {
            token: "setup_q7Zk3vXn0w5LJdYbT2sRfAq7Zk3vXn0w5LJdYbT2sRf".to_owned(),
            password: "correct horse battery".to_owned(),
        }
    }
}

/// What the authenticator app needs. It is shown this once.
#[derive(Debug, Object)]
struct AppSecret {
    /// To be typed.
    totp_secret: String,
    /// To be shown as a QR code.
    totp_uri: String,
}

/// The first code of the app.
#[derive(Debug, Object)]
#[oai(example)]
struct ConfirmSetup {
    /// The same as before.
    #[oai(validator(min_length = 1, max_length = 100))]
    token: String,
    /// The six digits that the app shows now.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    code: String,
}

impl Example for ConfirmSetup {
    fn example() -> Self {
        Self {
            token: "setup_q7Zk3vXn0w5LJdYbT2sRfAq7Zk3vXn0w5LJdYbT2sRf".to_owned(),
            code: "081804".to_owned(),
        }
    }
}

/// Who wants to sign in.
#[derive(Debug, Object)]
#[oai(example)]
struct StaffLogin {
    #[oai(validator(min_length = 3, max_length = 254, pattern = r"^[^@\s]+@[^@\s]+$"))]
    email: String,
    #[oai(validator(min_length = 1, max_length = 128))]
    password: String,
    /// The six digits that the app shows now. Each counts once.
    #[oai(validator(pattern = "^[0-9]{6}$"))]
    totp_code: String,
}

impl Example for StaffLogin {
    fn example() -> Self {
        Self {
            email: "grace@studio.example".to_owned(),
            password: "correct horse battery".to_owned(),
            totp_code: "081804".to_owned(),
        }
    }
}

/// A session.
#[derive(Debug, Object)]
struct StaffSession {
    /// For `Authorization: Bearer`. It is shown this once.
    token: String,
    /// At the latest; half an hour without a request ends it before.
    expires_at: Timestamp,
    staff: StaffMember,
}

impl From<SetupError> for ApiError {
    fn from(error: SetupError) -> Self {
        match error {
            SetupError::Token => Self::new(
                Code::CodeInvalid,
                "The token is mistyped, used, or older than an hour. Ask an owner for another, or run `tintype admin new`.",
            ),
            SetupError::Code => Self::new(
                Code::CodeInvalid,
                "This is not the code that the app shows now. See that its clock is right, and send the next one.",
            ),
            SetupError::Unfit(unfit) => {
                let said = format!("{unfit}. Choose another password.");
                Self::new(Code::InvalidInput, said.clone()).field("/password", "unfit", said)
            }
            SetupError::Busy(busy) => busy.into(),
            SetupError::Database(error) => error.into(),
        }
    }
}

pub struct EntranceApi;

#[OpenApi(prefix_path = "/admin/v1", tag = "Tag::Entrance")]
impl EntranceApi {
    /// Begin to set oneself up
    ///
    /// Takes the token of an invitation and a password, and answers what the authenticator app needs. Nobody can sign
    /// in before `setup.confirm`. It can be repeated until then; the secret is a new one each time.
    #[oai(path = "/setup", method = "post", operation_id = "setup.begin")]
    async fn begin(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<BeginSetup>,
    ) -> Result<Audited<Json<AppSecret>>, ApiError> {
        gate.attempts()
            .begin("staff setup", visitor.address, app.now())
            .map_err(too_many)?;
        let (row, secret, entry) = setup::begin(&app, &body.token, body.password.clone()).await?;
        gate.attempts().succeeded("staff setup", visitor.address);
        let answer = AppSecret {
            totp_secret: secret.base32(),
            totp_uri: secret.uri("Tintype admin", &row.email),
        };
        Ok(Audited::by(entry, Json(answer)))
    }

    /// Confirm the authenticator app
    ///
    /// Takes the app's present code; from here on one can sign in, and the token is used up. This code counts as used:
    /// sign in with the next one.
    #[oai(path = "/setup/confirm", method = "post", operation_id = "setup.confirm")]
    async fn confirm(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<ConfirmSetup>,
    ) -> Result<Audited<Json<StaffMember>>, ApiError> {
        gate.attempts()
            .begin("staff setup", visitor.address, app.now())
            .map_err(too_many)?;
        let (row, entry) = setup::confirm(&app, &body.token, &body.code).await?;
        gate.attempts().succeeded("staff setup", visitor.address);
        Ok(Audited::by(entry, Json(row.into())))
    }

    /// Sign in
    ///
    /// With address, password and the app's code, all at once; which of them is wrong is not told. After a few wrong
    /// tries, whoever tries from the same network has to wait, longer every time; `Retry-After` says how long.
    ///
    /// Wrong codes beside the right password count for the member of staff, from wherever they come: after a few of
    /// them, codes are looked at again after a wait that grows to a quarter of an hour, and until then even the right one
    /// is refused like any other. The audit log tells: such a refusal is `totp_invalid` or `rate_limited` there.
    #[oai(path = "/login", method = "post", operation_id = "auth.login")]
    async fn login(
        &self,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<StaffLogin>,
    ) -> Result<Audited<Json<StaffSession>>, ApiError> {
        let address: Address = body.email.parse()?;
        let subject = format!("staff {}", address.key());
        gate.attempts()
            .begin(&subject, visitor.address, app.now())
            .map_err(too_many)?;
        match session::log_in(&app, &address, body.password.clone(), &body.totp_code).await {
            Ok(begun) => {
                gate.attempts().succeeded(&subject, visitor.address);
                let answer = StaffSession {
                    token: begun.token,
                    expires_at: begun.expires_at,
                    staff: begun.staff.into(),
                };
                Ok(Audited::by(begun.entry, Json(answer)))
            }
            Err(LoginError::Refused) => {
                let error = ApiError {
                    detail: "The address, the password or the code is wrong, or the code was used before. Wait for \
                             the app's next code and try again; after several wrong ones, wait for a quarter of an hour."
                        .into(),
                    ..ApiError::unauthenticated()
                };
                Err(gate.refuse(visitor.address, error))
            }
            Err(LoginError::Busy(busy)) => Err(busy.into()),
            Err(LoginError::Database(error)) => Err(error.into()),
        }
    }

    /// Sign out
    ///
    /// The token is refused from here on.
    #[oai(path = "/logout", method = "post", operation_id = "auth.logout")]
    async fn logout(&self, staff: Staff<Anyone>, app: Data<&App>) -> Result<Audited<NoContent>, ApiError> {
        let entry = session::end(&app, &staff.warrant(&app, "auth.logout"), &staff.session).await?;
        Ok(Audited::by(entry, NoContent::default()))
    }

    /// Who am I?
    ///
    /// The one whose token is sent.
    #[oai(path = "/me", method = "get", operation_id = "auth.me")]
    async fn me(
        &self,
        staff: Staff<Anyone>,
        app: Data<&App>,
    ) -> Result<Audited<Json<StaffMember>>, ApiError> {
        let warrant = staff.warrant(&app, "auth.me");
        let entry = warrant.done(app.db.write(), About::default()).await?;
        Ok(Audited::by(entry, Json(staff.row.into())))
    }
}
