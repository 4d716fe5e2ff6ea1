//! `/admin/v1/accounts`.

use entity::{AccountId, KeyId, Timestamp};
use poem::web::Data;
use poem_openapi::param::{Path, Query};
use poem_openapi::payload::Json;
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};

use super::Tag;
use super::audited::Audited;
use super::guard::{Staff, Support};
use super::view::{FoundAccount, Wallet};
use crate::accounts::{Address, InvalidAddress};
use crate::admin::audit::About;
use crate::admin::find::{self, By, Detail};
use crate::admin::standing::{self, StandingError};
use crate::app::App;
use crate::http::{ApiError, Body, Code, FieldError, Nullable};

/// Why it is done.
#[derive(Debug, Object)]
#[oai(example)]
pub struct Because {
    /// Kept for ever, and given to the account's owner with a copy of their data: a ticket's number is best, names and
    /// content have no place here.
    #[oai(validator(min_length = 3, max_length = 200))]
    pub reason: String,
}

impl Example for Because {
    fn example() -> Self {
        Self {
            reason: "ticket 4711: chargebacks".to_owned(),
        }
    }
}

/// The accounts that were found.
#[derive(Debug, Object)]
struct FoundAccounts {
    /// Twenty at most, newest first.
    data: Vec<FoundAccount>,
}

/// An account and how much there is of it.
#[derive(Debug, Object)]
struct AccountDetail {
    account: FoundAccount,
    /// Live credits and test credits.
    wallets: Vec<Wallet>,
    /// That are not revoked.
    keys: u64,
    /// That are not ended.
    sessions: u64,
    /// When it last asked for a generation; null: never.
    last_generation_at: Nullable<Timestamp>,
    purchases: u64,
    data_requests: u64,
    /// That wait for a decision.
    review_items: u64,
}

impl From<Detail> for AccountDetail {
    fn from(found: Detail) -> Self {
        Self {
            account: found.account.into(),
            wallets: found.wallets.into_iter().map(Wallet::from).collect(),
            keys: found.keys,
            sessions: found.sessions,
            last_generation_at: found.last_generation_at.into(),
            purchases: found.purchases,
            data_requests: found.data_requests,
            review_items: found.review_items,
        }
    }
}

/// What was ended.
#[derive(Debug, Object)]
struct EndedSessions {
    ended: u64,
}

impl From<StandingError> for ApiError {
    fn from(error: StandingError) -> Self {
        match error {
            StandingError::NotFound => Self::not_found(),
            StandingError::Erased => {
                Self::new(Code::Conflict, "The account was erased: nothing of it can act.")
            }
            StandingError::Database(error) => error.into(),
        }
    }
}

fn one_of() -> ApiError {
    let detail = "Name exactly one of `email`, `id`, `key` and `last_four`.";
    ApiError::invalid(vec![FieldError::parameter("email", "invalid", detail)])
}

fn no_address(error: InvalidAddress) -> ApiError {
    ApiError::invalid(vec![FieldError::parameter("email", "invalid", error.to_string())])
}

pub struct AccountsApi;

#[OpenApi(prefix_path = "/admin/v1/accounts", tag = "Tag::Accounts")]
impl AccountsApi {
    /// Find an account
    ///
    /// By one thing that its owner can tell, exactly: the address, its id, a key's id, or the last four characters of
    /// a key.
    #[oai(path = "/", method = "get", operation_id = "accounts.find")]
    async fn find(
        &self,
        staff: Staff<Support>,
        app: Data<&App>,
        /// The account's mail address.
        #[oai(validator(max_length = 254))]
        email: Query<Option<String>>,
        /// The account's id.
        id: Query<Option<AccountId>>,
        /// A key's id.
        key: Query<Option<KeyId>>,
        /// The last four characters of a key's secret.
        #[oai(validator(pattern = "^[0-9A-Za-z]{4}$"))]
        last_four: Query<Option<String>>,
    ) -> Result<Audited<Json<FoundAccounts>>, ApiError> {
        let by = match (email.0, id.0, key.0, last_four.0) {
            (Some(email), None, None, None) => By::Email(email.parse::<Address>().map_err(no_address)?),
            (None, Some(id), None, None) => By::Id(id),
            (None, None, Some(key), None) => By::Key(key),
            (None, None, None, Some(letters)) => By::LastFour(letters),
            _ => return Err(one_of()),
        };
        let rows = find::find(&app.db, by).await?;
        let warrant = staff.warrant(&app, "accounts.find");
        let entry = warrant.read_about(&app, rows.iter().map(|row| &row.id)).await?;
        let data = rows.into_iter().map(FoundAccount::from).collect();
        Ok(Audited::by(entry, Json(FoundAccounts { data })))
    }

