//! `/v1/data-rights/requests`.

use entity::data_request::{self, Right};
use entity::{DataRequestId, file};
use poem::web::Data;
use poem_openapi::param::{Header, Path, Query};
use poem_openapi::payload::{Json, Response};
use poem_openapi::types::Example;
use poem_openapi::{Object, OpenApi};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::receipt;
use super::request::ROUTE as CREATE;
use super::verify::{Moved, VERIFY, WITHDRAW};
use super::view::{DataRequest, Receipt};
use super::{Created, Wanted, create, verify, withdraw};
use crate::app::App;
use crate::auth::{Allow, AllowAnyone, Caller, DataRightsRead, DataRightsWrite};
use crate::files;
use crate::http::idempotency::Place;
use crate::http::{ApiError, Begun, Body, Code, Download, Fingerprint, IdempotencyKey, Listed, Paging, Tag};
use crate::secrets::sha256_hex;

pub struct DataRightsApi;

/// What you ask for.
#[derive(Debug, Object)]
#[oai(example)]
pub struct CreateDataRequest {
    /// `access`: a copy of everything. `erasure`: the account and all its data go, for good.
    #[oai(rename = "type")]
    kind: Right,
    /// Anything that you want to say about it.
    #[oai(validator(max_length = 4000))]
    statement: Option<String>,
}

impl Example for CreateDataRequest {
    fn example() -> Self {
        Self {
            kind: Right::Access,
            statement: None,
        }
    }
}

/// The mailed code.
#[derive(Debug, Object)]
#[oai(example)]
pub struct VerifyDataRequest {
    /// The code in the mail. Dashes and capitals don't matter.
    #[oai(validator(min_length = 8, max_length = 20))]
    code: String,
}

impl Example for VerifyDataRequest {
    fn example() -> Self {
        Self {
            code: "k7qm-2xv9".to_owned(),
        }
    }
}

#[OpenApi(prefix_path = "/v1/data-rights/requests", tag = "Tag::DataRights")]
impl DataRightsApi {
    /// Ask for a copy or for erasure
    ///
    /// A request is about the whole account: its live and its test data. It starts nothing yet. We mail a code to the
    /// account's address; `data_rights.verify` takes it within 30 minutes, or the request expires.
    ///
    /// `access` makes a zip archive: all rows that name the account, table by table as JSON, the original files, and
    /// a list of what is left out and why. It can be downloaded for 14 days. Should our storage have lost a file, the
    /// request is `partially_fulfilled`, and it, its receipt and the archive name what is `missing`. What can't be read
    /// for the moment is waited for until the day before the request is due.
    ///
    /// `erasure` ends the account for good: keys and sessions are revoked, what is under way is canceled uncharged,
    /// credits that are left expire, files and content are deleted. What is kept for the books, without its content,
    /// stands in the receipt. So does a keyed hash of the address, where welcome credits were used: they come once. Since your keys end too, keep the link in `receipt`: it needs none, and our last mail
    /// repeats it.
    ///
    /// Where real money is spent, a test key is refused with 422 `invalid_input`: sign in, or use a live key. Fails with
    /// 409 `conflict` while a request of the same type is open; `request` then names it.
    #[oai(path = "/", method = "post", operation_id = "data_rights.create")]
    async fn create(
        &self,
        caller: Allow<DataRightsWrite>,
        app: Data<&App>,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
        body: Body<CreateDataRequest>,
    ) -> Result<Begun<DataRequest>, ApiError> {
        let fingerprint = body.fingerprint();
        let place = place(&caller, CREATE, key.0.as_ref(), &fingerprint);
        let body = body.parsed;
        let wanted = Wanted {
            right: body.kind,
            statement: body.statement,
        };
        let (row, replayed) = match create(app.0, &caller, wanted, place.as_ref()).await? {
            Created::New(row) => (row, false),
            Created::Replayed(row) => (row, true),
        };
        Ok(Begun {
            location: format!("/v1/data-rights/requests/{}", row.id),
            replayed,
            body: show(app.0, row).await?,
        })
    }

