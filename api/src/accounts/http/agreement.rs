//! What a sign-up asks for beyond address and password: `/v1/auth/requirements`
//! and `/v1/account/agreement`.

use entity::Timestamp;
use poem::web::Data;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Enum, Object, OpenApi};

use super::Account;
use crate::accounts::agreed::{AgreeError, Said};
use crate::accounts::complete::{CompleteError, complete};
use crate::app::App;
use crate::auth::{Allow, Gate, Unfinished, Visitor};
use crate::config::AskAge;
use crate::http::limit::too_many;
use crate::http::{ApiError, Body, Code, Nullable, Tag, example};

/// How people are asked for their age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum AgeQuestion {
    /// "I am at least 18 years old": send that number as `confirmed_age`.
    Confirmation,
    /// "When were you born?": send `birth_date`.
    BirthDate,
}

/// The age from which people may sign up.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct AgeRequirement {
    /// In years, for people in the country that you named.
    pub minimum_age: u8,
    pub ask: AgeQuestion,
}

impl Example for AgeRequirement {
    fn example() -> Self {
        Self {
            minimum_age: 18,
            ask: AgeQuestion::Confirmation,
        }
    }
}

/// The policy and terms that people accept.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct PolicyRequirement {
    /// Send it as `accepted_policy` once the person accepted it.
    pub version: String,
    /// Where people read it.
    pub url: String,
    /// When it takes effect; null: at once.
    pub effective_at: Nullable<Timestamp>,
}

impl Example for PolicyRequirement {
    fn example() -> Self {
        Self {
            version: "2026-11".to_owned(),
            url: "https://studio.example/privacy".to_owned(),
            effective_at: Nullable(Some(example::MIDNIGHT)),
        }
    }
}

/// What to ask whoever signs up.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Requirements {
    /// Null: nobody is asked for their age.
    pub age: Nullable<AgeRequirement>,
    /// Null: there is nothing to accept.
    pub policy: Nullable<PolicyRequirement>,
}

impl Example for Requirements {
    fn example() -> Self {
        Self {
            age: Nullable(Some(AgeRequirement::example())),
            policy: Nullable(Some(PolicyRequirement::example())),
        }
    }
}

/// What the person answered; what is not asked need not be sent.
#[derive(Clone, Object)]
#[oai(example)]
pub struct Agreement {
    /// The day of birth. Looked at, and not kept.
    #[oai(validator(pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))]
    pub birth_date: Option<String>,
    /// "I am at least so old."
    #[oai(validator(minimum(value = "1"), maximum(value = "120")))]
    pub confirmed_age: Option<u8>,
    /// Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept.
    #[oai(validator(pattern = "^[A-Za-z]{2}$"))]
    pub country: Option<String>,
    /// The version of the policy that the person accepts.
    #[oai(validator(min_length = 1, max_length = 40))]
    pub accepted_policy: Option<String>,
}

impl Example for Agreement {
    fn example() -> Self {
        Self {
            birth_date: None,
            confirmed_age: Some(18),
            country: None,
            accepted_policy: Some("2026-11".to_owned()),
        }
    }
}

impl From<Agreement> for Said {
    fn from(body: Agreement) -> Self {
        Self {
            birth_date: body.birth_date,
            confirmed_age: body.confirmed_age,
            country: body.country,
            accepted_policy: body.accepted_policy,
        }
    }
}

impl From<AgreeError> for ApiError {
    fn from(error: AgreeError) -> Self {
        match error {
            AgreeError::NoSuchDay => {
                let detail = "Must be the day of birth of a living person, such as 1999-12-31.";
                Self::new(Code::InvalidRequest, "There is no such day of birth.").field(
                    "/birth_date",
                    "invalid_format",
                    detail,
                )
            }
            AgreeError::AgeMissing { minimum, ask } => {
                let (field, detail) = match ask {
                    AskAge::BirthDate => ("/birth_date", "Ask the person when they were born."),
                    AskAge::Confirmation => ("/confirmed_age", "Ask the person whether they are old enough."),
                };
                Self::new(
                    Code::AgeNotConfirmed,
                    format!(
                        "People must be {minimum} years old here. Send `{}`.",
                        &field[1..]
                    ),
                )
                .with("minimum_age", minimum)
                .field(field, "missing", detail)
            }
            AgreeError::TooYoung { minimum } => Self::new(
                Code::BelowMinimumAge,
                format!("People must be {minimum} years old here. Nothing of this request is kept."),
            )
            .with("minimum_age", minimum),
            AgreeError::PolicyMissing { current } => Self::new(
                Code::PolicyNotAccepted,
                format!("Send `accepted_policy` with the present version, `{current}`, once the person accepted it."),
            )
            .with("current", current)
            .field("/accepted_policy", "not_current", "Must be the present version."),
        }
    }
}

impl From<CompleteError> for ApiError {
    fn from(error: CompleteError) -> Self {
        match error {
            CompleteError::NoSession => Self::not_found(),
            CompleteError::Agree(error) => error.into(),
            CompleteError::Database(error) => error.into(),
        }
    }
}

pub struct AgreementsApi;

#[OpenApi(prefix_path = "/v1", tag = "Tag::Account")]
impl AgreementsApi {
    /// What a sign-up asks for
    ///
    /// What to ask people, besides an address and a password, for `auth.register` or, where they come with another
    /// provider, for `account.agree`.
    #[oai(
        path = "/auth/requirements",
        method = "get",
        operation_id = "auth.requirements"
    )]
    async fn requirements(
        &self,
        app: Data<&App>,
        /// Where the person lives (ISO 3166-1, two letters), if you know it.
        #[oai(validator(pattern = "^[A-Za-z]{2}$"))]
        country: poem_openapi::param::Query<Option<String>>,
    ) -> Result<Json<Requirements>, ApiError> {
        let (sign_up, policy) = (&app.config.sign_up, &app.config.policy);
        let age = sign_up.minimum_age(country.as_deref());
        let age = age.map(|minimum_age| AgeRequirement {
            minimum_age,
            ask: match sign_up.ask_age {
                AskAge::Confirmation => AgeQuestion::Confirmation,
                AskAge::BirthDate => AgeQuestion::BirthDate,
            },
        });
        let policy = policy.version().map(|version| PolicyRequirement {
            version: version.to_owned(),
            url: policy.url.clone(),
            effective_at: policy.effective_at().into(),
        });
        Ok(Json(Requirements {
            age: age.into(),
            policy: policy.into(),
        }))
    }

    /// Complete a sign-up
    ///
    /// Takes what `pending` of a session or account names: people who came with another provider were not asked for it
    /// on the way, and until they answered, the account is refused everything else with `sign_up_incomplete`. It also
    /// takes the acceptance of a later version of the policy. Needs a session; an API key is answered with `not_found`.
    ///
    /// A newcomer below the minimum age is refused with `below_minimum_age`, and the account is erased.
    #[oai(path = "/account/agreement", method = "post", operation_id = "account.agree")]
    async fn agree(
        &self,
        caller: Allow<Unfinished>,
        visitor: Visitor,
        app: Data<&App>,
        gate: Data<&Gate>,
        body: Body<Agreement>,
    ) -> Result<Json<Account>, ApiError> {
        let subject = format!("agree {}", caller.account);
        let attempts = gate.attempts();
        attempts
            .begin(&subject, visitor.address, app.now())
            .map_err(too_many)?;
        let account = complete(&app, &caller, &body.parsed.into()).await?;
        attempts.succeeded(&subject, visitor.address);
        Ok(Json(Account::new(&app, account)))
    }
}