    /// Get an account
    ///
    /// Where it stands and how much there is of it; nothing that was written or made.
    #[oai(path = "/:id", method = "get", operation_id = "accounts.get")]
    async fn get(
        &self,
        staff: Staff<Support>,
        app: Data<&App>,
        /// The account's id.
        id: Path<AccountId>,
    ) -> Result<Audited<Json<AccountDetail>>, ApiError> {
        let found = find::detail(&app.db, &id)
            .await?
            .ok_or_else(ApiError::not_found)?;
        let warrant = staff.warrant(&app, "accounts.get");
        let entry = warrant.done(app.db.write(), About::account(&id)).await?;
        Ok(Audited::by(entry, Json(found.into())))
    }

    /// Suspend an account
    ///
    /// Within five seconds its keys and sessions are answered 403 `account_suspended` everywhere, except for requests
    /// about its own data. What runs is finished and paid for, what waits is canceled, uncharged. A second time changes
    /// nothing. Fails with 409 `conflict` when the account was erased.
    #[oai(path = "/:id/suspend", method = "post", operation_id = "accounts.suspend")]
    async fn suspend(
        &self,
        staff: Staff<Support>,
        app: Data<&App>,
        /// The account's id.
        id: Path<AccountId>,
        body: Body<Because>,
    ) -> Result<Audited<Json<FoundAccount>>, ApiError> {
        let warrant = staff.warrant(&app, "accounts.suspend");
        let (row, entry) = standing::suspend(&app, &warrant, &id, true, &body.reason).await?;
        Ok(Audited::by(entry, Json(row.into())))
    }

    /// Lift a suspension
    ///
    /// Keys and sessions that were not revoked or ended are good again. A second time changes nothing. Fails with 409
    /// `conflict` when the account was erased.
    #[oai(path = "/:id/unsuspend", method = "post", operation_id = "accounts.unsuspend")]
    async fn unsuspend(
        &self,
        staff: Staff<Support>,
        app: Data<&App>,
        /// The account's id.
        id: Path<AccountId>,
        body: Body<Because>,
    ) -> Result<Audited<Json<FoundAccount>>, ApiError> {
        let warrant = staff.warrant(&app, "accounts.unsuspend");
        let (row, entry) = standing::suspend(&app, &warrant, &id, false, &body.reason).await?;
        Ok(Audited::by(entry, Json(row.into())))
    }

    /// End all sessions
    ///
    /// The account's owner is signed out everywhere within five seconds; keys stay. Fails with 409 `conflict` when the
    /// account was erased.
    #[oai(
        path = "/:id/end-sessions",
        method = "post",
        operation_id = "accounts.end_sessions"
    )]
    async fn end_sessions(
        &self,
        staff: Staff<Support>,
        app: Data<&App>,
        /// The account's id.
        id: Path<AccountId>,
        body: Body<Because>,
    ) -> Result<Audited<Json<EndedSessions>>, ApiError> {
        let warrant = staff.warrant(&app, "accounts.end_sessions");
        let (ended, entry) = standing::end_sessions(&app, &warrant, &id, &body.reason).await?;
        let ended = u64::try_from(ended).unwrap_or(u64::MAX);
        Ok(Audited::by(entry, Json(EndedSessions { ended })))
    }
}