    /// List requests
    ///
    /// The account's requests that were made in the mode of the credentials, newest first.
    #[oai(path = "/", method = "get", operation_id = "data_rights.list")]
    async fn list(
        &self,
        caller: Allow<DataRightsRead>,
        app: Data<&App>,
        /// How many to return.
        #[oai(validator(minimum(value = "1"), maximum(value = "100")))]
        limit: Query<Option<u32>>,
        /// The `next_cursor` of the page before.
        cursor: Query<Option<String>>,
    ) -> Result<Listed<DataRequest>, ApiError> {
        let scope = caller.list("data_rights.list");
        let paging = Paging::read(app.0, &scope, limit.0, cursor.0.as_deref())?;
        let mut rows = data_request::Entity::of(&caller.account, caller.livemode);
        if let Some(after) = &paging.after {
            rows = rows.filter(data_request::Column::Id.lt(after.as_str()));
        }
        let rows = rows
            .order_by_desc(data_request::Column::Id)
            .limit(paging.limit + 1)
            .all(app.db.read())
            .await?;
        let archives = rows.iter().filter_map(|row| row.archive_id.clone());
        let archives = file::Entity::find()
            .filter(file::Column::Id.is_in(archives))
            .all(app.db.read())
            .await?;
        let view = |row: data_request::Model| {
            let archive = archives
                .iter()
                .find(|file| Some(&file.id) == row.archive_id.as_ref());
            DataRequest::of(app.0, row, archive.cloned())
        };
        Ok(Listed(paging.page(rows, |row| row.id.to_string(), view)))
    }

    /// Get a request
    ///
    /// Where it stands, and what was done so far.
    #[oai(path = "/:id", method = "get", operation_id = "data_rights.get")]
    async fn get(
        &self,
        caller: Allow<DataRightsRead>,
        app: Data<&App>,
        /// The request's id.
        id: Path<DataRequestId>,
    ) -> Result<Json<DataRequest>, ApiError> {
        let row = load(app.0, &caller, &id.0).await?;
        Ok(Json(show(app.0, row).await?))
    }

    /// Confirm a request
    ///
    /// Takes the mailed code; from here on the request is fulfilled without further questions, mostly within minutes.
    /// An erasure can't be stopped any more, and the credentials that you send end with it: note the link in `receipt`.
    ///
    /// A code works once: a wrong one fails with 422 `code_invalid`. For a new code, withdraw the
    /// request and make another. Fails with 409 `conflict` for a request that does not wait to be confirmed.
    #[oai(path = "/:id/verify", method = "post", operation_id = "data_rights.verify")]
    async fn verify(
        &self,
        caller: Allow<DataRightsWrite>,
        app: Data<&App>,
        /// The request's id.
        id: Path<DataRequestId>,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
        body: Body<VerifyDataRequest>,
    ) -> Result<Response<Json<DataRequest>>, ApiError> {
        let fingerprint = body
            .fingerprint()
            .map(|print| sha256_hex(format!("{}\n{print}", id.0).as_bytes()));
        let place = place(&caller, VERIFY, key.0.as_ref(), &fingerprint);
        let moved = verify(app.0, &caller, &id.0, &body.code, place.as_ref()).await?;
        moved_answer(app.0, moved).await
    }

