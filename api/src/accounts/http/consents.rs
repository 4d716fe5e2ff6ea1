//! `/v1/consents`.

use entity::{Timestamp, consent_change};
use poem::web::Data;
use poem_openapi::param::Path;
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use crate::accounts::consents;
use crate::app::App;
use crate::auth::{Allow, Caller, DataRightsRead, DataRightsWrite};
use crate::config::ConsentPurpose;
use crate::http::{ApiError, Body, Code, Nullable, Tag, example};

/// Something that an owner may agree to, and need not.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Consent {
    /// `marketing`, for news by mail, or another that the operator names.
    pub purpose: String,
    /// The words to show.
    pub text: String,
    /// Of these words.
    pub version: String,
    pub granted: bool,
    /// When it was given or withdrawn last; null: never asked.
    pub changed_at: Nullable<Timestamp>,
    /// What was said before, newest first; 100 at most.
    pub history: Vec<ConsentChange>,
}

impl Example for Consent {
    fn example() -> Self {
        Self {
            purpose: "marketing".to_owned(),
            text: "News by mail, until I say otherwise.".to_owned(),
            version: "1".to_owned(),
            granted: true,
            changed_at: Nullable(Some(example::MOMENT)),
            history: vec![ConsentChange::example()],
        }
    }
}

/// A time that the owner agreed, or took it back.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct ConsentChange {
    pub granted: bool,
    /// Of the words at that time.
    pub version: String,
    /// The id of the key or session, or `link` for the one in a mail.
    pub given_by: String,
    pub created_at: Timestamp,
}

impl From<consent_change::Model> for ConsentChange {
    fn from(row: consent_change::Model) -> Self {
        Self {
            granted: row.granted,
            version: row.version,
            given_by: row.given_by,
            created_at: row.created_at,
        }
    }
}

impl Example for ConsentChange {
    fn example() -> Self {
        Self {
            granted: true,
            version: "1".to_owned(),
            given_by: "ses_01k9yx3b1mfz0q4r7s8t2v5w6x".to_owned(),
            created_at: example::MOMENT,
        }
    }
}

/// All that an owner may agree to.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct Consents {
    pub data: Vec<Consent>,
}

impl Example for Consents {
    fn example() -> Self {
        Self {
            data: vec![Consent::example()],
        }
    }
}

/// Yes or no.
#[derive(Debug, Clone, Object)]
#[oai(example)]
pub struct SetConsent {
    pub granted: bool,
}

impl Example for SetConsent {
    fn example() -> Self {
        Self { granted: true }
    }
}

async fn show(app: &App, caller: &Caller, row: ConsentPurpose) -> Result<Consent, ApiError> {
    let db = app.db.read();
    let history = consents::history(db, &caller.account, &row.purpose).await?;
    Ok(Consent {
        granted: consents::is_given(db, &caller.account, &row.purpose).await?,
        changed_at: history.first().map(|change| change.created_at).into(),
        history: history.into_iter().map(Into::into).collect(),
        purpose: row.purpose,
        text: row.text,
        version: row.version,
    })
}

fn find(app: &App, purpose: &str) -> Result<ConsentPurpose, ApiError> {
    let rows = app.config.consents();
    let found = rows.into_iter().find(|row| row.purpose == purpose);
    found.ok_or_else(ApiError::not_found)
}

pub struct ConsentsApi;

#[OpenApi(prefix_path = "/v1/consents", tag = "Tag::DataRights")]
impl ConsentsApi {
    /// List consents
    ///
    /// All that the account's owner may agree to beyond what the service needs, and what they said. Nothing is agreed to
    /// by itself.
    #[oai(path = "/", method = "get", operation_id = "consents.list")]
    async fn list(&self, caller: Allow<DataRightsRead>, app: Data<&App>) -> Result<Json<Consents>, ApiError> {
        let mut data = Vec::new();
        for row in app.config.consents() {
            data.push(show(&app, &caller, row).await?);
        }
        Ok(Json(Consents { data }))
    }

    /// Get a consent
    ///
    /// What the owner said of one purpose, and each time before.
    #[oai(path = "/:purpose", method = "get", operation_id = "consents.get")]
    async fn get(
        &self,
        caller: Allow<DataRightsRead>,
        app: Data<&App>,
        /// Its name, such as `marketing`.
        purpose: Path<String>,
    ) -> Result<Json<Consent>, ApiError> {
        let row = find(&app, &purpose)?;
        Ok(Json(show(&app, &caller, row).await?))
    }

    /// Give or withdraw a consent
    ///
    /// Holds from now on and for the whole account; what was done before stays done. Withdrawing is as easy as giving, and
    /// news by mail end with the mails' own link, too. Needs a session or a live key.
    #[oai(path = "/:purpose", method = "put", operation_id = "consents.set")]
    async fn set(
        &self,
        caller: Allow<DataRightsWrite>,
        app: Data<&App>,
        /// Its name, such as `marketing`.
        purpose: Path<String>,
        body: Body<SetConsent>,
    ) -> Result<Json<Consent>, ApiError> {
        let row = find(&app, &purpose)?;
        if !caller.livemode && !app.config.sandbox.enabled {
            let detail = "A consent is about the whole account. Sign in, or use a live key.";
            return Err(ApiError::new(Code::InvalidInput, detail));
        }
        consents::say(&app, &caller, &row.purpose, &row.version, body.granted).await?;
        Ok(Json(show(&app, &caller, row).await?))
    }
}