    /// Withdraw a request
    ///
    /// Takes back a request that was not confirmed yet; its code is void. Fails with 409 `conflict` for any other.
    #[oai(
        path = "/:id/withdraw",
        method = "post",
        operation_id = "data_rights.withdraw"
    )]
    async fn withdraw(
        &self,
        caller: Allow<DataRightsWrite>,
        app: Data<&App>,
        /// The request's id.
        id: Path<DataRequestId>,
        #[oai(name = "Idempotency-Key")] key: Header<Option<IdempotencyKey>>,
    ) -> Result<Response<Json<DataRequest>>, ApiError> {
        let fingerprint = Fingerprint::of(sha256_hex(id.0.as_str().as_bytes()));
        let place = place(&caller, WITHDRAW, key.0.as_ref(), &fingerprint);
        let moved = withdraw(app.0, &caller, &id.0, place.as_ref()).await?;
        moved_answer(app.0, moved).await
    }

    /// Download the archive
    ///
    /// The zip archive of a fulfilled, or partially fulfilled, access request. `README.txt` in it says what is where. `Range` requests are
    /// answered with the part that was asked for. Fails with 409 `conflict` when there is no archive yet, or never will
    /// be, and with 410 `erased` when its 14 days are over: ask for a new one.
    #[oai(path = "/:id/archive", method = "get", operation_id = "data_rights.archive")]
    async fn archive(
        &self,
        caller: Allow<DataRightsRead>,
        app: Data<&App>,
        /// The request's id.
        id: Path<DataRequestId>,
        /// As in `bytes=0-1023`.
        #[oai(name = "Range")]
        range: Header<Option<String>>,
    ) -> Result<Download, ApiError> {
        let row = load(app.0, &caller, &id.0).await?;
        let Some(archive) = row.archive_id else {
            let gone = row.kind == Right::Access && row.status.is_done();
            return Err(match gone {
                true => ApiError::new(Code::Erased, "The archive's 14 days are over. Ask for a new one."),
                false => ApiError::new(
                    Code::Conflict,
                    "There is an archive once an access request is fulfilled.",
                ),
            });
        };
        let file = file::Entity::find_by_id(archive).one(app.db.read()).await?;
        files::download(app.0, file.ok_or_else(ApiError::not_found)?, range.as_deref()).await
    }

    /// Get the receipt
    ///
    /// What was done for a fulfilled request, table by table, and what was kept and why, signed. Either your key or the
    /// `token` of the request's `receipt` link opens it; the link stays good after an erasure. Fails with 409 `conflict`
    /// until the request is fulfilled.
    #[oai(path = "/:id/receipt", method = "get", operation_id = "data_rights.receipt")]
    async fn receipt(
        &self,
        app: Data<&App>,
        visitor: AllowAnyone<DataRightsRead>,
        /// The request's id.
        id: Path<DataRequestId>,
        /// From the link; instead of a key.
        token: Query<Option<String>>,
    ) -> Result<Json<Receipt>, ApiError> {
        let row = match token.0.as_deref() {
            Some(token) if receipt::opens(app.0, &id.0, token) => {
                data_request::Entity::find_by_id(id.0.clone())
                    .one(app.db.read())
                    .await?
                    .ok_or_else(ApiError::not_found)?
            }
            _ => load(app.0, &visitor.allowed()?, &id.0).await?,
        };
        let unfulfilled = || {
            ApiError::new(
                Code::Conflict,
                "There is a receipt once the request is fulfilled.",
            )
        };
        Ok(Json(Receipt::of(app.0, &row).ok_or_else(unfulfilled)?))
    }
}

async fn load(app: &App, caller: &Caller, id: &DataRequestId) -> Result<data_request::Model, ApiError> {
    data_request::Entity::of(&caller.account, caller.livemode)
        .filter(data_request::Column::Id.eq(id.clone()))
        .one(app.db.read())
        .await?
        .ok_or_else(ApiError::not_found)
}

async fn show(app: &App, row: data_request::Model) -> Result<DataRequest, ApiError> {
    let archive = match &row.archive_id {
        Some(id) => file::Entity::find_by_id(id.clone()).one(app.db.read()).await?,
        None => None,
    };
    Ok(DataRequest::of(app, row, archive))
}

async fn moved_answer(app: &App, (row, replayed): Moved) -> Result<Response<Json<DataRequest>>, ApiError> {
    let response = Response::new(Json(show(app, row).await?));
    Ok(match replayed {
        true => response.header("Idempotent-Replayed", "true"),
        false => response,
    })
}

fn place<'a>(
    caller: &'a Caller,
    route: &'static str,
    key: Option<&'a IdempotencyKey>,
    fingerprint: &'a Fingerprint,
) -> Option<Place<'a>> {
    Some(Place {
        account: &caller.account,
        livemode: caller.livemode,
        route,
        key: key?,
        fingerprint,
    })
}
